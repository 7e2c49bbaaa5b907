/** Does `work` for 0 to `count` - 1, at most `limit` at a time; after the first failure, which it throws, starts no more. */
export async function inParallel(
  { count, limit }: { readonly count: number; readonly limit: number },
  work: (k: number) => Promise<void>,
): Promise<void> {
  let next = 0;
  const worker = async () => {
    try {
      while (next < count) await work(next++);
    } catch (error) {
      next = count;
      throw error;
    }
  };
  await Promise.all(Array.from({ length: Math.min(limit, count) }, worker));
}

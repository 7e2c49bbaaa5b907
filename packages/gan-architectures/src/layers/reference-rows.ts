let rows: number | undefined;

/** How many rows of the batch that is being applied are its reference batch; undefined where there is none. */
export const referenceRows = (): number | undefined => rows;

/** Runs `body`, in which the first `count` rows of every batch are a reference. */
export function withReferenceRows<R>(count: number, body: () => R): R {
  const before = rows;
  rows = count;
  try {
    return body();
  } finally {
    rows = before;
  }
}

/** A piece of a file and where in the file it belongs. */
export interface Chunk {
  readonly at: number;
  readonly bytes: Uint8Array;
}

/**
 * What a server has of a file from a byte onwards, or from its beginning if the server does not know ranges.
 *
 * @param options.bytes The length of the whole file.
 * @param options.stall Milliseconds without a byte after which the connection is given up.
 * @throws Error in the words of whoever failed; the chunks that came are good nevertheless.
 */
export async function* responseChunks(
  address: string,
  { from, bytes, stall }: { readonly from: number; readonly bytes: number; readonly stall: number },
): AsyncGenerator<Chunk, void, undefined> {
  const control = new AbortController();
  const timer = setTimeout(() => control.abort(new Error(`nothing came for ${stall / 1000} s`)), stall);
  try {
    const response = await fetch(address, {
      headers: { range: `bytes=${from}-`, 'accept-encoding': 'identity' },
      signal: control.signal,
    });
    let at = begin(response, from, bytes);
    for await (const chunk of response.body ?? []) {
      timer.refresh();
      if (at + chunk.length > bytes) throw new Error(`sent more than the ${bytes} bytes of the file`);
      yield { at, bytes: chunk };
      at += chunk.length;
    }
    if (at < bytes) throw new Error(`ended after ${at} of ${bytes} bytes`);
  } finally {
    clearTimeout(timer);
    control.abort();
  }
}

/** Where in the file the body of a response begins. */
function begin({ status, headers }: Response, from: number, bytes: number): number {
  const encoding = headers.get('content-encoding');
  if (encoding && encoding !== 'identity') throw new Error(`sent the file encoded as ${encoding}`);
  if (status === 206) {
    const range = headers.get('content-range');
    if (range !== `bytes ${from}-${bytes - 1}/${bytes}`)
      throw new Error(`sent the range '${range}' instead of 'bytes ${from}-${bytes - 1}/${bytes}'`);
    return from;
  }
  if (status !== 200) throw new Error(`answered ${status}`);
  const length = headers.get('content-length');
  if (length !== null && Number(length) !== bytes) throw new Error(`has ${length} bytes instead of ${bytes}`);
  return 0;
}

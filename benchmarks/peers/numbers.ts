import { open, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Numbers on the host. */
export interface Numbers {
  readonly shape: readonly number[];
  readonly values: Float32Array | Int32Array | Uint8Array;
}

/**
 * Writes tensors where a peer in another language finds them: `<name>.bin` holds them one after the other, float32 of
 * this machine's byte order, and `<name>.json` says `{ tensor: { shape, offset } }` with the offset counted in numbers.
 */
export async function writeNumbers(folder: string, name: string, tensors: Readonly<Record<string, Numbers>>) {
  const places: Record<string, { readonly shape: readonly number[]; readonly offset: number }> = {};
  const file = await open(join(folder, `${name}.bin`), 'w');
  try {
    let offset = 0;
    for (const [tensor, { shape, values }] of Object.entries(tensors)) {
      places[tensor] = { shape, offset };
      const floats = values instanceof Float32Array ? values : Float32Array.from(values);
      await file.appendFile(new Uint8Array(floats.buffer, floats.byteOffset, floats.byteLength));
      offset += floats.length;
    }
  } finally {
    await file.close();
  }
  await writeFile(join(folder, `${name}.json`), JSON.stringify(places));
}

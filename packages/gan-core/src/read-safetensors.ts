import { FormatError } from './format-error.js';
import { decodeSafetensors, type Safetensors } from './safetensors.js';

/**
 * What a safetensors file holds, as PyTorch and others write it, whole in memory.
 *
 * Numbers of 16 bits (F16, BF16) come as float32, whole ones of 64 bits as float64, exact as far as 2^53.
 *
 * @throws FormatError if the file can't be read, is damaged, or has a dtype that is not known.
 * @see https://huggingface.co/docs/safetensors
 */
export async function readSafetensors(path: string): Promise<Safetensors> {
  const { readFile } = await import('node:fs/promises');
  const bytes = await readFile(path).catch((error: NodeJS.ErrnoException) => {
    throw new FormatError(path, `expected a safetensors file, but it can't be read (${error.code})`, { cause: error });
  });
  return decodeSafetensors(bytes, path);
}

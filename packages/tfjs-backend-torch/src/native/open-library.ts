import type { Foreign, ForeignLibrary } from './foreign.js';
import { assertWhole } from './library-file.js';
import { TorchError } from './torch-error.js';

/**
 * Loads a library, whose symbols those after it see.
 *
 * @throws TorchError if it is damaged or no library, or needs one that is not there, which it names.
 */
export function openLibrary({ load }: Foreign, path: string): ForeignLibrary {
  assertWhole(path);
  try {
    return load(path, { global: true });
  } catch (cause) {
    const sentence = cause instanceof Error ? cause.message : String(cause);
    const missing = /(\S+\.so[\S]*): cannot open shared object file/.exec(sentence)?.[1];
    throw new TorchError(
      missing === undefined
        ? `${path} cannot be loaded: ${sentence}`
        : `${path} needs ${missing}, which is neither beside it nor in the neighbouring nvidia/*/lib`,
      { cause },
    );
  }
}

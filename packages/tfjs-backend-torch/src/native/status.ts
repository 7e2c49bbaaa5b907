import { library } from './library.js';
import { TorchError } from './torch-error.js';

/** How libtorch's allocator ends its own story. */
const refusal = /you tried to allocate (\d+) bytes/;

/**
 * Reads a return code.
 *
 * @throws TorchError unless it is 0: with libtorch's own sentence, which before 2.13 only stderr gets, or with the bytes
 *   that were asked for and cannot be had.
 */
export function succeed(code: number, operator: string): void {
  if (code === 0) return;
  const { functions, version } = library();
  const what = functions.torch_exception_get_what_without_backtrace;
  const sentence = what ? what().trim() : `failed; libtorch ${version} has printed why to stderr`;
  const bytes = refusal.exec(sentence)?.[1];
  if (bytes !== undefined) throw new TorchError(`${operator}: ${bytes} bytes cannot be allocated`, { operator });
  throw new TorchError(`${operator}: ${sentence === '' ? `failed with code ${code}` : sentence}`, { operator });
}

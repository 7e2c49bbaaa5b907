import { library } from './library.js';
import { TorchError } from './torch-error.js';

/**
 * Reads a return code.
 *
 * @throws TorchError unless it is 0: with libtorch's own sentence, which before 2.13 only stderr gets.
 */
export function succeed(code: number, operator: string): void {
  if (code === 0) return;
  const { functions, version } = library();
  const what = functions.torch_exception_get_what_without_backtrace;
  const sentence = what ? what().trim() : `failed; libtorch ${version} has printed why to stderr`;
  throw new TorchError(`${operator}: ${sentence === '' ? `failed with code ${code}` : sentence}`, { operator });
}

import { library } from './library.js';
import { TorchError } from './torch-error.js';

/** Reads a return code. @throws TorchError with libtorch's own sentence unless it is 0. */
export function succeed(code: number, operator: string): void {
  if (code === 0) return;
  const sentence = library().functions.torch_exception_get_what_without_backtrace().trim();
  throw new TorchError(`${operator}: ${sentence === '' ? `failed with code ${code}` : sentence}`, { operator });
}

import { library } from './native/library.js';
import { pointerIn } from './native/pointer.js';
import type { Functions } from './native/symbols.js';

/** Runs `body` and gives the operators whose results were held in libtorch's own float32 meanwhile. */
export function operatorsInSingles<T>(body: () => T): { readonly result: T; readonly singles: readonly string[] } {
  const c = library().functions as { -readonly [N in keyof Functions]: Functions[N] };
  const { torch_call_dispatcher: call, aoti_torch_get_dtype: dtypeOf } = c;
  const [singles, found, single] = [new Set<string>(), new Uint32Array(2), c.aoti_torch_dtype_float32()];
  c.torch_call_dispatcher = (name, overload, stack, packed) => {
    const code = call(name, overload, stack, packed);
    // What works in place gives nothing.
    if (
      code === 0 &&
      !name.endsWith('_') &&
      dtypeOf(pointerIn(stack as Uint32Array), found) === 0 &&
      found[0] === single
    )
      singles.add(name);
    return code;
  };
  try {
    return { result: body(), singles: [...singles] };
  } finally {
    c.torch_call_dispatcher = call;
  }
}

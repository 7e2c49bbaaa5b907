import { library } from './library.js';
import { TorchError } from './torch-error.js';
import { witness } from './witness.js';

let live = 0;
let births = 0;
let temporaries: Handle[] | undefined;

/** A tensor of libtorch, owned: as long as it is not freed, the memory behind it lives. */
export class Handle {
  /** 0 once freed. */
  #pointer: number;
  #kept: boolean;
  /** Larger than that of every handle before. */
  readonly born = births++;

  /** Takes over a tensor that a native call gave. */
  constructor(pointer: number) {
    this.#pointer = pointer;
    this.#kept = temporaries === undefined;
    live++;
    temporaries?.push(this);
  }

  /** What native functions are given. @throws TorchError once freed: a freed pointer never reaches libtorch. */
  get pointer(): number {
    if (this.#pointer === 0) throw new TorchError('the tensor was freed');
    return this.#pointer;
  }

  /** True from birth until it is freed. */
  get lives(): boolean {
    return this.#pointer !== 0;
  }

  /** True if it outlives the scope that it was made in, or was made in none. */
  get kept(): boolean {
    return this.#kept;
  }

  /** Lets it outlive the scope that it was made in. */
  keep(): this {
    this.#kept = true;
    return this;
  }

  /** Gives the memory back, unless other handles share it. Doing it twice is harmless. */
  free(): void {
    if (this.#pointer === 0) return;
    library().functions.aoti_torch_delete_tensor_object(this.#pointer);
    this.#pointer = 0;
    live--;
  }

  /** Whether a value is a handle made here. */
  static is(value: unknown): value is Handle {
    return typeof value === 'object' && value !== null && #pointer in value;
  }
}

/** How many tensors this process holds in libtorch, constants excepted: equal before and after means nothing leaked. */
export const liveHandles = (): number => live;

/** How many handles there have been. */
export const handlesSoFar = (): number => births;

/** Keeps a handle for the life of the process and takes it out of the count. */
export function immortal(handle: Handle): Handle {
  live--;
  witness?.immortal(handle);
  return handle.keep();
}

/** Runs `body` and frees every handle made meanwhile that was not kept, also when it throws. */
export function scope<T>(body: () => T): T {
  const outer = temporaries;
  const own: Handle[] = [];
  temporaries = own;
  try {
    return body();
  } finally {
    temporaries = outer;
    for (const handle of own) if (!handle.kept) handle.free();
  }
}

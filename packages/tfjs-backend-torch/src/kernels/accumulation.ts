import { type KernelConfig, util } from '@tensorflow/tfjs-core';
import { kernel, type Operands } from '../kernel.js';
import { aten } from '../native/call.js';
import type { NativeType } from '../native/dtype.js';
import type { Handle } from '../native/handle.js';
import { full } from '../native/memory.js';
import { numeric, summed } from './convert.js';

interface Running {
  readonly axis: number;
  readonly exclusive: boolean;
  readonly reverse: boolean;
}

const sums = aten('cumsum');
const products = aten('cumprod');
const flip = aten('flip');
const narrow = aten('narrow');
const concatenate = aten('cat');

/** Along one axis; exclusive means that each place has what comes before it, and the first one the neutral element. */
const running = (
  name: string,
  accumulate: (x: Handle, axis: number, type: NativeType) => Handle,
  neutral: number,
): KernelConfig =>
  kernel<Operands<'x'>, Running>(name, ({ x }, { axis, exclusive, reverse }) => {
    const [dimension = 0] = util.parseAxisParam(axis, x.shape);
    const type = summed(x);
    const turned = (handle: Handle): Handle => (reverse ? flip(handle, [dimension]) : handle);
    const all = accumulate(turned(numeric(x)), dimension, type);
    if (!exclusive || x.shape[dimension] === 0) return turned(all);
    const first = full(
      x.shape.map((size, index) => (index === dimension ? 1 : size)),
      neutral,
      type,
    );
    return turned(concatenate([first, narrow(all, dimension, 0, x.shape[dimension]! - 1)], dimension));
  });

/** Running sums and products. */
export const accumulation: readonly KernelConfig[] = [running('Cumsum', sums, 0), running('Cumprod', products, 1)];

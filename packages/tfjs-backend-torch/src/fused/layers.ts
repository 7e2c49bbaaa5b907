import {
  findBackend,
  getBackend,
  maximum,
  mul,
  onesLike,
  pow,
  sub,
  type Tensor,
  tidy,
  zeros,
} from '@tensorflow/tfjs-core';
import { TorchBackend } from '../backend.js';
import { batchNormTraining } from './batch-norm.js';

/** A weight of a tfjs-layers layer. */
interface Weight {
  readonly read: () => Tensor;
  readonly write: (value: Tensor) => unknown;
}

/** What is used of tfjs-layers' BatchNormalization. */
interface BatchNormalization {
  readonly axis: number;
  readonly epsilon: number;
  readonly momentum: number;
  readonly gamma?: Weight | null;
  readonly beta?: Weight | null;
  readonly movingMean: Weight;
  readonly movingVariance: Weight;
  call(inputs: Tensor | Tensor[], options: Record<string, unknown>): Tensor | Tensor[];
}

/** tfjs-layers, as far as it is needed: `import * as tfl from '@tensorflow/tfjs-layers'`. */
export interface LayersModule {
  readonly layers: { readonly batchNormalization: (config: object) => object };
}

const isTorch = (): boolean => findBackend(getBackend()) instanceof TorchBackend;

const patched = new WeakSet<object>();

/** `average - (average - value) * (1 - momentum)`, as tfjs-layers writes it. */
const follow = (average: Weight, value: Tensor, momentum: number): void => {
  const before = average.read();
  average.write(sub(before, mul(sub(before, value), 1 - momentum)));
};

const inTraining = (layer: BatchNormalization, x: Tensor): Tensor => {
  const channels = [x.shape.at(-1)!];
  const offset = layer.beta?.read() ?? zeros(channels);
  const scale = layer.gamma?.read() ?? onesLike(offset);
  const { y, mean, inverse } = batchNormTraining(x, scale, offset, layer.epsilon);
  tidy(() => {
    follow(layer.movingMean, mean, layer.momentum);
    follow(layer.movingVariance, maximum(sub(pow(inverse, -2), layer.epsilon), 0), layer.momentum);
  });
  return y;
};

/**
 * Lets the stock BatchNormalization layer of tfjs-layers use the fused kernel while it trains on this backend, with
 * channels last; everything else goes the way it went. The moving statistics follow the batch as before, with the biased
 * variance, through `LayerVariable.write`. Doing it twice changes nothing.
 *
 * @param tfjsLayers The module `@tensorflow/tfjs-layers` that the program uses.
 */
export function installFusedLayers(tfjsLayers: LayersModule): void {
  const layer = tfjsLayers.layers.batchNormalization({});
  const prototype: BatchNormalization = Object.getPrototypeOf(layer);
  if (patched.has(prototype)) return;
  patched.add(prototype);
  const stock = prototype.call;
  prototype.call = function (this: BatchNormalization, inputs, options) {
    const x = Array.isArray(inputs) ? inputs[0]! : inputs;
    const channelsLast = this.axis === -1 || this.axis === x.rank - 1;
    if (options?.['training'] !== true || !channelsLast || !isTorch()) return stock.call(this, inputs, options);
    return tidy(() => inTraining(this, x));
  };
}

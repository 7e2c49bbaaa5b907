import { engine, type Tensor } from '@tensorflow/tfjs-core';
import type { LayersModel, layers } from '@tensorflow/tfjs-layers';

/** A layer that was just applied. */
export interface AppliedLayer {
  readonly layer: layers.Layer;
  /** Of its result, with the batch. */
  readonly shape: readonly number[];
  /** Its weights, as they were lent to it. */
  readonly weights: readonly Tensor[];
  /** The kernels of TensorFlow.js that ran in it, as positions in the profile that is being taken. */
  readonly kernels: readonly [from: number, to: number];
}

/** Who is told of layers now. */
let watcher: ((applied: AppliedLayer) => void) | undefined;

/** Tells `watch` of every layer of tfjs-layers that is applied while `body` runs, whatever network it is in. */
export function watchingLayers<R>(watch: (applied: AppliedLayer) => void, body: () => R): R {
  const before = watcher;
  watcher = watch;
  try {
    return body();
  } finally {
    watcher = before;
  }
}

/** Runs `body`, which applies a model; whoever watches is told of its layers, those of models inside it included. */
export function watched<R>(model: LayersModel, body: () => R): R {
  if (!watcher) return body();
  const tell = watcher;
  const observed = [...new Set(leaves(model.layers))];
  for (const layer of observed) {
    const { call } = layer;
    layer.call = (...given) => {
      const from = kernelsSoFar();
      const result = call.apply(layer, given);
      const { shape } = Array.isArray(result) ? result[0]! : result;
      const weights = layer.weights.map((weight) => weight.read());
      tell({ layer, shape, weights, kernels: [from, kernelsSoFar()] });
      return result;
    };
  }
  try {
    return body();
  } finally {
    for (const layer of observed) Reflect.deleteProperty(layer, 'call');
  }
}

const kernelsSoFar = (): number => engine().state.activeProfile.kernels.length;

const leaves = (all: readonly layers.Layer[]): readonly layers.Layer[] =>
  all.flatMap((layer) => {
    const { layers: inner } = layer as { readonly layers?: readonly layers.Layer[] };
    return inner ? leaves(inner) : [layer];
  });

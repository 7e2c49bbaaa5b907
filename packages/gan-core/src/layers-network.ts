import { cast, oneHot, ones, reshape, type Tensor, tidy } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { Port, Ports } from './contract.js';
import { drawingFrom } from './layer-random.js';
import { emptied, type Frame, frameOf, isEmptied, lent, weightsOf } from './lending.js';
import type { Network, Tensors, Weights } from './network.js';
import type { Random } from './random.js';
import { random } from './streams.js';
import { watched } from './watched-layers.js';

/**
 * Any tfjs-layers model as a network; `inputs` and `outputs` name the model's own, in its order.
 *
 * A function is called at the first `init` or `apply`, with its initialisers drawing from the given stream; a model
 * that exists keeps its weights as the initial ones. A class count feeds a model input of that width one-hot, and any
 * other as ids. Batch norm, dropout and the like work as they are: what they write comes back as state.
 *
 * @throws TypeError if the model differs from the contract, has regularizers or is stateful.
 */
export function layersNetwork<const I extends Ports, const O extends Ports>({
  inputs,
  outputs,
  model,
}: {
  readonly inputs: I;
  readonly outputs: O;
  readonly model: LayersModel | (() => LayersModel);
}): Network<I, O> {
  let frame: Frame | undefined;
  const made = (source: Random): Weights => {
    const fresh = frameOf(fitting(typeof model === 'function' ? drawingFrom(source, model) : model, inputs, outputs));
    if (isEmptied(fresh))
      throw new TypeError('the function gives layers of a model that it made before: make new ones inside it');
    const weights = weightsOf(fresh);
    if (typeof model === 'function') emptied(fresh);
    frame ??= fresh;
    return weights;
  };
  const frameNow = (): Frame => {
    if (!frame) {
      const { parameters, state } = made(random(0));
      for (const tensor of [...Object.values(parameters), ...Object.values(state)]) tensor.dispose();
    }
    return frame!;
  };
  return {
    inputs,
    outputs,
    init: made,
    apply: (weights, given, { training, random: source }) => {
      const lending = frameNow();
      const { model: skeleton } = lending;
      return tidy(() =>
        lent(lending, weights, (written) => {
          const fed = Object.entries(inputs).map(([name, port], i) =>
            arranged(given, name, port, skeleton.inputs[i]!.shape),
          );
          const applied = () => skeleton.apply(fed.length === 1 ? fed[0]! : fed, { training });
          const result = drawingFrom(source, () => watched(skeleton, applied)) as Tensor | Tensor[];
          const list = Array.isArray(result) ? result : [result];
          const named = Object.fromEntries(Object.keys(outputs).map((name, i) => [name, list[i]!]));
          return { outputs: named as Tensors<keyof O & string>, state: written() };
        }),
      );
    },
  };
}

type ModelShape = readonly (number | null)[];

/** What the model takes for a port: classes become one-hot or ids of the model's own shape. */
function arranged(given: Tensors, name: string, port: Port, shape: ModelShape): Tensor {
  const tensor = given[name];
  if (!tensor)
    throw new TypeError(`the network takes '${name}', but is given ${Object.keys(given).join(', ') || 'nothing'}`);
  if (typeof port !== 'number') return tensor;
  // TensorFlow.js has no one-hot of a single class.
  if (shape.at(-1) === port && port === 1) return ones([tensor.size, 1]);
  if (shape.at(-1) === port) return oneHot(cast(reshape(tensor, [-1]), 'int32'), port, 1, 0, 'float32');
  return reshape(tensor, [-1, ...(shape.slice(1) as number[])]);
}

/** The model, or a sentence on where it differs from its contract. */
function fitting(model: LayersModel, inputs: Ports, outputs: Ports): LayersModel {
  fitPorts('inputs', inputs, model.inputs);
  fitPorts('outputs', outputs, model.outputs);
  if (isRegularized(model))
    throw new TypeError('the model has regularizers, which nothing would read: write them as a term');
  if (model.stateful)
    throw new TypeError('the model has stateful recurrent layers, whose state a network cannot hand back');
  return model;
}

/** What tfjs-layers keeps of regularizers: on each layer, nested models included. */
interface Regularized {
  readonly losses: readonly unknown[];
  readonly layers?: readonly Regularized[];
}

const isRegularized = (layer: object): boolean => {
  const { losses, layers } = layer as Regularized;
  return losses.length > 0 || Boolean(layers?.some(isRegularized));
};

function fitPorts(what: string, ports: Ports, ends: readonly { readonly shape: ModelShape }[]): void {
  const entries = Object.entries(ports);
  if (entries.length !== ends.length)
    throw new TypeError(
      `the contract has ${entries.length} ${what} (${Object.keys(ports).join(', ')}), but the model ${ends.length}`,
    );
  entries.forEach(([name, port], i) => {
    const shape = ends[i]!.shape.slice(1);
    if (typeof port !== 'object') return;
    if (port.length !== shape.length || port.some((size, axis) => shape[axis] !== null && shape[axis] !== size))
      throw new TypeError(`'${name}' is ${port.join('x')} in the contract, but ${shape.join('x')} in the model`);
  });
}

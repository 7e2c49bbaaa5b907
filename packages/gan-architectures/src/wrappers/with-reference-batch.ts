import {
  assertCount,
  assertKnownOptions,
  type Network,
  type Ports,
  type Random,
  type Tensors,
  untaped,
} from '@gan/core';
import { cast, concat, gather, scalar, slice, type Tensor, tensor1d, tidy, where } from '@tensorflow/tfjs-core';
import { withReferenceRows } from '../layers/reference-rows.js';

/** Options of `withReferenceBatch`. */
export interface ReferenceBatchOptions {
  /** How many samples; as many as a batch has, in the paper. */
  readonly size: number;
}

const prefix = 'reference/';
const chosen = 'reference chosen';

/**
 * A network that keeps a reference batch for its layers of `virtualBatchNormalization`, and sends it through with every
 * batch it is applied to; only the batch's own rows come out.
 *
 * The reference batch is state: the first rows of the first batch that the network is applied to in training (over and
 * over, if it has fewer), and the same ever after; before that it is drawn at random. A sample's output depends on the
 * reference batch and itself alone. The cost is that of a batch larger by `size`.
 *
 * @returns A network with the ports of the given one.
 * @throws TypeError if `size` is not a whole number of at least 1.
 * @see Salimans et al. (2016), arXiv:1606.03498, section 3.5.
 */
export function withReferenceBatch<I extends Ports, O extends Ports>(
  network: Network<I, O>,
  options: ReferenceBatchOptions,
): Network<I, O> {
  assertKnownOptions('withReferenceBatch', options, ['size']);
  const { size } = options;
  assertCount('size', size);
  const names = Object.keys(network.inputs);
  return {
    inputs: network.inputs,
    outputs: network.outputs,
    init: (random) => {
      const { parameters, state } = network.init(random);
      const drawn = names.map((name) => [
        prefix + name,
        drawnFor(network.inputs[name]!, size, random.stream(prefix, name)),
      ]);
      return { parameters, state: { ...state, ...Object.fromEntries(drawn), [chosen]: scalar(0, 'int32') } };
    },
    apply: ({ parameters, state }, inputs, mode) =>
      tidy(() => {
        const { [chosen]: flag, ...kept } = state;
        const reference = (name: string): Tensor => {
          const own = kept[prefix + name]!;
          return mode.training ? firstOr(own, flag!, inputs[name]!, size) : own;
        };
        const references = Object.fromEntries(names.map((name) => [prefix + name, reference(name)]));
        const joined = Object.fromEntries(
          names.map((name) => [name, concat([references[prefix + name]!, inputs[name]!])]),
        );
        const applied = withReferenceRows(size, () => network.apply({ parameters, state: kept }, joined, mode));
        const outputs = Object.fromEntries(
          Object.entries(applied.outputs).map(([name, of]) => [name, slice(of, size)]),
        );
        const moved = mode.training ? { ...references, [chosen]: scalar(1, 'int32') } : {};
        return { outputs: outputs as Tensors<keyof O & string>, state: { ...state, ...applied.state, ...moved } };
      }),
  };
}

const drawnFor = (port: Ports[string], size: number, random: Random): Tensor =>
  typeof port === 'number' ? random.categorical([size], port) : random.normal([size, ...(port as readonly number[])]);

/** The reference so far, if it has been chosen, else rows of the batch; a constant. */
const firstOr = (own: Tensor, flag: Tensor, batch: Tensor, size: number): Tensor =>
  untaped(() => {
    const rows = Array.from({ length: size }, (_, i) => i % batch.shape[0]!);
    return where(cast(flag, 'bool'), own, gather(batch, tensor1d(rows, 'int32')));
  });

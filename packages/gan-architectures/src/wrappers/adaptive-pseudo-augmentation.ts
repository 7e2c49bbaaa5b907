import {
  assertCount,
  assertKnownOptions,
  beyond,
  type Network,
  type Ports,
  type Random,
  type Tensors,
  under,
  untaped,
  within,
} from '@gan/core';
import {
  add,
  cast,
  concat,
  floor,
  gather,
  greater,
  less,
  logicalAnd,
  minimum,
  mul,
  reshape,
  scalar,
  slice,
  type Tensor,
  tidy,
  where,
  zeros,
} from '@tensorflow/tfjs-core';
import { type OverfittingOptions, overfittingController, overfittingOptions } from './overfitting-controller.js';

/** Options of `adaptivePseudoAugmentation`. */
export interface AdaptivePseudoAugmentationOptions extends OverfittingOptions {
  /** How many of the latest fakes are kept to be shown as real; 64 unless said. */
  readonly kept?: number;
}

const prefix = 'pseudo/';

/**
 * APA: a judge that is deceived. Each real sample that it is shown is, with a probability p, one of the latest fakes
 * instead; p rises while it overfits and falls while it does not, by the controller of ADA,
 *
 *     D(x with probability 1 - p, G(z) with probability p),   p <- p + sign(r - target) * samples / speed
 *
 * as in `adaptivePseudoAugmentation(stylegan2Discriminator({ sample }))`. It suits samples of any kind, since none is
 * changed. The objective stays as it is: the judge is told which samples are real by the game (`Mode.role`). Conditions go
 * with the fakes. p, r and the fakes that are kept are state of the network, `pseudo/probability`, `pseudo/overfitting` and
 * `pseudo/kept/...`: saved and resumed with it.
 *
 * As in the paper's program, r is measured with the fakes that were shown as real. Unlike there, a penalty on real samples
 * such as R1 is of the true ones alone: where a fake is shown instead, the slope in the sample is 0. In inference and
 * wherever it is not a term's `real`, a sample is judged as it is.
 *
 * @returns A network with the ports and parameters of the judge.
 * @throws TypeError if an option is out of its range, or the judge has no score.
 * @see Jiang et al. (2021), arXiv:2111.06849, section 3.
 */
export function adaptivePseudoAugmentation<I extends Ports, O extends Ports>(
  judge: Network<I, O>,
  options: AdaptivePseudoAugmentationOptions = {},
): Network<I, O> {
  assertKnownOptions('adaptivePseudoAugmentation', options, ['kept', ...overfittingOptions]);
  const { kept = 64 } = options;
  assertCount('kept', kept);
  const controller = overfittingController(judge, options);
  const names = Object.keys(judge.inputs);
  return {
    ...judge,
    init: (random) => {
      const { parameters, state } = judge.init(random);
      const none = names.map((name) => [place(name), empty(judge.inputs[name]!, kept)]);
      const own = { ...controller.init(), ...Object.fromEntries(none), count: scalar(0) };
      return { parameters, state: { ...state, ...under(prefix, own) } };
    },
    apply: ({ parameters, state }, inputs, mode) =>
      tidy(() => {
        const own = within(prefix, state);
        const role = mode.training ? mode.role : undefined;
        const shown =
          role === 'real' ? deceiving(own, inputs, controller.probability(own), mode.random.stream('pseudo')) : inputs;
        const { outputs, state: moved } = judge.apply({ parameters, state: beyond(prefix, state) }, shown, mode);
        const batch = inputs[names[0]!]!.shape[0]!;
        const next =
          role === 'real'
            ? controller.heard(own, outputs as Tensors, batch)
            : role === 'fake'
              ? keeping(own, inputs, batch, kept)
              : {};
        return { outputs, state: { ...moved, ...under(prefix, { ...own, ...next }) } };
      }),
  };
}

const place = (input: string): string => `kept/${input}`;

const empty = (port: Ports[string], rows: number): Tensor =>
  typeof port === 'number' ? zeros([rows], 'int32') : zeros([rows, ...(port as readonly number[])]);

/** Samples of which some are kept ones, with all that belongs to them. */
function deceiving(own: Tensors, inputs: Tensors, probability: Tensor, random: Random): Tensors {
  const batch = Object.values(inputs)[0]!.shape[0]!;
  const there = own['count']!;
  const deceived = untaped(() =>
    logicalAnd(less(random.stream('deceived').uniform([batch]), probability), greater(there, 0)),
  );
  const rows = untaped(() => cast(floor(mul(random.stream('which').uniform([batch]), there)), 'int32'));
  return Object.fromEntries(
    Object.entries(inputs).map(([name, of]) => {
      const instead = untaped(() => cast(gather(own[place(name)]!, rows), of.dtype));
      const each = reshape(deceived, [batch, ...of.shape.slice(1).map(() => 1)]);
      return [name, where(each, instead, of)];
    }),
  );
}

/** The latest samples first, as many as are kept. */
const keeping = (own: Tensors, fakes: Tensors, batch: number, kept: number): Tensors => ({
  ...Object.fromEntries(
    Object.entries(fakes).map(([name, of]) => {
      const before = own[place(name)]!;
      return [place(name), untaped(() => slice(concat([cast(of, before.dtype), before]), 0, kept))];
    }),
  ),
  count: untaped(() => minimum(add(own['count']!, batch), kept)),
});

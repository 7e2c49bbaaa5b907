import { assertKnownOptions } from './checks.js';
import type { Ports } from './contract.js';
import { matching, type NamePattern } from './name-pattern.js';
import type { Network, Tensors, Weights } from './network.js';
import { random } from './streams.js';
import { disposeAll } from './tensors.js';

/** Options of `frozen`. */
export interface FrozenOptions {
  /** Which parameters stay as they are; all unless said. */
  readonly only?: NamePattern;
}

/**
 * A network some of whose parameters stay as they begin, in most cases as another run's weights gave them: they are its
 * state instead, under the same names, so that no optimiser changes them, and they are saved and resumed. FreezeD, for one,
 * starts from a run's weights and freezes what is next to the picture,
 *
 *     discriminator: frozen(discriminator, { only: ['block1', 'block2'] })
 *
 * Gradients go through them, to samples and to the parameters before them. What was state already moves on: statistics of
 * batch norm, vectors of spectral norm. Terms that read a judge's parameters see those that are left.
 *
 * @returns A network with the ports of the given one.
 * @throws TypeError for an option that is unknown; when it is initialised or applied, if a pattern, or a name on its list,
 *   matches no parameter.
 * @see Mo, Cho, Shin (2020), arXiv:2002.10964.
 */
export function frozen<I extends Ports, O extends Ports>(
  network: Network<I, O>,
  options: FrozenOptions = {},
): Network<I, O> {
  assertKnownOptions('frozen', options, ['only']);
  const { only = () => true } = options;
  /** The names of what is frozen, the same for all weights of the network. */
  let names: ReadonlySet<string> | undefined;
  const begun = (weights: Weights): Weights => {
    const { parameters, state } = weights;
    try {
      names ??= new Set(matching(Object.keys(parameters), only, 'only'));
      for (const name of names)
        if (Object.hasOwn(state, name))
          throw new TypeError(`'${name}' can't be frozen: it is a name of the state, too`);
    } catch (error) {
      disposeAll(weights);
      throw error;
    }
    const is = names;
    return {
      parameters: part(parameters, (name) => !is.has(name)),
      state: { ...part(parameters, (name) => is.has(name)), ...state },
    };
  };
  const known = (): ReadonlySet<string> => {
    if (!names) disposeAll(begun(network.init(random(0))));
    return names!;
  };
  return {
    inputs: network.inputs,
    outputs: network.outputs,
    init: (source) => begun(network.init(source)),
    apply: ({ parameters, state }, inputs, mode) => {
      const is = known();
      const whole = {
        parameters: { ...parameters, ...part(state, (name) => is.has(name)) },
        state: part(state, (name) => !is.has(name)),
      };
      const applied = network.apply(whole, inputs, mode);
      return { outputs: applied.outputs, state: { ...state, ...applied.state } };
    },
  };
}

const part = (tensors: Tensors, is: (name: string) => boolean): Tensors =>
  Object.fromEntries(Object.entries(tensors).filter(([name]) => is(name)));

import type { Port, Ports } from './contract.js';
import { portShown } from './fit.js';
import { under, within } from './named-parts.js';
import { innerMode, type Network, type Tensors, type Weights } from './network.js';
import { disposeAll } from './tensors.js';
import type { TrainedNetwork } from './trained-network.js';

/** What two networks take together, once the first feeds the second. */
type Joined<I1, O1, I2> = I1 & Omit<I2, keyof O1>;

/**
 * Two networks as one: what the first gives feeds the second's inputs of the same name, and what else the second takes is
 * taken from outside. A mapping of latents to styles and a synthesis from styles, for one, make a generator.
 *
 * Parameters and state are named `first/...` and `second/...`.
 *
 * @throws TypeError if the first feeds no input of the second, or a port differs.
 */
export function inSeries<I1 extends Ports, O1 extends Ports, I2 extends Ports, O2 extends Ports>(
  first: Network<I1, O1>,
  second: Network<I2, O2>,
): Network<Joined<I1, O1, I2>, O2> {
  const fed = Object.keys(second.inputs).filter((name) => Object.hasOwn(first.outputs, name));
  if (fed.length === 0)
    throw new TypeError(
      `the first network feeds nothing: it gives ${Object.keys(first.outputs).join(', ')}, but the second takes ${Object.keys(second.inputs).join(', ')}`,
    );
  for (const name of fed) {
    const [given, taken] = [portShown(first.outputs[name] as Port), portShown(second.inputs[name] as Port)];
    if (given !== taken)
      throw new TypeError(`'${name}' is ${given} of the first network, but the second takes ${taken}`);
  }
  const others = Object.entries(second.inputs).filter(([name]) => !fed.includes(name));
  return {
    inputs: { ...first.inputs, ...Object.fromEntries(others) } as unknown as Joined<I1, O1, I2>,
    outputs: second.outputs,
    init: (random) => {
      const one = first.init(random.stream('first'));
      try {
        return together(one, second.init(random.stream('second')));
      } catch (error) {
        disposeAll(one);
        throw error;
      }
    },
    apply: (weights, inputs, mode) => {
      const one = first.apply(partOf(weights, 'first/'), inputs, innerMode(mode, 'first'));
      const given: Tensors = { ...inputs, ...one.outputs };
      const two = second.apply(partOf(weights, 'second/'), given, innerMode(mode, 'second'));
      return { outputs: two.outputs, state: { ...under('first/', one.state), ...under('second/', two.state) } };
    },
  };
}

/**
 * Two trained networks as one, as `inSeries` makes it, with their weights as they are at each moment: to sample and to
 * evaluate a generator that was trained in two parts.
 *
 * @throws TypeError as `inSeries` does.
 */
export function trainedInSeries<
  I1 extends Ports,
  O1 extends Ports,
  D1 extends string,
  I2 extends Ports,
  O2 extends Ports,
  D2 extends string,
>(
  first: TrainedNetwork<I1, O1, D1>,
  second: TrainedNetwork<I2, O2, D2>,
): TrainedNetwork<Joined<I1, O1, I2>, O2, D1 | Exclude<D2, keyof O1 & string>> {
  const network = inSeries(first.network, second.network);
  const drawn = Object.entries({ ...second.drawn, ...first.drawn }).filter(([name]) => name in network.inputs);
  return {
    network,
    drawn: Object.fromEntries(drawn) as never,
    get weights() {
      return together(first.weights, second.weights);
    },
  };
}

const together = (first: Weights, second: Weights): Weights => ({
  parameters: { ...under('first/', first.parameters), ...under('second/', second.parameters) },
  state: { ...under('first/', first.state), ...under('second/', second.state) },
});

const partOf = ({ parameters, state }: Weights, prefix: string): Weights => ({
  parameters: within(prefix, parameters),
  state: within(prefix, state),
});

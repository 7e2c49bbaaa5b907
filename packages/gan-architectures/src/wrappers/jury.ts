import { innerMode, type Network, type Ports, shown, type Tensors, under, type Weights, within } from '@gan/core';
import { tidy } from '@tensorflow/tfjs-core';

type All<U> = (U extends unknown ? (one: U) => void : never) extends (all: infer A extends Ports) => void ? A : never;

/** Judges by name. */
export type Judges = Readonly<Record<string, Network>>;

/** What all judges take together. */
export type JuryInputs<J extends Judges> = All<J[keyof J]['inputs']>;

/** The heads of all judges, `<judge>.<head>`. */
export type JuryOutputs<J extends Judges> = All<
  {
    [K in keyof J & string]: { readonly [H in keyof J[K]['outputs'] & string as `${K}.${H}`]: J[K]['outputs'][H] };
  }[keyof J & string]
>;

/**
 * Several judges as one network, for the place of one: each sees the same samples, and says what it says under its name,
 *
 *     jury({ fine: patchDiscriminator({ sample }), coarse: atScale(patchDiscriminator({ sample: half }), { sample }) })
 *
 * gives `fine.score` and `coarse.score`. A term for each, `reading({ score: 'fine.score' }, hinge())`, or `ofJury` of
 * @gan/losses for all at once, which also has generators heed the strictest.
 *
 * The judges may be of any kinds, and of the same: each starts with weights of its own. Judges that are trained by players
 * of their own, or see samples of their own, are networks of a `game()` instead.
 *
 * @returns A network that takes what the judges take, and gives all their heads; parameters and state are named
 *   `<judge>/...`.
 * @throws TypeError if there are no judges, or two take something else by the same name.
 * @see Durugkar, Gemp, Mahadevan (2017), arXiv:1611.01673; Wang et al. (2018), arXiv:1711.11585, section 3.2, for scales.
 */
export function jury<const J extends Judges>(judges: J): Network<JuryInputs<J>, JuryOutputs<J>> {
  const entries = Object.entries<Network>(judges);
  if (entries.length === 0)
    throw new TypeError('a jury has a judge at least, as in { fine: patchDiscriminator({ ... }) }');
  const inputs: Record<string, Ports[string]> = {};
  for (const [judge, network] of entries)
    for (const [name, port] of Object.entries(network.inputs)) {
      if (name in inputs && String(inputs[name]) !== String(port))
        throw new TypeError(`the judges take '${name}' as ${shown(inputs[name])}, but '${judge}' as ${shown(port)}`);
      inputs[name] = port;
    }
  const heads = entries.map(([judge, { outputs }]) => under(`${judge}.`, outputs));
  return {
    inputs: inputs as JuryInputs<J>,
    outputs: Object.assign({}, ...heads) as JuryOutputs<J>,
    init: (random) => {
      const made: Weights[] = [];
      try {
        for (const [judge, network] of entries) made.push(network.init(random.stream(judge)));
      } catch (error) {
        for (const { parameters, state } of made)
          for (const tensor of [...Object.values(parameters), ...Object.values(state)]) tensor.dispose();
        throw error;
      }
      const all = (kind: keyof Weights) =>
        Object.assign({}, ...made.map((of, k) => under(`${entries[k]![0]}/`, of[kind])));
      return { parameters: all('parameters'), state: all('state') };
    },
    apply: ({ parameters, state }, given, mode) =>
      tidy(() => {
        const said = entries.map(([judge, network]) => {
          const own = { parameters: within(`${judge}/`, parameters), state: within(`${judge}/`, state) };
          const seen = Object.fromEntries(Object.keys(network.inputs).map((name) => [name, given[name]!]));
          const { outputs, state: next } = network.apply(own, seen, innerMode(mode, judge));
          return { outputs: under(`${judge}.`, outputs as Tensors), state: under(`${judge}/`, next) };
        });
        return {
          outputs: Object.assign({}, ...said.map(({ outputs }) => outputs)),
          state: Object.assign({}, ...said.map((of) => of.state)),
        };
      }),
  };
}

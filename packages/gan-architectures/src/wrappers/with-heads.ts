import {
  assertCount,
  assertKnownOptions,
  beyond,
  innerMode,
  type Network,
  type Port,
  type Ports,
  random as randomStream,
  type Shape,
  shown,
  type Tensors,
  under,
  type Weights,
  within,
} from '@gan/core';
import { tidy, zeros } from '@tensorflow/tfjs-core';
import { type Guesses, type HeadPorts, headNetwork, headPorts } from '../blocks/heads.js';
import { kernels } from '../blocks/kernels.js';
import { assertShape } from '../ports.js';

/** Options of `withHeads`. */
export interface HeadsOptions<G extends Guesses, A extends boolean = boolean> {
  /** What is guessed, as the ports of it: `{ class: 10 }` a class of ten, `{ code: [2] }` two numbers. */
  readonly heads: G;
  /** Width of a layer that these heads share, with batch norm and leaky ReLU of 0.2; none unless said. */
  readonly hidden?: number;
  /** Whether the kernels are divided by their largest singular value, as those of the judge may be. False unless said. */
  readonly spectral?: boolean;
  /** Whether they stand in place of the judge's own heads, its score, of which only the features stay. False unless said. */
  readonly alone?: A;
}

/** What a judge gives with heads beside its own, or in their place. */
export type Headed<O extends Ports, G extends Guesses, A extends boolean> = ([A] extends [true]
  ? { readonly features: 'features' }
  : O) &
  HeadPorts<G>;

/**
 * A judge that says more than a score: dense layers, one for each head, on the features of any judge that gives them.
 *
 *     withHeads(dcganDiscriminator({ sample }), { heads: { class: 10 } })                               ACGAN
 *     withHeads(dcganDiscriminator({ sample }), { heads: { category: 10, code: [2] }, hidden: 128 })    InfoGAN
 *     withHeads(dcganDiscriminator({ sample }), { heads: { category: 5 }, alone: true })                MAD-GAN
 *
 * for `auxiliaryClassifier`, which reads `class`, and `categoricalInformation` and `continuousInformation`, which read
 * `category` and `code`; for `multiAgentDiverse`, `semiSupervised` and `multiHinge`, which read nothing else; for terms of
 * one's own. Trunk and heads are one network, which one player trains. Heads that stand alone leave the weights of the
 * judge's score unused. Kernels start as Glorot's uniform.
 *
 * @param judge A network with an output `features`, one row (or map) a sample.
 * @returns A network that takes the same, and gives the heads beside what the judge gives: logits `[batch, classes]`, or
 *   numbers `[batch, ...shape]`. The judge's weights keep their names; those of heads start with `heads.`.
 * @throws TypeError if the judge gives no features, or has a head of the name already; if there are no heads, or one
 *   guesses neither a class of at least 2 nor a shape.
 * @see Odena, Olah, Shlens (2017), arXiv:1610.09585, section 3; Chen et al. (2016), arXiv:1606.03657, section 6 and
 *   appendix C.
 */
export function withHeads<
  I extends Ports,
  O extends Ports & { readonly features: 'features' },
  const G extends Guesses,
  const A extends boolean = false,
>(judge: Network<I, O>, options: HeadsOptions<G, A>): Network<I, Headed<O, G, A>> {
  assertKnownOptions('withHeads', options, ['heads', 'hidden', 'spectral', 'alone']);
  assertHeads(judge, options);
  const { heads, hidden, spectral = false, alone = false } = options;
  const prefix = `heads.${Object.keys(heads).join('+')}/`;
  const kept = <V>(said: Readonly<Record<string, V>>) => (alone ? { features: said['features']! } : said);
  let known: Network | undefined;
  const headsOn = (shape: Shape): Network => {
    known ??= headNetwork(shape, { heads, hidden, kernels: kernels(spectral) });
    return known;
  };
  return {
    inputs: judge.inputs,
    outputs: { ...kept<Port>(judge.outputs), ...headPorts(heads) } as Headed<O, G, A>,
    init: (random) => {
      const trunk = judge.init(random);
      try {
        const { parameters, state } = headsOn(featureShape(judge, trunk)).init(random.stream('heads'));
        return {
          parameters: { ...trunk.parameters, ...under(prefix, parameters) },
          state: { ...trunk.state, ...under(prefix, state) },
        };
      } catch (error) {
        for (const tensor of [...Object.values(trunk.parameters), ...Object.values(trunk.state)]) tensor.dispose();
        throw error;
      }
    },
    apply: ({ parameters, state }, inputs, mode) =>
      tidy(() => {
        const trunk = { parameters: beyond(prefix, parameters), state: beyond(prefix, state) };
        const judged = judge.apply(trunk, inputs, mode);
        const { features } = judged.outputs as Tensors<'features'>;
        const own = { parameters: within(prefix, parameters), state: within(prefix, state) };
        const said = headsOn(features.shape.slice(1)).apply(own, { features }, innerMode(mode, 'heads'));
        return {
          outputs: { ...kept(judged.outputs as Tensors), ...said.outputs } as Tensors<keyof Headed<O, G, A> & string>,
          state: { ...judged.state, ...under(prefix, said.state) },
        };
      }),
  };
}

function assertHeads(judge: Network, { heads, hidden, spectral, alone }: HeadsOptions<Guesses>): void {
  const given = Object.keys(judge.outputs);
  if (judge.outputs['features'] !== 'features')
    throw new TypeError(
      `heads stand on the 'features' of a judge, but this one gives ${given.join(', ') || 'nothing'}`,
    );
  if (typeof heads !== 'object' || heads === null || Object.keys(heads).length === 0)
    throw new TypeError('heads must say what is guessed, as in { class: 10 }');
  for (const [name, guess] of Object.entries(heads)) {
    if (given.includes(name)) throw new TypeError(`the judge has a head '${name}' already`);
    if (typeof guess === 'number') assertCount(name, guess, 2);
    else assertShape(name, guess);
  }
  if (hidden !== undefined) assertCount('hidden', hidden);
  for (const [name, value] of Object.entries({ spectral, alone }))
    if (value !== undefined && typeof value !== 'boolean')
      throw new TypeError(`${name} must be true or false, but is ${shown(value)}`);
}

/** The shape of what the judge gives as features, seen on one sample of zeros. */
const featureShape = (judge: Network, weights: Weights): Shape =>
  tidy(() => {
    const inputs = Object.entries(judge.inputs).map(([name, port]) => [
      name,
      typeof port === 'number' ? zeros([1], 'int32') : zeros([1, ...(port as Shape)]),
    ]);
    const mode = { training: false, random: randomStream(0) };
    return judge.apply(weights, Object.fromEntries(inputs) as Tensors, mode).outputs['features']!.shape.slice(1);
  });

import '@tensorflow/tfjs-backend-cpu';
import { type AnyTerm, gradients, type Maker, type Random, type Round, type Tensors } from '@gan/core';
import { engine } from '@gan/engine';
import {
  consistency,
  diversitySensitive,
  dragan,
  drift,
  featureMatching,
  flipAndTranslate,
  gradientPenalty,
  historicalAveraging,
  latentConsistency,
  leCam,
  lipschitzPenalty,
  modeSeeking,
  orthogonal,
  pathLength,
  r1,
  r2,
  zeroCenteredPenalty,
} from '@gan/losses';
import {
  add,
  keep,
  leakyRelu,
  matMul,
  memory,
  reshape,
  scalar,
  type Tensor,
  type Tensor2D,
  tanh,
  tensor,
  tidy,
  zerosLike,
} from '@tensorflow/tfjs-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { engines } from './engines.fixture.js';
import golden from './golden/penalties.json' with { type: 'json' };
import { listedDraws } from './listed-draws.fixture.js';

/** Penalties and regularisers, against what other libraries make of them (tools/goldens/penalties.py). */

interface Case {
  readonly source: string;
  readonly value: number;
  readonly gradients: Readonly<Record<string, readonly number[]>>;
  readonly before?: Readonly<Record<string, number>>;
  readonly after?: Readonly<Record<string, number>>;
  /** The parameters at each step so far, those of now last. */
  readonly steps?: readonly Readonly<Record<string, readonly number[]>>[];
}

const inputs = (name: keyof typeof golden.inputs): Tensor =>
  tensor(golden.inputs[name].values, golden.inputs[name].shape);
type Stored = Readonly<Record<string, { readonly shape: readonly number[]; readonly values: readonly number[] }>>;
const weights = (of: Stored, values?: Readonly<Record<string, readonly number[]>>): Tensors =>
  Object.fromEntries(
    Object.entries(of).map(([name, { shape, values: own }]) => [
      name,
      tensor([...(values?.[name] ?? own)], [...shape]),
    ]),
  );

/** x w + b, with names of the script. */
const dense = (x: Tensor, w: Tensor | undefined, b: Tensor | undefined): Tensor =>
  add(matMul(x as Tensor2D, w as Tensor2D), b!);
const judged = (x: Tensor, { w, b, u, c, v, d }: Tensors<string>) => {
  const features = tanh(dense(leakyRelu(dense(reshape(x, [-1, 12]), w, b), 0.2), u, c));
  return { features, score: dense(features, v, d) };
};
const generated = (z: Tensor, { w, b, v, d }: Tensors<string>): Tensor =>
  reshape(dense(tanh(dense(reshape(z, [-1, 6]), w, b)), v, d), [-1, 2, 2, 3]);

/** A stream that gives these tensors, one after the other. */
const drawing = (...names: (keyof typeof golden.inputs)[]): Partial<Random> => {
  const next = () => inputs(names.shift()!);
  return { uniform: next, normal: next };
};
/** A stream that moves pictures as the script does. */
const moving = (): Random =>
  listedDraws(
    Object.fromEntries(
      Object.entries(golden.moves).flatMap(([of, moves]) => [
        [`${of}/down`, moves.map(([down]) => down! + 1)],
        [`${of}/across`, moves.map(([, across]) => across! + 1)],
        [`${of}/mirrored`, moves.map(([, , mirrored]) => mirrored!)],
      ]),
    ),
  );

interface Played {
  readonly term: AnyTerm;
  readonly random?: () => Partial<Random>;
  readonly latents?: 'latents' | 'styles';
}
const share = () => drawing('share');
const augment = flipAndTranslate({ pixels: 1 });
const zCR = latentConsistency({ discriminator: 5, generator: 0.5, noise: 0.125 });
const latentStep = () => drawing('latentNoise');

const discriminators: Readonly<Record<keyof typeof golden.discriminatorSides, Played>> = {
  gradientPenalty: { term: gradientPenalty({ weight: 10 }), random: share },
  oneSidedGradientPenalty: { term: gradientPenalty({ weight: 10, oneSided: true }), random: share },
  zeroCenteredPenalty: { term: zeroCenteredPenalty({ weight: 10 }), random: share },
  lipschitzPenalty: { term: lipschitzPenalty({ weight: 10 }), random: share },
  dragan: { term: dragan({ weight: 10 }), random: () => drawing('draganShare', 'draganNoise') },
  r1: { term: r1({ gamma: 0.375 }) },
  r2: { term: r2({ gamma: 0.375 }) },
  leCam: { term: leCam({ weight: 0.3, decay: 0.75 }) },
  drift: { term: drift({ weight: 0.001 }) },
  consistency: { term: consistency({ real: 10, augment }), random: moving },
  balancedConsistency: { term: consistency({ real: 10, fake: 5, augment }), random: moving },
  latentConsistency: { term: zCR, random: latentStep },
  orthogonal: { term: orthogonal({ weight: 0.03, side: 'discriminator', only: (name) => 'wu'.includes(name) }) },
  historicalAveraging: { term: historicalAveraging({ weight: 0.5, side: 'discriminator' }) },
};
const generators: Readonly<Record<keyof typeof golden.generatorSides, Played>> = {
  pathLength: { term: pathLength({ weight: 2, decay: 0.875, share: 1 }), random: () => drawing('pathNoise') },
  pathLengthOfStyles: {
    term: pathLength({ weight: 2, decay: 0.875 }),
    random: () => drawing('stylesNoise'),
    latents: 'styles',
  },
  featureMatching: { term: featureMatching() },
  latentConsistency: { term: zCR, random: latentStep },
  modeSeeking: { term: modeSeeking({ weight: 1.5 }) },
  diversitySensitive: { term: diversitySensitive({ weight: 1.5, bound: 1 }) },
  unitOrthogonal: {
    term: orthogonal({ weight: 0.03, side: 'generator', unit: true, only: (name) => 'wv'.includes(name) }),
  },
  historicalAveraging: { term: historicalAveraging({ weight: 0.5, side: 'generator' }) },
};

/** What a round holds until the update ends. */
const held = new Map<string, Tensor>();

/** A round of the judge against the script's fakes, or of the generator's own. */
function roundOf(
  side: 'discriminator' | 'generator',
  { random, latents = 'latents' }: Played,
  own: Tensors,
  state: Tensors,
) {
  const [judge, generator] = side === 'discriminator' ? [own, weights(golden.generator)] : [weights(golden.judge), own];
  const from = { [latents]: inputs(latents) };
  const maker: Maker = {
    inputs: from,
    output: 'sample',
    parameters: generator,
    apply: (at, parameters = generator) => ({ sample: generated(at[latents]!, parameters) }),
  };
  // The judge is asked of fakes that the script has drawn, save where they must be those of the generator.
  const ours = side === 'generator' || random === latentStep;
  const samples = {
    real: { sample: inputs('real') },
    get fake() {
      return { sample: ours ? maker.apply(from)['sample']! : inputs('fake') };
    },
  };
  return {
    get real() {
      return judged(samples.real.sample, judge);
    },
    get fake() {
      return judged(samples.fake.sample, judge);
    },
    judged: (role: 'real' | 'fake') => {
      const inputs = samples[role];
      return { inputs, outputs: judged(inputs.sample, judge) };
    },
    samples,
    judge: (at: Tensors, parameters = judge) => judged(at['sample']!, parameters),
    parameters: judge,
    maker: () => maker,
    state,
    once: (name: string, make: () => Tensor) => {
      // Held as training would, beyond the scope of the gradient.
      const made = held.get(name) ?? keep(make());
      held.set(name, made);
      return made;
    },
    random: random?.() as Random,
    step: 5,
  } as unknown as Round;
}

/** The state that a case begins with: given, or come about in the steps before. */
function stateOf(side: 'discriminator' | 'generator', played: Played, { before, steps = [] }: Case): Tensors {
  if (before) return Object.fromEntries(Object.entries(before).map(([name, value]) => [name, scalar(value)]));
  const stored: Stored = side === 'discriminator' ? golden.judge : golden.generator;
  return steps.reduce<Tensors>((state, step, i) => {
    const round = roundOf(side, played, weights(stored, step), state);
    return i === 0 ? played.term.init!(round.random, round) : played.term.after!(round).state!;
  }, {});
}

const cases = [
  ...Object.entries(discriminators).map(([name, played]) => ({ name, side: 'discriminator' as const, played })),
  ...Object.entries(generators).map(([name, played]) => ({ name, side: 'generator' as const, played })),
];

for (const { title, options, tolerance, there } of engines)
  describe.skipIf(!there)(`penalties and regularisers on ${title}${there ? '' : ' (needs libtorch)'}`, () => {
    let before = 0;
    beforeAll(async () => {
      await engine(options);
      before = memory().numTensors;
    });
    afterEach(() => {
      for (const tensor of held.values()) tensor.dispose();
      held.clear();
    });
    afterAll(() => expect(memory().numTensors).toBe(before));

    it.each(cases)('have the value and the gradients of other code: $name, $side side', ({ name, side, played }) =>
      tidy(() => {
        const wanted = (golden[`${side}Sides`] as Readonly<Record<string, Case>>)[name]!;
        const parameters = weights(side === 'discriminator' ? golden.judge : golden.generator);
        const round = roundOf(side, played, parameters, stateOf(side, played, wanted));
        const play = played.term[side] as (round: Round) => Tensor;
        const { value, gradients: slopes } = gradients(() => play(round), Object.values(parameters));

        let error = Math.abs(value.dataSync()[0]! - wanted.value) / Math.abs(wanted.value);
        const scale = Math.max(...Object.values(wanted.gradients).flat().map(Math.abs));
        expect(scale).toBeGreaterThan(0);
        for (const [i, [key, at]] of Object.entries(parameters).entries())
          for (const [k, slope] of (slopes[i] ?? zerosLike(at)).dataSync().entries())
            error = Math.max(error, Math.abs(slope - wanted.gradients[key]![k]!) / scale);
        const state = played.term.after?.(round).state ?? {};
        for (const [key, number] of Object.entries(wanted.after ?? {}))
          error = Math.max(error, Math.abs(state[key]!.dataSync()[0]! - number) / Math.abs(number));
        expect(error).toBeLessThan(tolerance);
      }),
    );
  });

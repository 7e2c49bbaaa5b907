import { beganAutoencoder, beganGenerator, ebganAutoencoder, reconstructionEnergy } from '@gan/architectures';
import { gradients, type Network, random, type Weights } from '@gan/core';
import { mean, square, sum, type Tensor, tensor } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { engines, inScopesOn } from './engines.fixture.js';
import golden from './golden/autoencoders.json' with { type: 'json' };
import { parametersOf } from './parameters-of.fixture.js';
import { expectStored, type Stored, storedWeights } from './stored.fixture.js';

/** Networks of BEGAN and EBGAN beside those of PyTorch's modules (tools/goldens/autoencoders.py). */

interface Case {
  readonly weights: readonly (readonly [name: string, shape: readonly number[], scale: number])[];
  readonly slope: Stored;
}
type Made = Case & { readonly picture: Stored };
type Rebuilt = Case & {
  readonly energy: Stored;
  readonly code: Stored;
  readonly penalty: number;
  readonly penaltySlope: Stored;
};
const generators = golden.generators as unknown as Readonly<Record<keyof typeof golden.generators, Made>>;
const autoencoders = golden.autoencoders as unknown as Readonly<Record<keyof typeof golden.autoencoders, Rebuilt>>;

/** The sines of the script. */
const sines = (k: number, shape: readonly number[]): readonly number[] =>
  Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i) => Math.fround(Math.sin(1.3 * i + 0.9 * k + 0.5)));

const weightsOf = (network: Network, { weights }: Case): Weights => {
  const parameters = weights.map(([name, shape, scale], k) => {
    const offset = name.endsWith('/gamma') ? 1 : 0;
    return [name, { shape, values: sines(k, shape).map((value) => Math.fround(value * scale + offset)) }];
  });
  return storedWeights(network, { parameters: Object.fromEntries(parameters) });
};

const size = { sample: [32, 32, 3], filters: 3 } as const;
const began: Readonly<Record<keyof typeof generators, Network>> = {
  BEGAN: beganGenerator({ ...size, latents: 5 }),
  'BEGAN with skips': beganGenerator({ ...size, latents: 5, skips: true }),
  'BEGAN with skips, half way': beganGenerator({ ...size, latents: 5, skips: true, fade: 4 }),
};
const judges: Readonly<Record<keyof typeof autoencoders, Network>> = {
  BEGAN: reconstructionEnergy(beganAutoencoder({ ...size, features: 5 })),
  'BEGAN with skips': reconstructionEnergy(beganAutoencoder({ ...size, features: 5, skips: true })),
  'BEGAN with skips, half way': reconstructionEnergy(beganAutoencoder({ ...size, features: 5, skips: true, fade: 4 })),
  EBGAN: reconstructionEnergy(ebganAutoencoder({ sample: [16, 16, 3], filters: 2 })),
};
/** Two steps of the four over which residuals vanish. */
const mode = { training: true, random: random(2), step: 2 };

for (const { title, options, tolerance: own, there } of engines)
  describe.skipIf(!there)(`convolutional autoencoders on ${title}`, () => {
    inScopesOn(options);
    const within = Math.max(own, title.endsWith('float64') ? 1e-6 : 1e-4);
    /** Of slopes of the penalty, sums that cancel, float32 keeps 4 digits or 3, as a processor adds; float64 shows that they are right. */
    const withinSlopes = title.endsWith('float64') ? within : 10 * within;
    const expectClose = (found: Tensor, wanted: Stored, tolerance = within) =>
      expectStored(found, wanted, tolerance, golden.stride);

    it.each(Object.keys(began) as (keyof typeof began)[])(
      '%s: the same pictures, and slopes in the latents',
      (name) => {
        const wanted = generators[name];
        const weights = weightsOf(began[name], wanted);
        const latents = tensor([...sines(1, [2, 5])], [2, 5]);
        const apply = () => began[name].apply(weights, { latents }, mode).outputs['sample']!;
        expectClose(apply(), wanted.picture);
        expectClose(gradients(() => mean(square(apply())), [latents]).gradients[0]!, wanted.slope);
      },
    );

    it.each(Object.keys(judges) as (keyof typeof judges)[])(
      '%s: the same energies and codes, and slopes to second order',
      (name) => {
        const judge = judges[name];
        const wanted = autoencoders[name];
        const weights = weightsOf(judge, wanted);
        const shape = [2, ...(judge.inputs['sample'] as readonly number[])];
        const sample = tensor([...sines(1, shape)], shape);
        const { energy, features } = judge.apply(weights, { sample }, mode).outputs;
        expectClose(energy!, wanted.energy);
        expectClose(features!, wanted.code);
        const slope = () =>
          gradients(() => sum(judge.apply(weights, { sample }, mode).outputs['energy']!), [sample]).gradients[0]!;
        expectClose(slope(), wanted.slope);
        const kernel = weights.parameters[wanted.weights[0]![0]]!;
        const { value, gradients: slopes } = gradients(() => sum(square(slope())), [kernel]);
        expect(Math.abs(value.dataSync()[0]! / wanted.penalty - 1)).toBeLessThan(within);
        expectClose(slopes[0]!, wanted.penaltySlope, withinSlopes);
      },
    );
  });

describe('convolutional autoencoders', () => {
  const sample = [64, 64, 3] as const;

  it.each([
    ['BEGAN 64', false],
    ['BEGAN 64 with skips', true],
  ] as const)('have as many parameters as %s at the paper’s size', (name, skips) => {
    const found = [beganGenerator({ sample, latents: 64, skips }), beganAutoencoder({ sample, skips })];
    expect(found.map(parametersOf)).toEqual(golden.parameters[name]);
  });

  it('have as many parameters as EBGAN’s at the paper’s size', () => {
    expect(parametersOf(ebganAutoencoder({ sample }))).toBe(golden.parameters['EBGAN 64']);
  });
});

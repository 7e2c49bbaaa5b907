import { augmented, fastganDecoder, fastganDiscriminator, fastganGenerator } from '@gan/architectures';
import { adam, game, gradients, on, random, train } from '@gan/core';
import { hinge, l1 } from '@gan/losses';
import { add, dispose, square, sub, sum, type Tensor, tensor, zeros } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { engines, inScopesOn, numbers } from './engines.fixture.js';
import golden from './golden/fastgan.json' with { type: 'json' };
import { expectStored, made, pictures, type Stored, storedWeights, type Table } from './stored.fixture.js';

/** FastGAN with the weights of PyTorch's modules, put together as in the paper and its authors' code (tools/goldens/fastgan.py). */

interface Weighed {
  readonly parameters: Table;
  readonly state: Table;
}
interface Found {
  readonly generators: Readonly<
    Record<32 | 64, Weighed & { readonly latents: Stored; readonly picture: Stored; readonly slope: Stored }>
  >;
  readonly judges: Readonly<
    Record<
      32 | 64,
      Weighed & {
        readonly score: Stored;
        readonly fine: Stored;
        readonly coarse: Stored;
        readonly slope: Stored;
        readonly penalty: number;
        readonly penaltySlope: Stored;
      }
    >
  >;
  readonly decoder: Weighed & {
    readonly fine: Stored;
    readonly coarse: Stored;
    readonly whole: Stored;
    readonly quarters: Stored;
    readonly slopes: readonly [Stored, Stored];
  };
}
const wanted = golden as unknown as Found;
const mode = { training: true, random: random(2) };
const expectClose = (found: Tensor, of: Stored, tolerance: number) => expectStored(found, of, tolerance, golden.stride);
const small = (side: 32 | 64) => ({ sample: [side, side, 3], filters: 1 }) as const;

for (const { title, options, tolerance, there } of engines)
  describe.skipIf(!there)(`FastGAN of PyTorch's weights on ${title}`, () => {
    inScopesOn(options);
    const within = Math.max(tolerance, title.endsWith('float64') ? 1e-6 : 1e-4);

    it.each([32, 64] as const)('makes the same pictures of %i, with the same slopes in the latents', (side) => {
      const network = fastganGenerator({ ...small(side), latents: 5 });
      const of = wanted.generators[side];
      const weights = storedWeights(network, of);
      const latents = made(of.latents);
      const picture = () => network.apply(weights, { latents }, mode).outputs.sample;
      expectClose(picture(), of.picture, within);
      expectClose(gradients(() => sum(square(picture())), [latents]).gradients[0]!, of.slope, within);
    });

    it.each([32, 64] as const)('judges pictures of %i alike, with the same slopes, and those of a penalty', (side) => {
      const network = fastganDiscriminator(small(side));
      const of = wanted.judges[side];
      const weights = storedWeights(network, of);
      const sample = pictures([2, side, side, 3]);
      const { score, fine, coarse } = network.apply(weights, { sample }, mode).outputs;
      expectClose(score, of.score, within);
      expectClose(fine, of.fine, within);
      expectClose(coarse, of.coarse, within);
      const judged = () => sum(network.apply(weights, { sample }, mode).outputs.score);
      const slope = () => gradients(judged, [sample]).gradients[0]!;
      expectClose(slope(), of.slope, within);
      const kernel = weights.parameters['map8.first/kernel']!;
      const { value, gradients: slopes } = gradients(() => sum(square(slope())), [kernel]);
      expect(Math.abs(value.dataSync()[0]! / of.penalty - 1)).toBeLessThan(within);
      expectClose(slopes[0]!, of.penaltySlope, within);
    });

    it('decodes the same pictures, with the same slopes in the maps', () => {
      const { decoder: of } = wanted;
      const network = fastganDecoder({ ...small(32), fine: [16, 16, 2], coarse: [8, 8, 3] });
      const weights = storedWeights(network, of);
      const maps = { fine: made(of.fine), coarse: made(of.coarse) };
      const decoded = () => network.apply(weights, maps, mode).outputs;
      const { whole, quarters } = decoded();
      expectClose(whole, of.whole, within);
      expectClose(quarters, of.quarters, within);
      const size = () => {
        const outputs = decoded();
        return add(sum(square(outputs.whole)), sum(square(outputs.quarters)));
      };
      const slopes = gradients(size, [maps.fine, maps.coarse]).gradients;
      expectClose(slopes[0]!, of.slopes[0], within);
      expectClose(slopes[1]!, of.slopes[1], within);
    });
  });

const { options: fastest } = engines.find(({ title, there }) => there && title === 'torch-cpu') ?? engines[0]!;

describe('the self-supervision of FastGAN', () => {
  inScopesOn(fastest);
  const { sample } = small(32);
  const judge = fastganDiscriminator(small(32));
  const { fine, coarse } = judge.outputs;
  const decoder = fastganDecoder({ ...small(32), fine, coarse });

  it('makes each quarter of a picture from that quarter of the fine map alone', () => {
    const weights = decoder.init(random(1));
    const quartersOf = (map: Tensor): Tensor =>
      decoder.apply(weights, { fine: map, coarse: zeros([1, ...coarse]) }, { training: false, random: random(2) })
        .outputs.quarters;
    const map = random(3).normal([1, ...fine]);
    const rightBelow = tensor(
      Array.from({ length: 256 }, (_, i) => Number(i >= 128 && i % 16 >= 8)),
      [1, 16, 16, 1],
    );
    const moved = numbers(sub(quartersOf(add(map, rightBelow)), quartersOf(map)));
    const places = moved.flatMap((by, i) => (Math.abs(by) > 1e-4 ? [Math.floor(i / 3)] : []));
    expect(places.length).toBeGreaterThan(100);
    expect(places.filter((place) => place < 16 * 32 || place % 32 < 16)).toEqual([]);
    dispose([...Object.values(weights.parameters), ...Object.values(weights.state)]);
  });

  it('lets terms compare with the picture as the judge saw it', () => {
    const brighter = augmented(judge, { augment: (pictures) => add(pictures, 0.25) });
    const weights = brighter.init(random(1));
    const pictures = random(3).normal([1, ...sample]);
    const { seen } = brighter.apply(weights, { sample: pictures }, mode).outputs;
    expect(Math.max(...numbers(sub(seen, add(pictures, 0.25))).map(Math.abs))).toBe(0);
    dispose([...Object.values(weights.parameters), ...Object.values(weights.state)]);
  });

  it('looks at real pictures once, teaches judge and decoder, and leaves the generator alone', async () => {
    let looks = 0;
    const discriminator: typeof judge = {
      ...judge,
      apply: (...given) => {
        looks++;
        return judge.apply(...given);
      },
    };
    const optimizer = adam({ learningRate: 1e-3 });
    const model = game({
      networks: { generator: fastganGenerator({ ...small(32), latents: 2 }), discriminator, decoder },
      samples: {
        sample: { data: sample },
        latents: { normal: [2] },
        fake: { by: 'generator' },
        seen: { by: 'discriminator', output: 'seen' },
        fine: { by: 'discriminator', output: 'fine' },
        coarse: { by: 'discriminator', output: 'coarse' },
        whole: { by: 'decoder', output: 'whole' },
        quarters: { by: 'decoder', output: 'quarters' },
      },
      objective: [
        on({ real: 'sample', fake: 'fake', judge: 'discriminator' }, hinge()),
        on({ left: 'seen', right: 'whole' }, l1()),
        on({ left: 'seen', right: 'quarters' }, l1()),
      ],
      players: {
        judge: { trains: ['discriminator', 'decoder'], optimizer },
        generator: { trains: ['generator'], optimizer },
      },
    });
    const data = {
      ports: { sample },
      size: 8,
      batch: async ({ size }: { readonly size: number }) => ({ sample: random(4).uniform([size, ...sample]) }),
    };
    const training = train(model, { data, batchSize: 2, seed: 1 });
    const losses: Readonly<Record<string, number>>[] = [];
    for await (const step of training) {
      losses.push(await step.losses());
      if (training.steps === 2) break;
    }
    training.dispose();
    // Real and fake by the judge, the fake by the generator.
    expect(looks).toBe(3 * 2);
    expect(Object.keys(losses[0]!)).toEqual([
      'judge/hinge',
      'judge/l1(seen,whole)',
      'judge/l1(seen,quarters)',
      'generator/hinge',
    ]);
    for (const part of ['whole', 'quarters'])
      expect(losses[1]![`judge/l1(seen,${part})`]).toBeLessThan(losses[0]![`judge/l1(seen,${part})`]!);
  });
});

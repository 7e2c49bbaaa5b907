import { fileURLToPath } from 'node:url';
import {
  fastganGenerator,
  fastganNames,
  mimicryNames,
  proGanPthNames,
  progressiveGenerator,
  r3ganGenerator,
  r3ganNames,
  resnetDiscriminator,
  resnetGenerator,
  stylegan2Mapping,
  stylegan2Names,
  stylegan2Synthesis,
} from '@gan/architectures';
import {
  adam,
  gan,
  importedWeights,
  type Laid,
  loadedWeights,
  type NameTable,
  type Network,
  random,
  readSafetensors,
  type Safetensors,
  type Tensors,
  train,
} from '@gan/core';
import { hinge } from '@gan/losses';
import { type Tensor, tensor } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { engines, inScopesOn } from './engines.fixture.js';
import { importedCases, mapped, p32, small, styles } from './imported-cases.fixture.js';
import { expectStored, pictures } from './stored.fixture.js';

/**
 * Networks with the weights of other implementations, read from their safetensors (tools/goldens/imported.py). The folder is
 * spelt so that this file does not run once more in float64, in which it is compared here.
 */
const read = (name: string) =>
  readSafetensors(fileURLToPath(new URL(['golden', 'imported', `${name}.safetensors`].join('/'), import.meta.url)));

type StoredTensors = Safetensors['tensors'];
const under = (prefix: string, tensors: StoredTensors): StoredTensors =>
  Object.fromEntries(
    Object.entries(tensors).flatMap(([name, of]) => (name.startsWith(prefix) ? [[name.slice(prefix.length), of]] : [])),
  );

const live = ({ shape, values }: Laid): Tensor => tensor(Array.from(values), [...shape]);

/** A network's weights from a file, owned by the scope. */
const weightsOf = async (network: Network, tensors: StoredTensors, names: NameTable) =>
  loadedWeights(await importedWeights(network, tensors, names));

for (const { title, options, there } of engines.filter((of) => of.title !== 'torch-cpu'))
  describe.skipIf(!there)(`weights of other implementations on ${title}`, () => {
    inScopesOn(options);
    const within = title.endsWith('float64') ? 1e-6 : 1e-4;

    it.each(Object.keys(importedCases))('give what these give: %s', async (name) => {
      const { generator, judge, decoder, names, training = false } = importedCases[name]!;
      const { tensors } = await read(name);
      const golden = under('golden.', tensors);
      const mode = { training, random: random(1) };
      const [batch = 1] = (golden['score'] ?? golden['latents']!).shape;
      const stride = Number(golden['stride']?.values[0] ?? 1);
      const played = async (of: unknown, prefix: string, inputs: (network: Network) => Tensors) => {
        const network = of as Network;
        const weights = await weightsOf(network, under(prefix, tensors), names(network));
        const labels = 'classes' in network.inputs ? { classes: tensor([2, 0], [2], 'int32') } : {};
        const { outputs } = network.apply(weights, { ...inputs(network), ...labels }, mode);
        for (const tensor of [...Object.values(weights.parameters), ...Object.values(weights.state)]) tensor.dispose();
        return outputs;
      };
      const expectGolden = (found: Tensor, name: string) =>
        expectStored(found, { shape: found.shape, values: Array.from(golden[name]!.values) }, within, stride);
      if (generator) {
        const { sample } = await played(generator, 'generator.', () => ({ latents: live(golden['latents']!) }));
        expectGolden(sample!, 'picture');
      }
      if (!judge) return;
      const { score, fine, coarse } = await played(judge, 'judge.', (network) => ({
        sample: pictures([batch, ...(network.inputs['sample'] as readonly number[])]),
      }));
      expectGolden(score!, 'score');
      if (!decoder) return;
      const { whole, quarters } = await played(decoder, 'judge.', () => ({ fine: fine!, coarse: coarse! }));
      expectGolden(whole!, 'whole');
      expectGolden(quarters!, 'quarters');
    });
  });

describe('imported weights', () => {
  inScopesOn({ use: 'cpu' });
  const generator = resnetGenerator({ ...p32, latents: 5 });
  const tensors = async () => under('generator.', (await read('sngan-32')).tensors);

  it('are where a training starts', async () => {
    const { sample, latents } = { ...p32, latents: 5 };
    const discriminator = resnetDiscriminator(p32);
    const given = await read('sngan-32');
    const from = {
      generator: await importedWeights(generator, under('generator.', given.tensors), mimicryNames(generator)),
      discriminator: await importedWeights(discriminator, under('judge.', given.tensors), mimicryNames(discriminator)),
    };
    const model = gan({
      generator: resnetGenerator({ ...p32, latents }),
      discriminator,
      objective: [hinge()],
      optimizer: adam({ learningRate: 1e-4 }),
    });
    const data = {
      ports: { sample },
      size: 100,
      batch: async () => ({ sample: random(1).normal([2, ...sample]) }),
    };
    const training = train(model, { data, batchSize: 2, seed: 1, from });
    const { missing, misshapen, unused } = training.origin;
    expect([missing, misshapen, unused]).toEqual([[], [], []]);
    training.dispose();
  });

  it.each(['rosinality-stylegan2', 'ada-stylegan2'])(
    'of a generator in two parts are taken by each part: %s',
    async (name) => {
      const all = under('generator.', (await read(name)).tensors);
      const whole = await importedWeights(styles.generator, all, stylegan2Names.generator);
      const one = await importedWeights(stylegan2Mapping(mapped), all, stylegan2Names.mapping);
      const two = await importedWeights(stylegan2Synthesis({ ...small, width: 6 }), all, stylegan2Names.synthesis);
      expect(one.parameters['dense2/kernel']).toEqual(whole.parameters['first/dense2/kernel']);
      expect(Object.keys(one.parameters).length + Object.keys(two.parameters).length).toBe(
        Object.keys(whole.parameters).length,
      );
      const average = all['mapping.w_avg'] ?? { values: Float32Array.from({ length: 6 }, () => 0) };
      expect(one.state['styles/average']!.values).toEqual(average.values);
      expect(whole.state['first/styles/average']!.values).toEqual(average.values);
    },
  );

  it('of noise are those of its place', async () => {
    const strengths = async (
      network: Network,
      name: string,
      given: Readonly<Record<string, Laid>>,
      table: NameTable,
    ) => {
      const tensors = { ...under('generator.', (await read(name)).tensors), ...given };
      const { parameters } = await importedWeights(network, tensors, table);
      const noises = Object.entries(parameters).filter(
        ([of, { values }]) => of.endsWith('/strength') && values[0] !== 0,
      );
      return Object.fromEntries(noises.map(([of, { values }]) => [of, values[0]]));
    };
    const strength = (value: number, ...shape: number[]) => ({ shape, values: [value] });
    const fast = fastganGenerator({ sample: [256, 256, 3], latents: 5, filters: 2 });
    const ofFast = { 'feat_8.2.weight': strength(0.25, 1), 'feat_128.6.weight': strength(0.5, 1) };
    expect(await strengths(fast, 'fastgan-256', ofFast, fastganNames(fast))).toEqual({
      'map8.first.noise/strength': 0.25,
      'map128.second.noise/strength': 0.5,
    });
    const ofStyles = Object.fromEntries(
      ['b4.conv1', 'b8.conv0', 'b16.conv1'].map((of, k) => [`synthesis.${of}.noise_strength`, strength(k + 1)]),
    );
    expect(await strengths(styles.generator, 'ada-stylegan2', ofStyles, stylegan2Names.generator)).toEqual({
      'second/map4.first.noise/strength': 1,
      'second/map8.first.noise/strength': 2,
      'second/map16.second.noise/strength': 3,
    });
  });

  it.each(['generator', 'judge'] as const)(
    'of R3GAN are the same under the names of the program for training: %s',
    async (part) => {
      const { names, ...networks } = importedCases['r3gan-classes-8']!;
      const network = networks[part] as Network;
      const given = under(`${part}.`, (await read('r3gan-classes-8')).tensors);
      const renamed = Object.fromEntries(Object.entries(given).map(([name, of]) => [`Model.${name}`, of]));
      expect(await importedWeights(network, renamed, names(network))).toEqual(
        await importedWeights(network, given, names(network)),
      );
    },
  );

  it('of a stage of progressive growing that fades in have the pictures of both sides', async () => {
    const given = under('generator.', (await read('pro-gan-pth')).tensors);
    const network = progressiveGenerator({ sample: [16, 16, 3], latents: 5, filters: 2, widest: 6, fade: 10 });
    const { parameters, state } = await importedWeights(network, given, proGanPthNames(network));
    expect(parameters['map16.picture/bias']!.values).toEqual(given['rgb_converters.2.bias']!.values);
    expect(parameters['map8.picture/bias']!.values).toEqual(given['rgb_converters.1.bias']!.values);
    expect(state['map16.fade/step']!.values[0]).toBe(0);
  });

  it('have no tables for what the others have not', () => {
    const size = { sample: [128, 128, 3], filters: 1 } as const;
    expect(() => fastganNames(fastganGenerator({ ...size, latents: 5 }))).toThrow(
      new TypeError("fastganNames is of pictures from 256 x 256 on, as the authors' code, but the side is 128"),
    );
    const network = r3ganGenerator({ sample: [8, 8, 3], latents: 5 });
    expect(() => r3ganNames(network, { blocks: 0 })).toThrow(
      new TypeError('blocks must be a whole number of at least 1, but is 0'),
    );
    expect(() => r3ganNames(network, { block: 1 } as {})).toThrow(
      new TypeError("r3ganNames has no option 'block'; it takes blocks"),
    );
  });

  it('name what is missing, misshapen and unused', async () => {
    const { 'c5.weight': _, ...others } = await tensors();
    const given = {
      ...others,
      'b5.weight': { shape: [3], values: [1, 2, 3] },
      'l9.weight': { shape: [], values: [1] },
    };
    await expect(importedWeights(generator, given, mimicryNames(generator))).rejects.toThrow(
      new TypeError(
        "the tensors are not those of the network: missing: 'picture/kernel' comes from 'c5.weight_orig'; " +
          "misshapen: 'picture.norm/gamma' is float32 2, but of 'b5.weight' comes float32 3; unused: l9.weight",
      ),
    );
    const wider = resnetGenerator({ ...p32, filters: 4, latents: 5 });
    await expect(importedWeights(wider, await tensors(), mimicryNames(wider))).rejects.toThrow(
      "misshapen: 'start/kernel' is float32 5x64, but of 'l1.weight' comes float32 5x32",
    );
    await expect(importedWeights(generator, await tensors(), { rules: [] })).rejects.toThrow(
      "missing: 'start/kernel' has no rule, 'start/bias' has no rule",
    );
  });
});

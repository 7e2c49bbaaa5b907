import { fileURLToPath } from 'node:url';
import {
  bigganDeepDiscriminator,
  bigganDeepGenerator,
  bigganDeepNames,
  bigganDiscriminator,
  bigganGenerator,
  bigganNames,
  bigganPretrainedNames,
  dcganDiscriminator,
  dcganGenerator,
  dcganTutorialNames,
  mimicryNames,
  resnetDiscriminator,
  resnetGenerator,
  stylegan2Discriminator,
  stylegan2Generator,
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
  train,
} from '@gan/core';
import { hinge } from '@gan/losses';
import { type Tensor, tensor } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { engines, inScopesOn } from './engines.fixture.js';
import { expectStored, pictures } from './stored.fixture.js';

/**
 * Networks with the weights of other implementations, read from their safetensors (tools/goldens/imported.py). The folder is
 * spelt so that this file does not run once more in float64, in which it is compared here.
 */
const read = (name: string) =>
  readSafetensors(fileURLToPath(new URL(['golden', 'imported', `${name}.safetensors`].join('/'), import.meta.url)));

type Tensors = Safetensors['tensors'];
const under = (prefix: string, tensors: Tensors): Tensors =>
  Object.fromEntries(
    Object.entries(tensors).flatMap(([name, of]) => (name.startsWith(prefix) ? [[name.slice(prefix.length), of]] : [])),
  );

const p32 = { sample: [32, 32, 3], filters: 2 } as const;
const at = (side: number) => ({ sample: [side, side, 3], filters: 1 }) as const;
const p64 = { sample: [64, 64, 3], filters: 2 } as const;
const sagan = { ...p32, classes: 3, filters: 8 } as const;
const big = { ...p32, classes: 3, embedding: 4 } as const;
const small = { sample: [16, 16, 3], filters: 4, widest: 4 } as const;
const mapped = { sample: small.sample, latents: 6, width: 6, layers: 3, mixing: 0 } as const;
const styles = {
  generator: stylegan2Generator({ ...small, ...mapped }),
  judge: stylegan2Discriminator({ ...small, group: 2 }),
  names: (network: Network) =>
    'latents' in network.inputs ? stylegan2Names.generator : stylegan2Names.discriminator(16),
  training: true,
};

interface Case {
  readonly generator?: unknown;
  readonly judge?: unknown;
  readonly names: (network: Network) => NameTable;
  /** False unless said: judges of StyleGAN2 compare samples in training alone. */
  readonly training?: boolean;
}
const mimicry = (generator: unknown, judge: unknown): Case => ({ generator, judge, names: mimicryNames });
const cases: Readonly<Record<string, Case>> = {
  'sngan-32': mimicry(resnetGenerator({ ...p32, latents: 5 }), resnetDiscriminator(p32)),
  'sngan-48': mimicry(resnetGenerator({ ...at(48), latents: 5 }), resnetDiscriminator(at(48))),
  'sngan-64': mimicry(resnetGenerator({ ...at(64), latents: 5 }), resnetDiscriminator(at(64))),
  'sngan-128': mimicry(resnetGenerator({ ...at(128), latents: 5 }), resnetDiscriminator(at(128))),
  'ssgan-32': mimicry(undefined, resnetDiscriminator({ ...p32, filters: 8 })),
  'wgan-gp-32': mimicry(undefined, resnetDiscriminator({ ...p32, filters: 8, normalization: 'none', pooling: 'mean' })),
  'projection-32': mimicry(
    resnetGenerator({ ...p32, latents: 5, classes: 3 }),
    resnetDiscriminator({ ...p32, classes: 3 }),
  ),
  'sagan-32': mimicry(
    resnetGenerator({ ...sagan, latents: 5, attention: 16, spectral: true }),
    resnetDiscriminator({ ...sagan, attention: 8 }),
  ),
  'dcgan-tutorial': {
    generator: dcganGenerator({ ...p64, latents: 5 }),
    judge: dcganDiscriminator({ ...p64, head: 'sigmoid' }),
    names: dcganTutorialNames,
  },
  'biggan-32': {
    generator: bigganGenerator({ ...big, latents: 8, attention: 16 }),
    judge: bigganDiscriminator({ ...p32, classes: 3, attention: 8 }),
    names: bigganNames,
  },
  'biggan-deep-32': {
    generator: bigganDeepGenerator({ ...big, latents: 3, attention: 16 }),
    judge: bigganDeepDiscriminator({ ...p32, classes: 3, attention: 8 }),
    names: bigganDeepNames,
  },
  'biggan-pretrained': {
    generator: bigganDeepGenerator({ ...p64, classes: 3, latents: 2, embedding: 2, attention: 32 }),
    names: (network) => bigganPretrainedNames(network, { truncation: 0.5, attention: 32 }),
  },
  'basicsr-stylegan2': styles,
  'rosinality-stylegan2': styles,
};

const live = ({ shape, values }: Laid): Tensor => tensor(Array.from(values), [...shape]);

/** A network's weights from a file, owned by the scope. */
const weightsOf = async (network: Network, tensors: Tensors, names: NameTable) =>
  loadedWeights(await importedWeights(network, tensors, names));

for (const { title, options, there } of engines.filter((of) => of.title !== 'torch-cpu'))
  describe.skipIf(!there)(`weights of other implementations on ${title}`, () => {
    inScopesOn(options);
    const within = title.endsWith('float64') ? 1e-6 : 1e-4;

    it.each(Object.keys(cases))('give what these give: %s', async (name) => {
      const { generator, judge, names, training = false } = cases[name]!;
      const { tensors } = await read(name);
      const golden = under('golden.', tensors);
      const mode = { training, random: random(1) };
      const [batch = 1] = (golden['score'] ?? golden['latents']!).shape;
      const labelled = (network: Network) =>
        'classes' in network.inputs ? { classes: tensor([2, 0], [2], 'int32') } : {};
      for (const [part, of] of Object.entries({ generator, judge })) {
        if (!of) continue;
        const network = of as Network;
        const weights = await weightsOf(network, under(`${part}.`, tensors), names(network));
        const main =
          part === 'judge'
            ? { sample: pictures([batch, ...(network.inputs['sample'] as readonly number[])]) }
            : { latents: live(golden['latents']!) };
        const { outputs } = network.apply(weights, { ...main, ...labelled(network) }, mode);
        const found = part === 'judge' ? outputs['score']! : outputs['sample']!;
        const wanted = golden[part === 'judge' ? 'score' : 'picture']!;
        expectStored(
          found,
          { shape: found.shape, values: Array.from(wanted.values) },
          within,
          Number(golden['stride']?.values[0] ?? 1),
        );
        for (const tensor of [...Object.values(weights.parameters), ...Object.values(weights.state)]) tensor.dispose();
      }
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

  it('of a generator in two parts are taken by each part', async () => {
    const all = under('generator.', (await read('rosinality-stylegan2')).tensors);
    const whole = await importedWeights(styles.generator, all, stylegan2Names.generator);
    const one = await importedWeights(stylegan2Mapping(mapped), all, stylegan2Names.mapping);
    const two = await importedWeights(stylegan2Synthesis({ ...small, width: 6 }), all, stylegan2Names.synthesis);
    expect(one.parameters['dense2/kernel']).toEqual(whole.parameters['first/dense2/kernel']);
    expect(Object.keys(one.parameters).length + Object.keys(two.parameters).length).toBe(
      Object.keys(whole.parameters).length,
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

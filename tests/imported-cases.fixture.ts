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
  fastganDecoder,
  fastganDiscriminator,
  fastganGenerator,
  fastganNames,
  mimicryNames,
  proGanPthNames,
  progressiveDiscriminator,
  progressiveGenerator,
  r3ganDiscriminator,
  r3ganGenerator,
  r3ganNames,
  resnetDiscriminator,
  resnetGenerator,
  stylegan2Discriminator,
  stylegan2Generator,
  stylegan2Names,
  torchganNames,
} from '@gan/architectures';
import type { NameTable, Network } from '@gan/core';

export const p32 = { sample: [32, 32, 3], filters: 2 } as const;
const at = (side: number) => ({ sample: [side, side, 3], filters: 1 }) as const;
const p64 = { sample: [64, 64, 3], filters: 2 } as const;
const sagan = { ...p32, classes: 3, filters: 8 } as const;
const big = { ...p32, classes: 3, embedding: 4 } as const;
export const small = { sample: [16, 16, 3], filters: 4, widest: 4 } as const;
export const mapped = { sample: small.sample, latents: 6, width: 6, layers: 3, mixing: 0 } as const;
export const styles = {
  generator: stylegan2Generator({ ...small, ...mapped }),
  judge: stylegan2Discriminator({ ...small, group: 2 }),
  names: (network: Network) =>
    'latents' in network.inputs ? stylegan2Names.generator : stylegan2Names.discriminator(16),
  training: true,
};

/** Networks that stand for those of a file, `generator.*` and `judge.*`. */
export interface ImportedCase {
  readonly generator?: unknown;
  readonly judge?: unknown;
  /** Takes the judge's maps, and comes from the tensors of the judge. */
  readonly decoder?: unknown;
  readonly names: (network: Network) => NameTable;
  /** False unless said: judges that compare samples do it in training alone. */
  readonly training?: boolean;
}
const mimicry = (generator: unknown, judge: unknown): ImportedCase => ({ generator, judge, names: mimicryNames });
const fastgan = (side: number, filters: number): ImportedCase => {
  const size = { sample: [side, side, 3], filters } as const;
  const judge = fastganDiscriminator(size);
  const { fine, coarse } = judge.outputs;
  const generator = fastganGenerator({ ...size, latents: 5 });
  return { generator, judge, decoder: fastganDecoder({ ...size, fine, coarse }), names: fastganNames };
};
const grown = { sample: small.sample, filters: 2, widest: 6 } as const;
const r3gan = { sample: small.sample, filters: 6, widest: 12, blocks: 1, perGroup: 4 } as const;
const r3ganClasses = { sample: [8, 8, 3], classes: 3, filters: 4, perGroup: 4 } as const;

/** By the name of the file. */
export const importedCases: Readonly<Record<string, ImportedCase>> = {
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
  'ada-stylegan2': styles,
  'ada-stylegan2-classes': {
    generator: stylegan2Generator({ ...small, ...mapped, classes: 3 }),
    names: () => stylegan2Names.generator,
  },
  'fastgan-256': fastgan(256, 2),
  'fastgan-512': fastgan(512, 1),
  'fastgan-1024': fastgan(1024, 1),
  'r3gan-16': {
    generator: r3ganGenerator({ ...r3gan, latents: 5 }),
    judge: r3ganDiscriminator(r3gan),
    names: (network) => r3ganNames(network, { blocks: 1 }),
  },
  'r3gan-classes-8': {
    generator: r3ganGenerator({ ...r3ganClasses, latents: 5 }),
    judge: r3ganDiscriminator(r3ganClasses),
    names: r3ganNames,
  },
  'pro-gan-pth': {
    generator: progressiveGenerator({ ...grown, latents: 5 }),
    judge: progressiveDiscriminator(grown),
    names: proGanPthNames,
    training: true,
  },
  'torchgan-dcgan': {
    generator: dcganGenerator({ ...p32, latents: 5 }),
    judge: dcganDiscriminator(p32),
    names: torchganNames,
  },
  'torchgan-conditional': {
    generator: dcganGenerator({ ...p32, latents: 5, classes: 3, embedding: 3 }),
    names: torchganNames,
  },
};

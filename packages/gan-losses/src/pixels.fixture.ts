import type { Network, Side, Tensors } from '@gan/core';
import { conv2d, softplus, type Tensor, type Tensor4D, tensor } from '@tensorflow/tfjs-core';
import golden from './golden/pixels.json' with { type: 'json' };
import { huber, l1, l2, mapWeighted, perceptual, ssim, totalVariation } from './index.js';

type GoldenName = keyof typeof golden.tensors;

/** A tensor of tools/goldens/pixel-losses.py. */
export const goldenTensor = (name: GoldenName): Tensor => {
  const { shape, values } = golden.tensors[name];
  return tensor(values, shape, 'float32');
};

/** softplus of a convolution, and softplus of a second one upon it, as in tools/goldens/pixel-losses.py. */
export const twoLayers: Network<
  { readonly sample: readonly [4, 3, 2] },
  { readonly near: 'features'; readonly far: 'features' }
> = {
  inputs: { sample: [4, 3, 2] },
  outputs: { near: 'features', far: 'features' },
  init: () => ({ parameters: {}, state: { kernel0: goldenTensor('kernel0'), kernel1: goldenTensor('kernel1') } }),
  apply: ({ state }, { sample }) => {
    const layer = (x: Tensor, kernel: Tensor) => softplus(conv2d(x as Tensor4D, kernel as Tensor4D, 1, 'valid'));
    const near = layer(sample!, state['kernel0']!);
    return { outputs: { near, far: layer(near, state['kernel1']!) }, state };
  },
};

const seen = (options: object = {}) =>
  perceptual({
    features: { network: twoLayers as unknown as Network, weights: twoLayers.init(undefined as never) },
    layers: { near: 0.5, far: 2 },
    ...options,
  });

/** The terms that have golden values; made when asked for, as the weights of a perceptual one are tensors. */
const terms = {
  l1,
  l2,
  huber,
  huberNarrow: () => huber({ delta: 0.25 }),
  mapWeighted,
  mapWeightedSquares: () => mapWeighted({ distance: 'l2' }),
  totalVariation,
  totalVariationSquares: () => totalVariation({ distance: 'l2' }),
  perceptual: seen,
  perceptualAbsolute: () => seen({ distance: 'l1' }),
  perceptualNormalized: () => seen({ normalized: true }),
  ssim,
  ssimNarrow: () => ssim({ range: 4, window: 5, sigma: 0.75, k1: 0.02, k2: 0.05 }),
} as const;

export const pixelTerms = Object.keys(terms) as (keyof typeof terms)[];
export const pixelGoldens: Readonly<Record<string, { readonly value: number; readonly gradient: number[] }>> =
  golden.terms;

/** What a term looks at when no judge is asked; `fake` is the same as `left`. */
export const looking = (samples: Tensors): never =>
  ({ samples: { ...samples, fake: { sample: samples['left'] } } }) as never;

/** A term as a function of `left`, and the `left` of its golden values. */
export function pixelCase(name: keyof typeof terms): { readonly of: (left: Tensor) => Tensor; readonly at: Tensor } {
  const [left, right] = name.startsWith('ssim') ? (['scene', 'other'] as const) : (['left', 'right'] as const);
  const side = terms[name]().generator as Side<{}, never>;
  const rest = { right: goldenTensor(right), weights: goldenTensor('weights') };
  return { of: (at) => side(looking({ left: at, ...rest })), at: goldenTensor(left) };
}

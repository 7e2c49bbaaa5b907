import {
  assertCount,
  assertKnownOptions,
  assertOneOf,
  layersNetwork,
  type Network,
  type Shape,
  shown,
} from '@gan/core';
import { initializers, layers, model } from '@tensorflow/tfjs-layers';
import type { JudgeOutputs } from '../../blocks/judge-score.js';
import { batchNorm } from '../../blocks/normalized.js';
import { chain, modelInputs } from '../../chain.js';
import { instanceNormalization } from '../../layers/group-normalization.js';
import { spectralNormalization } from '../../layers/spectral-normalization.js';
import { assertShape } from '../../ports.js';

/** Options of `patchDiscriminator`, named like its ports. */
export interface PatchDiscriminatorOptions<S extends Shape = Shape> {
  /** `[height, width, channels]`; of pictures that are judged by others, all channels of both. */
  readonly sample: S;
  /** Channels of the first map; they double with each halving, to 8 times as many. 64 unless said. */
  readonly filters?: number;
  /** How many convolutions halve the sides; 3 unless said, for patches of 70 x 70 pixels. */
  readonly layers?: number;
  /** Between the convolutions: `'batch'`, unless said, as in pix2pix; `'instance'`, as in CycleGAN; or the kernels' `'spectral'` norm. */
  readonly normalization?: 'batch' | 'instance' | 'spectral';
}

/**
 * The judge of patches (PatchGAN) of pix2pix, CycleGAN and pix2pixHD, which scores every patch of a picture by itself:
 * convolutions of 4 x 4 with leaky ReLU of 0.2, all but the first and last with a norm, first with stride 2, then twice
 * without. For 256 x 256 x 3:
 *
 *     128 x 128 x 64 -> 64 x 64 x 128 -> 32 x 32 x 256 -> 31 x 31 x 512 -> 30 x 30 x 1
 *
 * Each score sees 70 x 70 pixels. Kernels start out normal with a deviation of 0.02.
 *
 * @returns A network that takes `sample`, and gives a linear map `score`, and the map that it stands on as `features`.
 * @throws TypeError if `sample` is no picture or too small, a count is none, or `normalization` is not known.
 * @see Isola et al. (2017), arXiv:1611.07004, section 3.2.2 and appendix 6.1.2; Wang et al. (2018), arXiv:1711.11585.
 */
export function patchDiscriminator<const S extends Shape>(
  options: PatchDiscriminatorOptions<S>,
): Network<{ readonly sample: S }, JudgeOutputs> {
  assertKnownOptions('patchDiscriminator', options, ['sample', 'filters', 'layers', 'normalization']);
  const { sample, filters = 64, layers: count = 3, normalization = 'batch' } = options;
  assertShape('sample', sample);
  for (const [name, value] of Object.entries({ filters, layers: count })) assertCount(name, value);
  assertOneOf('normalization', normalization, ['batch', 'instance', 'spectral']);
  // Two convolutions of 4 x 4 with a row of zeros around take a row and a column each.
  const shortest = sample.length === 3 ? Math.min(sample[0]!, sample[1]!) : 0;
  const map = Array.from({ length: count }).reduce<number>((side) => Math.floor(side / 2), shortest) - 2;
  if (map < 1)
    throw new TypeError(
      `sample must be a picture of at least ${3 * 2 ** count} pixels a side, but is ${shown(sample)}`,
    );

  const convolution = (width: number, strides: 1 | 2, name: string, normed: boolean): layers.Layer[] => {
    const spectral = normalization === 'spectral';
    const layer = layers.conv2d({
      ...{ filters: width, kernelSize: 4, strides, padding: 'valid', name },
      useBias: spectral || !normed,
      kernelInitializer: initializers.randomNormal({ mean: 0, stddev: 0.02 }),
    });
    const norm = normalization === 'batch' ? batchNorm(name) : instanceNormalization({ name: `${name}.norm` });
    return [
      layers.zeroPadding2d({ padding: [1, 1] }),
      spectral ? spectralNormalization({ layer, name: `${name}.bounded` }) : layer,
      ...(normed && !spectral ? [norm] : []),
    ];
  };
  const leak = () => layers.leakyReLU({ alpha: 0.2 });
  return layersNetwork({
    inputs: { sample },
    outputs: { score: 'linear', features: 'features' },
    model: () => {
      const { inputs, main } = modelInputs(sample, undefined);
      const maps = Array.from({ length: count + 1 }, (_, k) => [
        ...convolution(filters * Math.min(2 ** k, 8), k < count ? 2 : 1, `map${k + 1}`, k > 0),
        leak(),
      ]);
      const features = chain(main, ...maps.flat());
      return model({ inputs, outputs: [chain(features, ...convolution(1, 1, 'score', false)), features] });
    },
  });
}

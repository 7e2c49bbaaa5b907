import { layersNetwork, type Network, type Shape } from '@gan/core';
import { initializers, input, layers, model, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import { kernels } from '../../blocks/kernels.js';
import { batchNormalized } from '../../blocks/normalized.js';
import { chain } from '../../chain.js';
import { bilinearUpsampling } from '../../layers/bilinear-upsampling.js';
import { spectralNormalization } from '../../layers/spectral-normalization.js';
import type { ProjectedMap } from './projected-shape.js';

/** A convolution of 1 x 1 that stays as it is drawn, of He's deviation. */
const fixed = (filters: number, name: string) =>
  layers.conv2d({ filters, kernelSize: 1, kernelInitializer: initializers.heNormal({}), trainable: false, name });

/** The mixed maps, in their own order: those of one place, then each with what is coarser. */
function mixed(maps: readonly ProjectedMap[], given: readonly SymbolicTensor[]): readonly SymbolicTensor[] {
  const fused: SymbolicTensor[] = [];
  for (const [k, map] of [...maps.entries()].reverse()) {
    const own = chain(given[k]!, fixed(map.mixed, `map${k + 1}.channels`));
    const coarser = fused[0];
    const all = coarser ? chain([coarser, own], layers.add()) : own;
    fused.unshift(chain(all, bilinearUpsampling(), fixed(map.fused, `map${k + 1}.scales`)));
  }
  return fused;
}

/** A judge of one map: `[batch, places, 1]`. */
function judged(map: SymbolicTensor, widths: readonly number[], name: string): SymbolicTensor {
  const { conv2d } = kernels(true);
  const coarsest = widths.reduce<SymbolicTensor>((x, filters, i) => {
    const own = `${name}.halved${i + 1}`;
    const halved = chain(x, conv2d({ filters, kernelSize: 4, strides: 2, gain: Math.SQRT2, name: own }));
    return chain(batchNormalized(halved, own), layers.leakyReLU({ alpha: 0.2 }));
  }, map);
  const kernelSize = Math.min(4, coarsest.shape[1]!);
  const score = layers.conv2d({ filters: 1, kernelSize, useBias: false, name: `${name}.score` });
  const scores = chain(coarsest, spectralNormalization({ layer: score }));
  return chain(scores, layers.reshape({ targetShape: [scores.shape[1]! * scores.shape[2]!, 1] }));
}

/**
 * What comes behind the features: maps of theirs are mixed by convolutions that stay as they are, and judged one by one.
 *
 * @returns A network that takes each map by its name, and gives a linear `score` `[batch, places, 1]`.
 */
export function projectedJudges(
  maps: readonly ProjectedMap[],
): Network<Readonly<Record<string, Shape>>, { readonly score: 'linear' }> {
  return layersNetwork({
    inputs: Object.fromEntries(maps.map(({ name, shape }) => [name, shape])),
    outputs: { score: 'linear' },
    model: () => {
      const inputs = maps.map(({ shape }) => input({ shape: [...shape] }));
      const scores = mixed(maps, inputs).map((map, k) => judged(map, maps[k]!.widths, `map${k + 1}`));
      const score = scores.length === 1 ? scores[0]! : chain(scores, layers.concatenate({ axis: 1 }));
      return model({ inputs, outputs: score });
    },
  });
}

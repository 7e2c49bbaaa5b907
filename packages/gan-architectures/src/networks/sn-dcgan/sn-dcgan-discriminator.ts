import { assertCount, assertKnownOptions, layersNetwork, type Network, type Shape } from '@gan/core';
import { layers, model } from '@tensorflow/tfjs-layers';
import type { JudgeOutputs } from '../../blocks/judge-score.js';
import { kernels } from '../../blocks/kernels.js';
import { projectedScore } from '../../blocks/projected-score.js';
import { chain, flat, modelInputs } from '../../chain.js';
import { conditioned, type JudgePortOptions, type SampleInputs } from '../../ports.js';
import { snDcganSide } from './sn-dcgan-side.js';

/** Options of `snDcganDiscriminator`: the side of a sample is a multiple of 8. */
export interface SnDcganDiscriminatorOptions<S extends Shape = Shape, C extends number | undefined = number | undefined>
  extends JudgePortOptions<S, C> {
  /** Channels of the first map; the last has 8 times as many. 64, unless said, as in the paper. */
  readonly filters?: number;
}

/**
 * The judge of SN-DCGAN: convolutions of 3 x 3 and, to halve the sides, of 4 x 4 in turn, with leaky ReLU of 0.1, and a
 * dense layer, all with spectral norm. For 32 x 32 x 3:
 *
 *     32 x 32 x 64 -> 16 x 16 x 64 -> 128 -> 8 x 8 x 128 -> 256 -> 4 x 4 x 256 -> 512 -> score
 *
 * With classes, which the paper has none of, the product of the last map with a learned one of the class is added to the
 * score.
 *
 * @returns A network that takes `sample` (and `classes`), and gives a linear `score` `[batch, 1]`, and the last map
 *   as `features`, which need not be read.
 * @throws TypeError if the side of `sample` is no multiple of 8, or a count is none.
 * @see Miyato et al. (2018), arXiv:1802.05957, table 3; Miyato, Koyama (2018), arXiv:1802.05637, for classes.
 */
export function snDcganDiscriminator<const S extends Shape, const C extends number | undefined = undefined>(
  options: SnDcganDiscriminatorOptions<S, C>,
): Network<SampleInputs<S, C>, JudgeOutputs> {
  assertKnownOptions('snDcganDiscriminator', options, ['sample', 'classes', 'filters']);
  const { sample, classes, filters = 64 } = options;
  snDcganSide(sample);
  assertCount('filters', filters);
  return layersNetwork({
    inputs: conditioned({ sample }, classes),
    outputs: { score: 'linear', features: 'features' },
    model: () => {
      const { inputs, main, label } = modelInputs(sample, classes);
      const made = kernels(true);
      const leak = () => layers.leakyReLU({ alpha: 0.1 });
      const map = chain(
        main,
        ...[1, 2, 4].flatMap((times, k) => [
          made.conv2d({ filters: times * filters, kernelSize: 3, name: `map${k + 1}.kept` }),
          leak(),
          made.conv2d({ filters: times * filters, kernelSize: 4, strides: 2, name: `map${k + 1}.halved` }),
          leak(),
        ]),
        made.conv2d({ filters: 8 * filters, kernelSize: 3, name: 'map4.kept' }),
        leak(),
      );
      const features = flat(map);
      return model({ inputs, outputs: [projectedScore(features, label, made), features] });
    },
  });
}

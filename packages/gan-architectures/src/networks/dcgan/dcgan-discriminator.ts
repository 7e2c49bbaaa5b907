import { assertKnownOptions, layersNetwork, type Network, type Shape } from '@gan/core';
import { layers, model, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import { type ClassCondition, classEmbedding } from '../../blocks/class-condition.js';
import { assertJudgeOptions } from '../../blocks/judge-options.js';
import { type JudgeOutputs, judgeScore, type ScoreHead } from '../../blocks/judge-score.js';
import { batchNorm } from '../../blocks/normalized.js';
import { beside, chain, flat, modelInputs } from '../../chain.js';
import { assertPicture } from '../../picture.js';
import { conditioned, type JudgePortOptions, type SampleInputs } from '../../ports.js';
import { convolution, dcganLeak, deviation } from './dcgan-layers.js';
import { pyramid } from './pyramid.js';

/** Options of `dcganDiscriminator`: the side of a sample is 3 to 8 times a power of two. */
export interface DcganDiscriminatorOptions<
  S extends Shape = Shape,
  C extends number | undefined = number | undefined,
  H extends ScoreHead = ScoreHead,
> extends JudgePortOptions<S, C> {
  /** Channels of the first map; they double with every halving of the side, to 8 times as many. 64 unless said. */
  readonly filters?: number;
  /** `linear` unless said. */
  readonly head?: H;
  /** How it takes the class: as one more channel of the picture, or by `projection`, unless said. */
  readonly condition?: ClassCondition;
}

/**
 * The judge of DCGAN: convolutions that halve the side and double the channels, each with batch norm (but the first, which
 * has a bias) and leaky ReLU of 0.2, down to a side of 3 to 7, and a dense layer to the score. For 28 x 28 x 1:
 *
 *     28 x 28 x 1 -> 14 x 14 x 64 -> 7 x 7 x 128 -> score
 *
 * A class is a learned map beside the picture's channels, or the score gets the product of the last map with a learned one
 * of that class. All kernels and projected classes start out normal with a deviation of 0.02, the maps of classes beside
 * the picture with one of 1.
 *
 * Batch norm makes a sample's score depend on its batch: real samples and fakes are judged apart, and gradient penalties
 * want a judge without it.
 *
 * Unlike the paper, kernels are 4 x 4 rather than 5 x 5, and the score is a logit unless `head` is `'sigmoid'`.
 *
 * @returns A network that takes `sample` (and `classes`), and gives `score` `[batch, 1]`, and the last map as `features`, which
 *   need not be read.
 * @throws TypeError if `sample` is no square picture or of a side that doubling does not reach, or a count is none.
 * @see Radford, Metz, Chintala (2016), arXiv:1511.06434, section 3; Miyato, Koyama (2018), arXiv:1802.05637.
 */
export function dcganDiscriminator<
  const S extends Shape,
  const C extends number | undefined = undefined,
  const H extends ScoreHead = 'linear',
>(options: DcganDiscriminatorOptions<S, C, H>): Network<SampleInputs<S, C>, JudgeOutputs<H>> {
  assertKnownOptions('dcganDiscriminator', options, ['sample', 'classes', 'filters', 'head', 'condition']);
  assertJudgeOptions(options);
  const { sample, classes, filters = 64, head = 'linear' as H, condition = 'projection' } = options;
  const shape: Shape = sample;
  assertPicture(shape);
  const [side] = shape;
  const { widths, stride } = pyramid(side, filters);

  const scored = (picture: SymbolicTensor, projectOn?: SymbolicTensor): SymbolicTensor[] => {
    const map = chain(
      picture,
      ...widths.flatMap((width, depth) => [
        convolution({ filters: width, stride, useBias: depth === 0, name: `map${side / stride ** (depth + 1)}` }),
        ...(depth === 0 ? [] : [batchNorm(`map${side / stride ** (depth + 1)}`)]),
        dcganLeak(),
      ]),
    );
    const features = flat(map);
    return [judgeScore({ features, projectOn, head, deviation }), features];
  };

  return layersNetwork({
    inputs: conditioned({ sample }, classes),
    outputs: { score: head, features: 'features' },
    model: () => {
      const { inputs, main, label } = modelInputs(shape, classes);
      if (!label || condition === 'projection') return model({ inputs, outputs: scored(main, label) });
      const map = layers.reshape({ targetShape: [side, side, 1] });
      const channel = chain(classEmbedding({ classes: label, width: side * side }), map);
      return model({ inputs, outputs: scored(beside(main, channel)) });
    },
  });
}

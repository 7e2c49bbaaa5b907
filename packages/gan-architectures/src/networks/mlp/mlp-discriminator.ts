import { assertCount, assertKnownOptions, layersNetwork, type Network, type Shape } from '@gan/core';
import { layers, model, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import { type ClassCondition, classEmbedding } from '../../blocks/class-condition.js';
import { assertJudgeOptions } from '../../blocks/judge-options.js';
import { type JudgeOutputs, judgeScore, type ScoreHead } from '../../blocks/judge-score.js';
import { beside, chain, flat, modelInputs } from '../../chain.js';
import { assertShape, conditioned, type JudgePortOptions, type SampleInputs } from '../../ports.js';
import { hiddenLayers } from './mlp-layers.js';

/** Options of `mlpDiscriminator`: a sample is of any shape, as `[2]` for points of the plane. */
export interface MlpDiscriminatorOptions<
  S extends Shape = Shape,
  C extends number | undefined = number | undefined,
  H extends ScoreHead = ScoreHead,
> extends JudgePortOptions<S, C> {
  /** Width of the hidden layers; 128 unless said. */
  readonly units?: number;
  /** Number of hidden layers; 2 unless said. */
  readonly layers?: number;
  /** `linear` unless said. */
  readonly head?: H;
  /** How it takes the class: as a row of 8 learned numbers beside the sample, or by `projection`, unless said. */
  readonly condition?: ClassCondition;
}

const embedding = 8;

/**
 * A perceptron from samples of any shape to a score: hidden layers with leaky ReLU of 0.2, and a dense layer. A class is
 * a learned row of numbers beside the sample, or the score gets the product of the last hidden layer with a learned
 * direction of that class.
 *
 * Unlike the paper, whose judges were of maxout units with dropout, all hidden units are leaky, with He's
 * initialisation, and the score is a logit unless `head` is `'sigmoid'`.
 *
 * @returns A network that takes `sample` (and `classes`), and gives `score` `[batch, 1]`, and the last hidden layer as
 *   `features`, which need not be read.
 * @throws TypeError if a shape or count is none.
 * @see Goodfellow et al. (2014), arXiv:1406.2661, section 5; Miyato, Koyama (2018), arXiv:1802.05637.
 */
export function mlpDiscriminator<
  const S extends Shape,
  const C extends number | undefined = undefined,
  const H extends ScoreHead = 'linear',
>(options: MlpDiscriminatorOptions<S, C, H>): Network<SampleInputs<S, C>, JudgeOutputs<H>> {
  assertKnownOptions('mlpDiscriminator', options, ['sample', 'classes', 'units', 'layers', 'head', 'condition']);
  assertJudgeOptions(options);
  const { sample, classes, units = 128, layers: count = 2, head = 'linear' as H, condition = 'projection' } = options;
  assertShape('sample', sample);
  for (const [name, value] of Object.entries({ units, layers: count })) assertCount(name, value);

  const scored = (row: SymbolicTensor, projectOn?: SymbolicTensor): SymbolicTensor[] => {
    const leak = () => layers.leakyReLU({ alpha: 0.2 });
    const features = chain(row, ...hiddenLayers({ units, count, activation: leak }));
    return [judgeScore({ features, projectOn, head, deviation: Math.sqrt(1 / units) }), features];
  };

  return layersNetwork({
    inputs: conditioned({ sample }, classes),
    outputs: { score: head, features: 'features' },
    model: () => {
      const { inputs, main, label } = modelInputs(sample, classes);
      if (!label || condition === 'projection') return model({ inputs, outputs: scored(flat(main), label) });
      const row = beside(flat(main), classEmbedding({ classes: label, width: embedding }));
      return model({ inputs, outputs: scored(row) });
    },
  });
}

import { layersNetwork } from '@gan/core';
import { checkTerm } from '@gan/core/testing';
import { layers, model, type SymbolicTensor, input as symbolicInput } from '@tensorflow/tfjs-layers';
import { beforeAll, describe, it } from 'vitest';
import {
  auxiliaryClassifier,
  categoricalInformation,
  conditionalContrastive,
  continuousInformation,
  dataToDataCrossEntropy,
  rotation,
  twinAuxiliaryClassifier,
} from '../index.js';
import { onCpu } from '../round.fixture.js';

const terms = [auxiliaryClassifier(), auxiliaryClassifier({ teaches: 'real' }), twinAuxiliaryClassifier()];

const flat = (shape: readonly number[], ends: SymbolicTensor) =>
  shape.length === 1 ? ends : (layers.flatten().apply(ends) as SymbolicTensor);

/** A judge that gives an embedding of what it judges, and one of its class. */
const embeddingJudge = (shape: readonly number[]) =>
  layersNetwork({
    inputs: { sample: shape, classes: 3 },
    outputs: { embedding: 'features', proxy: 'features' },
    model: () => {
      const [sample, classes] = [symbolicInput({ shape: [...shape] }), symbolicInput({ shape: [3] })];
      const dense = (units: number) => layers.dense({ units, activation: 'softplus' });
      const hidden = dense(8).apply(flat(shape, sample)) as SymbolicTensor;
      return model({
        inputs: [sample, classes],
        outputs: [layers.dense({ units: 4 }), layers.dense({ units: 4 })].map(
          (layer, i) => layer.apply(i === 0 ? hidden : classes) as SymbolicTensor,
        ),
      });
    },
  });

/** A judge with one head, of a chosen width. */
const judgeOf = (shape: readonly number[], head: string, kind: 'logits' | 'features', units: number) =>
  layersNetwork({
    inputs: { sample: shape },
    outputs: { [head]: kind },
    model: () => {
      const sample = symbolicInput({ shape: [...shape] });
      const hidden = layers.dense({ units: 8, activation: 'softplus' }).apply(flat(shape, sample)) as SymbolicTensor;
      return model({ inputs: sample, outputs: layers.dense({ units }).apply(hidden) as SymbolicTensor });
    },
  });

const shapes = [[2], [4, 4, 1]] as const;

describe('in a game of their own, on points and on pictures', () => {
  beforeAll(onCpu);

  it.each(terms.map((term) => [term.name, term] as const))('%s keeps the contract of a term', async (_, term) => {
    for (const shape of shapes) await checkTerm(term, { shape });
  });

  it.each([conditionalContrastive(), dataToDataCrossEntropy()].map((term) => [term.name, term] as const))(
    '%s keeps the contract of a term',
    async (_, term) => {
      for (const shape of shapes) await checkTerm(term, { shape, judge: embeddingJudge(shape) });
    },
  );

  it('rotation keeps the contract of a term', () =>
    checkTerm(rotation(), { shape: [4, 4, 1], judge: judgeOf([4, 4, 1], 'rotation', 'logits', 4) }));

  it('categorical-information keeps the contract of a term', async () => {
    for (const shape of shapes) await checkTerm(categoricalInformation(), { shape, roles: { category: 5 } });
  });

  it.each([[1, 3] as const, ['learned', 6] as const])(
    'continuous-information with a deviation of %s keeps the contract of a term',
    async (deviation, width) => {
      for (const shape of shapes)
        await checkTerm(continuousInformation({ deviation }), {
          shape,
          roles: { code: [3] },
          judge: judgeOf(shape, 'code', 'features', width),
        });
    },
  );
});

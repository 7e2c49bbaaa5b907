import { conditionalNormalization, spadeResidual } from '@gan/architectures';
import { gradients, layersNetwork, type Network, random } from '@gan/core';
import { mul, square, sum } from '@tensorflow/tfjs-core';
import { input, model, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import { describe, expect, it } from 'vitest';
import { engines, inScopesOn } from './engines.fixture.js';
import golden from './golden/conditioning.json' with { type: 'json' };
import { expectStored, made, type Stored, storedWeights, type Table } from './stored.fixture.js';

/** Ways to tell a map what a condition wants of it, with the weights of PyTorch's modules (tools/goldens/conditioning.py). */

interface Case {
  readonly parameters: Table;
  readonly state: Table;
  readonly map: Stored;
  readonly condition: Stored;
  readonly v: Stored;
  readonly y: Stored;
  readonly slopes: readonly [map: Stored, condition: Stored];
  readonly penaltySlope: Stored;
}
const cases = golden.cases as unknown as Readonly<Record<keyof typeof golden.cases, Case>>;

const name = 'told';
type Block = (x: SymbolicTensor, condition: SymbolicTensor) => SymbolicTensor;
const told =
  (norm: 'batch' | 'instance' | 'layer' | 'none'): Block =>
  (x, condition) =>
    conditionalNormalization(x, { condition, norm, name, hidden: 4 });
const blocks: Readonly<Record<keyof typeof cases, Block>> = {
  film: told('none'),
  'conditional batch norm': told('batch'),
  'conditional instance norm': told('instance'),
  'conditional layer norm': told('layer'),
  'spade, of a finer map': told('batch'),
  'spade, of a coarser map': told('instance'),
  'spade residual': (x, condition) => spadeResidual(x, { condition, filters: 5, name, hidden: 4 }),
  'spade residual of as many channels': (x, condition) =>
    spadeResidual(x, { condition, filters: 3, name, hidden: 4, norm: 'instance', spectral: false }),
};
const network = (block: Block, map: readonly number[], condition: readonly number[]): Network =>
  layersNetwork({
    inputs: { map, condition },
    outputs: { told: 'features' },
    model: () => {
      const inputs = [map, condition].map((shape) => input({ shape: [...shape] })) as [SymbolicTensor, SymbolicTensor];
      return model({ inputs, outputs: block(...inputs) });
    },
  });

for (const { title, options, tolerance, there } of engines)
  describe.skipIf(!there)(`conditioning on ${title}`, () => {
    inScopesOn(options);
    const within = Math.max(tolerance, title.endsWith('float64') ? 1e-6 : 1e-4);

    it.each(Object.keys(blocks) as (keyof typeof blocks)[])(
      '%s gives the values, slopes and slopes of a penalty of PyTorch',
      (kind) => {
        const wanted = cases[kind];
        const [map, condition, v] = [made(wanted.map), made(wanted.condition), made(wanted.v)];
        const of = network(blocks[kind], map.shape.slice(1), condition.shape.slice(1));
        const weights = storedWeights(of, wanted);
        const mode = { training: true, random: random(1) };
        const apply = () => of.apply(weights, { map, condition }, mode).outputs['told']!;
        expectStored(apply(), wanted.y, within);
        const score = () => sum(mul(apply(), v));
        const slopes = () => gradients(score, [map, condition]).gradients;
        for (const [i, slope] of slopes().entries()) expectStored(slope!, wanted.slopes[i]!, within);
        const kernel = weights.parameters['told.scale/kernel'] ?? weights.parameters['told.first.scale/kernel']!;
        const penalty = () => sum(square(gradients(score, [map]).gradients[0]!));
        expectStored(gradients(penalty, [kernel]).gradients[0]!, wanted.penaltySlope, within);
      },
    );
  });

describe('conditioning', () => {
  inScopesOn({ use: 'cpu' });

  it.each([
    [
      [3, 3, 2],
      'batch',
      'a condition must be a row, or a map whose sides are a multiple or a fraction of those of [4, 4, 3], but is [3, 3, 2]',
    ],
    [
      [8, 2, 2],
      'batch',
      'a condition must be a row, or a map whose sides are a multiple or a fraction of those of [4, 4, 3], but is [8, 2, 2]',
    ],
    [[2], 'group', "norm must be one of 'batch', 'instance', 'layer', 'none', but is 'group'"],
  ])('refuses a condition of [%j] or a norm of %s', (condition, norm, sentence) => {
    const block: Block = (x, c) => conditionalNormalization(x, { condition: c, norm: norm as 'batch', name });
    expect(() => network(block, [4, 4, 3], condition).init(random(1))).toThrow(new TypeError(sentence));
  });
});

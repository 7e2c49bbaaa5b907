import '@tensorflow/tfjs-backend-cpu';
import {
  abs,
  add,
  clone,
  mean,
  mul,
  neg,
  relu,
  setBackend,
  square,
  sub,
  sum,
  type Tensor,
  tensor1d,
  tidy,
  variable,
  zeros,
} from '@tensorflow/tfjs-core';
import { layers, sequential } from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Dataset, defineTerm, gradients, layersNetwork, type Metric, type Network, random } from '../index.js';
import { ConformanceError, checkDataset, checkMetric, checkNetwork, checkTerm } from './index.js';

beforeAll(async () => {
  await setBackend('cpu');
});

const hinge = defineTerm({
  name: 'hinge',
  reads: { score: 'linear' },
  discriminator: ({ real, fake }) => add(mean(relu(sub(1, real.score))), mean(relu(add(1, fake.score)))),
  generator: ({ fake }) => neg(mean(fake.score)),
});

describe('checkTerm', () => {
  it('accepts an adversarial loss', () => checkTerm(hinge));
  it('accepts a penalty that differentiates twice', () =>
    checkTerm(
      defineTerm({
        name: 'r1',
        reads: { score: 'linear' },
        samples: ['real'],
        discriminator: ({ samples, judge }) => {
          const at = samples.real['sample']!;
          // The gradient at the sample needs a tensor of its own: judge the sample plus nothing.
          const shift = zeros(at.shape);
          const [slope] = gradients(() => sum(judge({ sample: add(at, shift) }).score), [shift]).gradients;
          return mean(square(slope!));
        },
      }),
    ));
  it('accepts a distance without a judge', () =>
    checkTerm(
      defineTerm({
        name: 'l1',
        reads: {},
        samples: ['left', 'right'],
        generator: ({ samples: { left, right } }) => mean(abs(sub(left, right))),
      }),
    ));
  it('accepts a term with state and an action after the update', () =>
    checkTerm(
      defineTerm({
        name: 'anchored',
        reads: { score: 'linear' },
        init: () => ({ average: zeros([]) }),
        discriminator: ({ real, state }) => square(sub(mean(real.score), add(state['average']!, 1))),
        after: ({ real, state }) => ({
          state: { average: add(mul(state['average']!, 0.9), mul(mean(real.score), 0.1)) },
        }),
      }),
    ));
  it('accepts a term about parameters, whose state begins with them, beside one that moves them', async () => {
    const leashed = (strength: number) =>
      defineTerm({
        name: 'leashed',
        reads: {},
        samples: ['fake'],
        init: (_, { parameters, maker }) => {
          expect(Object.keys(maker('fake').parameters)).toEqual(expect.arrayContaining(Object.keys(parameters)));
          return Object.fromEntries(Object.entries(parameters).map(([key, value]) => [key, clone(value)]));
        },
        discriminator: ({ parameters, state }) =>
          Object.entries(parameters)
            .map(([key, value]): Tensor => mul(sum(square(sub(value, state[key]!))), strength))
            .reduce((total, part) => add(total, part)),
      });
    await checkTerm(leashed(1), { beside: [hinge] });
    await expect(checkTerm(leashed(1))).rejects.toThrow("gives 'judge' nothing to learn");
    await expect(checkTerm(leashed(0), { beside: [hinge] })).rejects.toThrow("gives 'judge' nothing to learn");
  });
  it('catches state that is not in the state', async () => {
    let calls = 0;
    const term = defineTerm({
      ...hinge,
      name: 'counting',
      discriminator: (round) => mul(hinge.discriminator!(round), ++calls),
    });
    await expect(checkTerm(term)).rejects.toThrow(ConformanceError);
  });
  it('catches a side that does not depend on what is trained', () =>
    expect(checkTerm(defineTerm({ ...hinge, name: 'deaf', generator: () => sum(zeros([1])) }))).rejects.toThrow(
      "gives 'generator' nothing to learn",
    ));
  it('catches a value that is not finite', () =>
    expect(
      checkTerm(defineTerm({ ...hinge, name: 'nan', generator: (round) => mul(hinge.generator!(round), Number.NaN) })),
    ).rejects.toThrow('is NaN in step 0'));
  it('catches a tensor left behind', () =>
    expect(
      checkTerm(
        defineTerm({
          ...hinge,
          name: 'leaky',
          after: () => {
            variable(zeros([1]));
            return {};
          },
        }),
      ),
    ).rejects.toThrow('tensors behind'));
});

const dense = () =>
  layersNetwork({
    inputs: { sample: [3], classes: 4 },
    outputs: { score: 'linear' },
    model: () => {
      throw new Error('replaced below');
    },
  });

const stack = () => [
  layers.dense({ units: 5, inputShape: [3] }),
  layers.batchNormalization(),
  layers.dropout({ rate: 0.5 }),
  layers.dense({ units: 1 }),
];
const plain = (make = stack) =>
  layersNetwork({ inputs: { sample: [3] }, outputs: { score: 'linear' }, model: () => sequential({ layers: make() }) });

describe('checkNetwork', () => {
  it('accepts batch normalisation and dropout', () => checkNetwork(plain()));
  it('catches a network that keeps something to itself', async () => {
    const inner = plain();
    let calls = 0;
    const network: Network = {
      ...inner,
      apply: (weights, inputs, mode) =>
        tidy(() => {
          const { outputs, state } = inner.apply(weights, inputs, mode);
          return { outputs: { score: add(outputs.score, calls++) }, state };
        }),
    };
    await expect(checkNetwork(network)).rejects.toThrow('does not repeat itself');
  });
  it('catches an output of another shape than stated', () =>
    expect(checkNetwork({ ...plain(), outputs: { score: [2] } })).rejects.toThrow("'score' has shape"));
  it('catches a sample that depends on its neighbours in inference', async () => {
    const inner = plain(() => [layers.dense({ units: 1, inputShape: [3] })]);
    const network: Network = {
      ...inner,
      apply: (weights, inputs, mode) =>
        tidy(() => {
          const { outputs, state } = inner.apply(weights, inputs, mode);
          return { outputs: { score: sub(outputs.score, mean(outputs.score)) }, state };
        }),
    };
    await expect(checkNetwork(network)).rejects.toThrow('depends on the others');
  });
  it('catches a factory that gives the same layers again', () => {
    const shared = stack();
    return expect(checkNetwork(plain(() => shared))).rejects.toThrow('make new ones inside it');
  });
  it('passes on what a network itself throws', () => expect(checkNetwork(dense())).rejects.toThrow('replaced below'));
});

const points: Dataset = {
  ports: { sample: [2], classes: 3 },
  size: Number.POSITIVE_INFINITY,
  batch: async ({ size, random: source }) => ({
    sample: source.stream('x').normal([size, 2]),
    classes: source.stream('c').categorical([size], 3),
  }),
};

describe('checkDataset', () => {
  it('accepts points with classes', () => checkDataset(points));
  it('catches a batch that depends on how often it was asked for', async () => {
    let calls = 0;
    await expect(
      checkDataset({ ...points, batch: (which) => points.batch({ ...which, random: random(calls++) }) }),
    ).rejects.toThrow('is another one');
  });
  it('catches an id out of range', () =>
    expect(
      checkDataset({
        ...points,
        batch: async (which) => ({
          ...(await points.batch(which)),
          classes: tensor1d(Array(which.size).fill(3), 'int32'),
        }),
      }),
    ).rejects.toThrow('has the id 3'));
  it('catches a batch larger than the data', () =>
    expect(checkDataset({ ...points, size: 8 })).rejects.toThrow('gives a batch of 9'));
});

const mean2: Metric = {
  name: 'mean',
  direction: 'lower',
  protocol: { samples: 40 },
  measure: async ({ fake }) => {
    let total = 0;
    let count = 0;
    for await (const batch of fake(40)) {
      for (const value of batch['sample']!.dataSync()) {
        total += value;
        count++;
      }
      for (const tensor of Object.values(batch)) tensor.dispose();
    }
    return total / count;
  },
};

describe('checkMetric', () => {
  it('accepts a mean', () => checkMetric(mean2, { real: points, fake: points }));
  it('catches batches that are not freed', () =>
    expect(
      checkMetric(
        {
          ...mean2,
          measure: async ({ real }) => {
            for await (const _ of real(8));
            return 0;
          },
        },
        { real: points, fake: points },
      ),
    ).rejects.toThrow('tensors behind'));
  it('catches a metric that asks for more than it says', () =>
    expect(checkMetric({ ...mean2, protocol: { samples: 30 } }, { real: points, fake: points })).rejects.toThrow(
      'draws 40 fake samples',
    ));
});

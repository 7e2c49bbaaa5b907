import { layers } from '@tensorflow/tfjs-layers';
import type { Input, Trial } from './trial.js';
import { each, floats, type Trials } from './trials.js';

const recurrent = (make: (options: object) => Trial['layer']): Trials =>
  each(
    make,
    floats([2, 5, 3]),
    { units: 4 },
    { units: 4, returnSequences: true, goBackwards: true },
    { units: 4, returnState: true, useBias: false, activation: 'relu' },
  );

/** One step of a recurrent cell: its input and its states in, its output and its new states out. */
const cell = (make: () => Trial['layer'], input: Input, ...states: Input[]): Trials => [
  () => {
    const layer = make();
    layer.build(input.shape);
    return { layer, inputs: [input, ...states], call: (of, given, options) => of.call(given, options) };
  },
];

/** What the layers that go step by step, and wrappers, are tried on. */
export const recurrentTrials: Readonly<Record<string, Trials>> = {
  rnn: [
    () => ({
      layer: layers.rnn({ cell: layers.gruCell({ units: 4 }), returnSequences: true }) as Trial['layer'],
      inputs: [floats([2, 5, 3])],
    }),
  ],
  RNN: [
    () => ({
      layer: new layers.RNN({ cell: layers.lstmCell({ units: 4 }), returnState: true }),
      inputs: [floats([2, 5, 3])],
    }),
  ],
  simpleRNN: recurrent(layers.simpleRNN as never),
  gru: recurrent(layers.gru as never),
  lstm: [
    ...recurrent(layers.lstm as never),
    ...each(layers.lstm as never, floats([2, 5, 3]), { units: 4, unitForgetBias: true, dropout: 0 } as never),
  ],
  simpleRNNCell: cell(() => layers.simpleRNNCell({ units: 4 }), floats([2, 3]), floats([2, 4])),
  gruCell: cell(() => layers.gruCell({ units: 4 }), floats([2, 3]), floats([2, 4])),
  lstmCell: cell(() => layers.lstmCell({ units: 4 }), floats([2, 3]), floats([2, 4]), floats([2, 4])),
  // The states of the last cell come first.
  stackedRNNCells: cell(
    () => layers.stackedRNNCells({ cells: [layers.gruCell({ units: 4 }), layers.simpleRNNCell({ units: 2 })] }),
    floats([2, 3]),
    floats([2, 2]),
    floats([2, 4]),
  ),
  convLstm2d: each(
    layers.convLstm2d as never,
    floats([2, 3, 5, 4, 2]),
    { filters: 2, kernelSize: 2 } as never,
    { filters: 2, kernelSize: 3, padding: 'same', returnSequences: true } as never,
  ),
  convLstm2dCell: cell(
    () => layers.convLstm2dCell({ filters: 2, kernelSize: 3, padding: 'same' }),
    floats([2, 5, 4, 3]),
    floats([2, 5, 4, 2]),
    floats([2, 5, 4, 2]),
  ),
  bidirectional: (['concat', 'sum', 'mul', 'ave'] as const).map((mergeMode) => () => ({
    layer: layers.bidirectional({ layer: layers.gru({ units: 3, returnSequences: true }), mergeMode }),
    inputs: [floats([2, 5, 3])],
  })),
  timeDistributed: [
    () => ({ layer: layers.timeDistributed({ layer: layers.dense({ units: 3 }) }), inputs: [floats([2, 5, 4])] }),
  ],
};

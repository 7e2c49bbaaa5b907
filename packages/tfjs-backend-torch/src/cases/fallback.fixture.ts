import { scalar, type Tensor, tensor1d, tensor2d } from '@tensorflow/tfjs-core';
import { type Cases, type Draw, one, run } from '../differential.fixture.js';

const words = ['a', 'bc', 'd e f', '', 'über', 'a  b'];

const sentences = (draw: Draw, count = draw.whole(1, 5)): Tensor =>
  tensor1d(Array.from({ length: count }, () => draw.pick(words)));

/** Boxes `[y1, x1, y2, x2]` with scores. */
const boxes = (draw: Draw) => {
  const count = draw.whole(1, 6);
  const corners = Array.from({ length: count }, () => [draw.whole(0, 4), draw.whole(0, 4)]);
  const rows = corners.map(([y, x]) => [y!, x!, y! + draw.whole(1, 4), x! + draw.whole(1, 4)]);
  return { boxes: tensor2d(rows), scores: draw([count], 'float32', [0, 1]) };
};

const suppression = { maxOutputSize: 3, iouThreshold: 0.5, scoreThreshold: 0.2 };

/** A canvas and its picture, as far as `Draw` asks for them. */
class Picture {
  constructor(readonly data: Uint8ClampedArray) {}
}

/** What the cpu backend calculates for us, on copies. */
export const fallback: Cases = {
  NonMaxSuppressionV3: (draw) => one('NonMaxSuppressionV3', boxes(draw), suppression),
  NonMaxSuppressionV4: (draw) =>
    run('NonMaxSuppressionV4', boxes(draw), { ...suppression, padToMaxOutputSize: draw.pick([true, false]) }),
  NonMaxSuppressionV5: (draw) => run('NonMaxSuppressionV5', boxes(draw), { ...suppression, softNmsSigma: 0.5 }),
  RaggedRange: (draw) => {
    const [starts, limits] = [draw([3], 'int32', [0, 3]), draw([3], 'int32', [3, 7])];
    return run('RaggedRange', { starts, limits, deltas: draw([3], 'int32', [1, 3]) });
  },
  RaggedGather: (draw) => {
    const [first, second] = [draw.whole(0, 3), draw.whole(3, 6)];
    const splits = [tensor1d([0, first, second, 6], 'int32')];
    const inputs = { paramsNestedSplits: splits, paramsDenseValues: draw([6, 2]) };
    return run('RaggedGather', { ...inputs, indices: draw([4], 'int32', [0, 2]) }, { outputRaggedRank: 1 });
  },
  RaggedTensorToTensor: (draw) => {
    const splits = tensor1d([0, draw.whole(0, 3), draw.whole(3, 6), 6], 'int32');
    const inputs = { shape: tensor1d([3, 6], 'int32'), values: draw([6]), defaultValue: draw([]) };
    const attributes = { rowPartitionTypes: ['ROW_SPLITS'] };
    return one('RaggedTensorToTensor', { ...inputs, rowPartitionTensors: [splits] }, attributes);
  },
  StaticRegexReplace: (draw) =>
    one(
      'StaticRegexReplace',
      { x: sentences(draw) },
      { pattern: '[a-d]', rewrite: '*', replaceGlobal: draw.pick([true, false]) },
    ),
  StringNGrams: (draw) => {
    const count = draw.whole(1, 6);
    const inputs = { data: sentences(draw, count), dataSplits: tensor1d([0, draw.whole(0, count), count], 'int32') };
    const padding = { leftPad: 'L', rightPad: 'R', padWidth: draw.pick([0, 1, -1]), preserveShortSequences: true };
    return run('StringNGrams', inputs, { separator: '|', nGramWidths: [draw.whole(1, 3)], ...padding });
  },
  StringSplit: (draw) => {
    const inputs = { input: sentences(draw), delimiter: scalar(' ') };
    return run('StringSplit', inputs, { skipEmpty: draw.pick([true, false]) });
  },
  StringToHashBucketFast: (draw) => one('StringToHashBucketFast', { input: sentences(draw) }, { numBuckets: 97 }),
  Draw: (draw) => {
    let drawn: number[] = [];
    const context = { putImageData: ({ data }: Picture) => (drawn = Array.from(data)) };
    const canvas = { width: 0, height: 0, getContext: () => context };
    const image = draw([draw.whole(1, 4), draw.whole(1, 4), draw.pick([1, 3, 4])], 'float32', [0, 1]);
    Object.assign(globalThis, { ImageData: Picture });
    const given = one('Draw', { image }, { canvas });
    return [given, tensor1d([canvas.width, canvas.height, ...drawn])];
  },
};

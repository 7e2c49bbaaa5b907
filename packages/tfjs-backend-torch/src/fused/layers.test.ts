import {
  abs,
  dispose,
  grad,
  max,
  setBackend,
  square,
  sub,
  sum,
  type Tensor,
  tidy,
  transpose,
} from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { beforeAll, expect, it } from 'vitest';
import { describeOnTorch, drawing } from '../differential.fixture.js';
import { installFusedLayers } from './layers.js';
import { registerTorchGradients } from './register-gradients.js';

/** Two training steps of a layer on one backend: what it gives, its gradient, its moving statistics, and inference after. */
const outcome = (backend: string, config: object, shape: number[]): number[][] => {
  setBackend(backend);
  return tidy(() => {
    const draw = drawing(5);
    const layer = tfl.layers.batchNormalization({ momentum: 0.9, ...config });
    const batches = [draw(shape), draw(shape)];
    const outputs = batches.map((x) => layer.apply(x, { training: true }) as Tensor);
    const squares = grad((x: Tensor) => sum(square(layer.apply(x, { training: true }) as Tensor)));
    const slope = squares(batches[0]!);
    const after = layer.apply(batches[0]!) as Tensor;
    const results = [...outputs, slope, ...layer.getWeights(), after].map((result) => [...result.dataSync()]);
    layer.dispose();
    return results;
  });
};

describeOnTorch('the stock BatchNormalization layer', () => {
  beforeAll(() => {
    registerTorchGradients();
    installFusedLayers(tfl);
    installFusedLayers(tfl);
  });

  for (const [title, config, shape] of [
    ['of images', {}, [4, 3, 5, 2]],
    ['of vectors', {}, [8, 6]],
    ['of sequences, a few of them', { epsilon: 0.1 }, [2, 3, 4]],
  ] as const)
    it(`is the same fused as it was ${title}`, () => {
      const [fused, stock] = [outcome('torch', config, [...shape]), outcome('cpu', config, [...shape])];
      fused.forEach((values, which) => {
        values.forEach((value, index) => {
          expect(Math.abs(value - stock[which]![index]!), `result ${which}`).toBeLessThan(2e-5);
        });
      });
    });

  // tfjs's cpu backend takes the wrong channels there, so the layer is compared with itself.
  it('goes its stock way along another axis than the last', () => {
    setBackend('torch');
    const [first, last] = [tfl.layers.batchNormalization({ axis: 1 }), tfl.layers.batchNormalization({})];
    const x = drawing(2)([4, 3, 5, 2]);
    const difference = tidy(() => {
      const turned = last.apply(transpose(x, [0, 2, 3, 1]), { training: true }) as Tensor;
      return max(abs(sub(first.apply(x, { training: true }) as Tensor, transpose(turned, [0, 3, 1, 2])))).dataSync()[0];
    });
    expect(difference).toBeLessThan(1e-5);
    dispose(x);
    for (const layer of [first, last]) layer.dispose();
  });

  it('works without scale or centre, where the stock one fails', () => {
    setBackend('torch');
    const layer = tfl.layers.batchNormalization({ scale: false, center: false });
    const x = drawing(1)([16, 2]);
    const y = tidy(() => layer.apply(x, { training: true }) as Tensor);
    expect(Math.abs(sum(y).dataSync()[0]!)).toBeLessThan(1e-4);
    dispose([x, y]);
    layer.dispose();
  });
});

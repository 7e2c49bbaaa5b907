import { customGrad, grads, setBackend, type Tensor, tensor, tidy } from '@tensorflow/tfjs-core';
import { beforeEach, expect, it } from 'vitest';
import { describeOnTorch } from '../differential.fixture.js';
import { type AtenName, aten } from './aten.js';
import golden from './golden/aten.json' with { type: 'json' };
import type { Numbers } from './numbers.js';

/** Source: torch.nn.functional and autograd in float64, tools/goldens/aten-door.py. */
interface Stated {
  readonly shape: number[];
  readonly values: number[];
}
const given = ({ shape, values }: Stated): Tensor => tensor(values, shape);
const doubled = ({ shape, values }: Stated): Numbers => ({ shape, values: Float64Array.from(values) });

const expectClose = (actual: ArrayLike<number | bigint>, expected: readonly number[], within: number): void => {
  expect(actual).toHaveLength(expected.length);
  for (let i = 0; i < expected.length; i++)
    expect(Math.abs(Number(actual[i]) - expected[i]!), `number ${i}`).toBeLessThan(within);
};

const sample = aten('grid_sampler_2d');
const sampleBackward = aten('grid_sampler_2d_backward');

describeOnTorch('operators of ATen beside PyTorch', () => {
  beforeEach(() => setBackend('torch'));

  it.each(['float32', 'float64'] as const)('computes what PyTorch does, in %s', (precision) => {
    const of = precision === 'float32' ? given : doubled;
    const read = (result: Tensor | Numbers) =>
      ('dataId' in result ? result.dataSync() : result.values) as ArrayLike<number>;
    const within = precision === 'float32' ? 1e-5 : 1e-14;
    tidy(() => {
      const { gridSample, bicubic, attention } = golden;
      const call = <N extends AtenName>(name: N, ...values: readonly unknown[]) =>
        (aten(name) as unknown as (...values: readonly unknown[]) => Tensor | Numbers)(...values);
      const y = call('grid_sampler_2d', of(gridSample.image), of(gridSample.grid), 0, 0, false);
      expectClose(read(y), gridSample.y.values, within);
      const larger = call('upsample_bicubic2d', of(bicubic.x), [4, 5], true);
      expect(larger.shape).toEqual(bicubic.y.shape);
      expectClose(read(larger), bicubic.y.values, within);
      const { query, key, value } = attention;
      const attended = call('scaled_dot_product_attention', of(query), of(key), of(value));
      expectClose(read(attended), attention.y.values, within);
    });
  });

  it('is differentiated by what customGrad says', () => {
    const gridSample = (image: Tensor, grid: Tensor): Tensor =>
      customGrad((...inputs) => {
        const [image, grid, save] = inputs as unknown as [Tensor, Tensor, (tensors: Tensor[]) => void];
        save([image, grid]);
        return {
          value: sample(image, grid, 0, 0, false),
          gradFunc: (dy, saved) => sampleBackward(dy, saved[0]!, saved[1]!, 0, 0, false, [true, true]) as Tensor[],
        };
      })(image, grid);
    const { image, grid, dy, dimage, dgrid } = golden.gridSample;
    tidy(() => {
      const [ofImage, ofGrid] = grads(gridSample)([given(image), given(grid)], given(dy)) as [Tensor, Tensor];
      expectClose(ofImage.dataSync(), dimage.values, 1e-5);
      expectClose(ofGrid.dataSync(), dgrid.values, 1e-5);
    });
  });
});

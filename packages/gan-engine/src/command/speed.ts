import { conv2d, matMul, type Tensor, type Tensor4D, tidy, util, zeros } from '@tensorflow/tfjs-core';

/** Billions of floating-point operations a second, an addition and a multiplication being two. */
export interface Speed {
  readonly matMul: number;
  readonly conv2d: number;
}

/** Measures the backend in use; takes about a second. */
export const speed = async (): Promise<Speed> => ({ matMul: await rate(product), conv2d: await rate(convolution) });

interface Work {
  readonly operations: number;
  readonly inputs: readonly Tensor[];
  readonly compute: (...inputs: Tensor[]) => Tensor;
}

/** A product of square matrices. */
const product = (scale: number): Work => {
  const size = 128 * scale;
  const square = zeros([size, size]);
  return { operations: 2 * size ** 3, inputs: [square, square], compute: (a, b) => matMul(a, b) };
};

/** A convolution as in a DCGAN: 4x4, stride 2, 64 channels to 128. */
const convolution = (scale: number): Work => {
  const [batch, side] = [scale * scale, 16];
  return {
    operations: 2 * batch * (side / 2) ** 2 * 128 * 16 * 64,
    inputs: [zeros([batch, side, side, 64]), zeros([4, 4, 64, 128])],
    compute: (x, filter) => conv2d(x as Tensor4D, filter as Tensor4D, 2, 'same'),
  };
};

/** The best of three turns at a size that takes a tenth of a second, or at the largest. */
async function rate(at: (scale: number) => Work): Promise<number> {
  for (let scale = 1; ; scale *= 2) {
    const { operations, inputs, compute } = at(scale);
    const seconds = await fastest(() => tidy(() => compute(...inputs)));
    for (const input of inputs) input.dispose();
    if (seconds > 0.1 || scale === 8) return operations / seconds / 1e9;
  }
}

async function fastest(compute: () => Tensor): Promise<number> {
  let best = Number.POSITIVE_INFINITY;
  for (let turn = 0; turn < 3; turn++) {
    const start = util.now();
    const result = compute();
    await result.data();
    best = Math.min(best, (util.now() - start) / 1000);
    result.dispose();
  }
  return best;
}

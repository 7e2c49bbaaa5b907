import {
  add,
  engine,
  type GradConfig,
  mean,
  mul,
  rsqrt,
  square,
  sub,
  sum,
  type Tensor,
  zerosLike,
} from '@tensorflow/tfjs-core';

const channelAxes = (x: Tensor): number[] => Array.from({ length: x.rank - 1 }, (_, axis) => axis);

/**
 * Of `[y, mean, inverse]` only y passes a gradient on; the statistics count as constants, and saved they only spare
 * calculating them again.
 */
const training: GradConfig = {
  kernelName: 'BatchNormTraining',
  inputsToSave: ['x', 'scale'],
  outputsToSave: [false, true, true],
  gradFunc: (upstream, [x, scale, average, inverse], attributes) => {
    const [dy] = upstream as Tensor[];
    const inputs = { dy: dy!, x: x!, scale: scale!, mean: average!, inverse: inverse! };
    const [dx, dscale, doffset]: Tensor[] = engine().runKernel('BatchNormTrainingGrad', inputs, attributes);
    return { x: () => dx!, scale: () => dscale!, offset: () => doffset! };
  },
};

/**
 * With M values a channel, n = (x - mean) r, r = 1 / sqrt(variance + epsilon) and the projection
 * P(v) = v - mean(v) - n mean(v n), the backward kernel gives
 *
 *     dx = scale r P(dy),   dscale = sum(dy n),   doffset = sum(dy)
 *
 * and, for cotangents a, b, c of these three and S = scale r sum(a P(dy)), this its gradient
 *
 *     at dy:    scale r P(a) + b n + c
 *     at scale: r sum(a P(dy))
 *     at x:     r P(b dy - scale r (a mean(dy n) + dy mean(a n))) - r n S / M
 *
 * All of it out of ordinary operations on x, so that it can be differentiated again.
 */
const backward: GradConfig = {
  kernelName: 'BatchNormTrainingGrad',
  inputsToSave: ['dy', 'x', 'scale', 'mean', 'inverse'],
  gradFunc: (upstream, [dy, x, scale, average, inverse], attributes) => {
    const [a, b, c] = upstream as [Tensor, Tensor, Tensor];
    const axes = channelAxes(x!);
    const perChannel = (v: Tensor): Tensor => mean(v, axes);
    const centred = sub(x!, perChannel(x!));
    const r = rsqrt(add(perChannel(square(centred)), attributes['epsilon'] as number));
    const n = mul(centred, r);
    const project = (v: Tensor): Tensor => sub(sub(v, perChannel(v)), mul(n, perChannel(mul(v, n))));
    const gain = mul(scale!, r);
    const projected = project(dy!);
    return {
      dy: () => add(add(mul(gain, project(a)), mul(b, n)), c),
      scale: () => mul(r, sum(mul(a, projected), axes)),
      x: () => {
        const along = add(mul(a, perChannel(mul(dy!, n))), mul(dy!, perChannel(mul(a, n))));
        const shift = mul(mul(r, gain), perChannel(mul(a, projected)));
        return sub(mul(r, project(sub(mul(b, dy!), mul(gain, along)))), mul(n, shift));
      },
      mean: () => zerosLike(average!),
      inverse: () => zerosLike(inverse!),
    };
  },
};

/** The gradients of batch normalisation in training, and of its backward kernel. */
export const batchNormTrainingGradients: readonly GradConfig[] = [training, backward];

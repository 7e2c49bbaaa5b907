import type { Random, Tensors } from '@gan/core';
import { engine, matMul, reshape, square, type Tensor, type Tensor2D, tensor } from '@tensorflow/tfjs-core';
import adversarial from './golden/adversarial.json' with { type: 'json' };
import conditional from './golden/conditional.json' with { type: 'json' };
import { errorOf } from './golden-terms.fixture.js';
import { roundOfHeads } from './heads.fixture.js';
import { rotation, wassersteinDivergence } from './index.js';

type Read = (tensor: Tensor) => ArrayLike<number>;

const made = ({ values, shape }: { values: number[]; shape: number[] }): Tensor => tensor(values, shape);

/** The largest error of a value and its gradients, each relative to the largest number of its tensor. */
function errorsOf(loss: () => Tensor, at: Tensor[], value: number, gradients: readonly number[][], read: Read): number {
  const { value: actual, grads } = engine().gradients(loss as never, at, undefined, true);
  return Math.max(errorOf(read(actual), [value]), ...grads.map((slope, i) => errorOf(read(slope), gradients[i]!)));
}

/** That of the Wasserstein divergence of the critic (x w)^2 v, in w and v. */
export function wassersteinDivergenceError(read: Read): number {
  const { real, fake, share, parameters, value, gradients } = adversarial.wassersteinDivergence;
  const [w, v] = [made(parameters.w), made(parameters.v)];
  const judge = ({ sample }: Tensors) => ({
    score: matMul(square(matMul(sample! as Tensor2D, w as Tensor2D)), v as Tensor2D),
  });
  const samples = { real: { sample: made(real) }, fake: { sample: made(fake) } };
  const random = { uniform: () => made(share) } as unknown as Random;
  const loss = () =>
    wassersteinDivergence().discriminator!(
      roundOfHeads({ real: judge(samples.real), fake: judge(samples.fake), samples, judge, random }),
    );
  return errorsOf(loss, [w, v], value, [gradients.w, gradients.v], read);
}

/** That of rotation with a judge that is a product: the judge's side in the kernel, the generator's in the fakes. */
export function rotationError(side: 'discriminator' | 'generator', read: Read): number {
  const [kernel, fake] = [made(conditional.rotation.kernel), made(conditional.rotation.fake)];
  const { value, gradient } = conditional.rotation[side];
  const judge = ({ sample }: Tensors) => ({
    rotation: matMul(reshape(sample!, [sample!.shape[0]!, -1]), kernel as Tensor2D),
  });
  const samples = { real: { sample: made(conditional.rotation.real) }, fake: { sample: fake } };
  const round = roundOfHeads({ samples, judge });
  const at = side === 'discriminator' ? kernel : fake;
  return errorsOf(() => rotation()[side]!(round), [at], value, [gradient], read);
}

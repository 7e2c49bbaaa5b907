import type { Handle } from './handle.js';
import { countOf, shapeOf } from './inspect.js';
import { TorchError } from './torch-error.js';

/** What has to hold of arguments whose kinds are right. @throws TorchError if it does not. */
export type Precondition = (operator: string, values: readonly unknown[]) => void;

const fail = (operator: string, sentence: string): never => {
  throw new TorchError(`${operator}: ${sentence}`, { operator });
};

const sameShape = (operator: string, name: string, tensor: Handle, expected: readonly number[]): void => {
  const shape = shapeOf(tensor);
  if (shape.length !== expected.length || shape.some((size, axis) => size !== expected[axis]))
    fail(operator, `${name} must have shape [${expected}], but has [${shape}]`);
};

/** Tensors with one number a channel; null where they may be absent. */
const perChannel = (operator: string, channels: number, tensors: Readonly<Record<string, Handle | null>>): void => {
  for (const [name, tensor] of Object.entries(tensors))
    if (tensor !== null && countOf(tensor) !== channels)
      fail(operator, `${name} must have ${channels} numbers, one a channel, but has shape [${shapeOf(tensor)}]`);
};

/** `[batch, channels, ...]` */
const channelsOf = (operator: string, input: Handle): number => {
  const shape = shapeOf(input);
  if (shape.length < 2) fail(operator, `input must have shape [batch, channels, ...], but has [${shape}]`);
  return shape[1]!;
};

const batchNorm: Precondition = (operator, values) => {
  const [input, weight, bias, mean, variance] = values as [Handle, ...(Handle | null)[]];
  perChannel(operator, channelsOf(operator, input), {
    weight: weight!,
    bias: bias!,
    running_mean: mean!,
    running_var: variance!,
  });
};

const batchNormBackward: Precondition = (operator, values) => {
  const [dy, input, weight] = values as [Handle, Handle, Handle | null];
  const [train] = values.slice(7) as [boolean];
  const [mean, scale] = values.slice(train ? 5 : 3) as [Handle | null, Handle | null];
  const channels = channelsOf(operator, input);
  sameShape(operator, 'grad_out', dy, shapeOf(input));
  if (countOf(input) === 0) fail(operator, `input must have numbers in it, but has shape [${shapeOf(input)}]`);
  if (mean === null || scale === null) return fail(operator, 'the statistics must be given');
  perChannel(operator, channels, { weight, mean, scale });
};

/** The gradient has the shape of what the convolution gives, at one entry of each list a spatial dimension. */
const convolutionBackward: Precondition = (operator, values) => {
  const [dy, input, weight] = values as [Handle, Handle, Handle];
  const lists = [values[4], values[5], values[6], values[8]] as number[][];
  const [stride, padding, dilation, outputPadding] = lists as [number[], number[], number[], number[]];
  const [transposed, groups] = [values[7] as boolean, values[9] as number];
  const [[batch, channels, ...from], filter] = [shapeOf(input), shapeOf(weight)] as [number[], number[]];
  if (batch === undefined || filter.length !== from.length + 2 || lists.some((list) => list.length !== from.length))
    return fail(operator, `input [${shapeOf(input)}], weight [${filter}] and the lists must be of one rank`);
  const [into, per] = transposed ? [filter[0], filter[1]! * groups] : [filter[1]! * groups, filter[0]!];
  if (channels !== into || groups < 1)
    return fail(
      operator,
      `input must have the ${into} channels of weight [${filter}] in ${groups} groups, but has ${channels}`,
    );
  const size = from.map((extent, axis) => {
    const reach = dilation[axis]! * (filter[axis + 2]! - 1) + 1;
    return transposed
      ? (extent - 1) * stride[axis]! - 2 * padding[axis]! + reach + outputPadding[axis]!
      : Math.floor((extent + 2 * padding[axis]! - reach) / stride[axis]!) + 1;
  });
  sameShape(operator, 'grad_output', dy, [batch, per, ...size]);
};

/** `[batch, channels, ...sizes]` of an input at `grid [batch, ...sizes, dimensions]`. */
const gridSamplerBackward: Precondition = (operator, values) => {
  const [dy, input, grid] = values as [Handle, Handle, Handle];
  sameShape(operator, 'grad_output', dy, [...shapeOf(input).slice(0, 2), ...shapeOf(grid).slice(1, -1)]);
};

/** Lists of one length, and of one count of numbers at each place. */
const fusedStep: Precondition = (operator, values) => {
  const [parameters, gradients, first, second, largest, steps] = values as Handle[][];
  const lists = { grads: gradients!, exp_avgs: first!, exp_avg_sqs: second! };
  const counts = parameters!.map(countOf);
  for (const [name, list] of Object.entries({ ...lists, ...(largest!.length > 0 && { max_exp_avg_sqs: largest! }) }))
    if (list.length !== counts.length || list.some((tensor, index) => countOf(tensor) !== counts[index]))
      fail(operator, `${name} must have the sizes of self, ${counts} numbers, but has ${list.map(countOf)}`);
  if (steps!.length !== counts.length || steps!.some((step) => countOf(step) !== 1))
    fail(operator, `state_steps must be ${counts.length} single numbers`);
};

/** Where one size is 0 libtorch counts through the others, up to 2^53, with nothing to do. */
const adaptivePool: Precondition = (operator, values) => {
  const sizes = values[1] as number[];
  if (sizes.some((size) => size < 1)) fail(operator, `output_size must be 1 or more throughout, but is [${sizes}]`);
};

/** Shared among the heads of queries, those of keys and values are divisors: libtorch 2.11 divides by their number even if it is 0. */
const attention: Precondition = (operator, values) => {
  const [, key, value] = values as [Handle, Handle, Handle];
  if (values[7] !== true) return;
  for (const [name, tensor] of Object.entries({ key, value })) {
    const shape = shapeOf(tensor);
    if (!((shape.at(-3) ?? 0) > 0))
      fail(operator, `${name} must have shape [..., heads, length, width] with a head at least, but has [${shape}]`);
  }
};

/** Operators that read past the end of what does not fit together, divide by nothing or never end: libtorch compares no sizes there. */
export const preconditions: Readonly<Record<string, Precondition>> = {
  _fused_adam_: fusedStep,
  _fused_adamw_: fusedStep,
  adaptive_avg_pool1d: adaptivePool,
  adaptive_avg_pool2d: adaptivePool,
  adaptive_avg_pool3d: adaptivePool,
  adaptive_max_pool1d: adaptivePool,
  adaptive_max_pool2d: adaptivePool,
  adaptive_max_pool3d: adaptivePool,
  convolution_backward: convolutionBackward,
  grid_sampler_2d_backward: gridSamplerBackward,
  grid_sampler_3d_backward: gridSamplerBackward,
  native_batch_norm: batchNorm,
  native_batch_norm_backward: batchNormBackward,
  scaled_dot_product_attention: attention,
};

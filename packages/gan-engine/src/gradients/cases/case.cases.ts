import { type Tensor, type Tensor2D, type Tensor4D, type Tensor5D, tensor1d } from '@tensorflow/tfjs-core';

/** Numbers spread evenly over a range and shuffled, so that no two of them are close: [-1, 1] unless said. */
export interface Input {
  readonly shape: number[];
  readonly from?: number;
  readonly to?: number;
}

/** One op in one use of it. */
export interface GradientCase {
  /** The op, and what is particular about this use. */
  readonly name: string;
  readonly inputs: readonly Input[];
  readonly op: (...inputs: Tensor[]) => Tensor;
  /** 1 when it has no second derivative, but throws. */
  readonly order?: 1;
}

export const on = (
  name: string,
  op: (...inputs: Tensor[]) => Tensor,
  ...shapes: readonly (Input | number[])[]
): GradientCase => ({ name, op, inputs: shapes.map((shape) => (Array.isArray(shape) ? { shape } : shape)) });

export const unary = (name: string, op: (x: Tensor) => Tensor, from = -1, to = 1): GradientCase =>
  on(name, op, { shape: [2, 4], from, to });

/** TensorFlow.js keeps a value inside this gradient: it can be differentiated once. */
export const once = (one: GradientCase): GradientCase => ({ ...one, order: 1 });

export const as2 = (x: Tensor) => x as Tensor2D;
export const as4 = (x: Tensor) => x as Tensor4D;
export const as5 = (x: Tensor) => x as Tensor5D;
export const indices = (values: number[]) => tensor1d(values, 'int32');

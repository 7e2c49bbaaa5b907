import { add, sqrt, type Tensor } from '@tensorflow/tfjs-core';

/** Keeps the derivative of the square root finite at 0, below what float32 shows of a length of 1. */
const smallest = 1e-12;

/** The length whose square is given; its derivative is finite where the length is 0. */
export const root = (square: Tensor): Tensor => sqrt(add(square, smallest));

import { matMul, randomUniform, slice, tidy } from '@tensorflow/tfjs-core';
import type { Peak } from './protocol.js';

const SIDE = 1536;

/**
 * How many additions and multiplications a second the processor does at best on the current engine: those of a product of two
 * matrices of 1536 x 1536 numbers, `2 * 1536^3`, in the shortest of some rounds. That is what is called the peak of fused
 * multiply-adds here: what the machine was seen to reach with as many threads, not what its maker says.
 */
export const peakOfProducts = (rounds: number): Peak =>
  tidy(() => {
    const [a, b] = [randomUniform([SIDE, SIDE]), randomUniform([SIDE, SIDE])];
    const seconds = Array.from({ length: rounds }, () => {
      const start = performance.now();
      // Reading one number of it waits for all of it, wherever it is made.
      tidy(() => slice(matMul(a, b), [0, 0], [1, 1]).dataSync());
      return (performance.now() - start) / 1000;
    });
    return { gigaflops: (2e-9 * SIDE ** 3) / Math.min(...seconds) };
  });

import type { KernelFunc } from '@tensorflow/tfjs-core';
import type { Call } from './call.js';

/** A kernel that is a backend's own save for calls that this gets wrong or does not take. */
export const unless =
  (isWrong: (call: Call) => boolean, right: KernelFunc) =>
  (own: KernelFunc): KernelFunc =>
  (call) =>
    isWrong(call) ? right(call) : own(call);

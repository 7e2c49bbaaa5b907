import type { Tensors } from '@gan/core';

/** How many samples a batch has, by its first tensor. */
export const batchOf = (inputs: Tensors): number => Object.values(inputs)[0]!.shape[0]!;

import type { KernelConfig } from '@tensorflow/tfjs-core';
import { onCpu } from '../cpu-kernel.js';
import { BACKEND } from '../kernel.js';

/** Bookkeeping on the host and strings, for which libtorch has no operator. None of it trains a network. */
const names = [
  'Draw',
  'NonMaxSuppressionV3',
  'NonMaxSuppressionV4',
  'NonMaxSuppressionV5',
  'RaggedGather',
  'RaggedRange',
  'RaggedTensorToTensor',
  'SparseFillEmptyRows',
  'StaticRegexReplace',
  'StringNGrams',
  'StringSplit',
  'StringToHashBucketFast',
] as const;

/** Kernels that tfjs's own cpu backend calculates, on copies. */
export const fallback: readonly KernelConfig[] = names.map((kernelName) => ({
  kernelName,
  backendName: BACKEND,
  kernelFunc: (given) => onCpu(kernelName, given),
}));

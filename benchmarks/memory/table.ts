import type { MemoryResult } from './memory.js';

/** A result for people. */
export const memoryTable = ({ engine, version, threads, readings, growthKiBPerStep, left }: MemoryResult): string =>
  [
    `${engine} ${version}, ${threads} threads`,
    'step   resident   tensors  handles',
    ...readings.map(
      ({ step, residentMiB, tensors, handles }) =>
        `${String(step).padStart(5)}  ${residentMiB.toFixed(1).padStart(6)} MiB  ${String(tensors).padStart(7)}  ${String(handles).padStart(7)}`,
    ),
    `growth over the second half: ${growthKiBPerStep.toFixed(2)} KiB a step`,
    `left after disposing: ${left.tensors} tensors, ${left.handles} handles`,
  ].join('\n');

import { EngineError } from '../engine-error.js';

/**
 * Tells TensorFlow how many threads an operator may use, through the environment, which it reads once, as it loads.
 *
 * @param wanted As many, or what the environment says already.
 * @param told How many it was told of as it loaded, if it has.
 * @returns How many it is told of, or 0 if it chooses them itself: all cores.
 * @throws EngineError if it has loaded with another number.
 */
export function tensorflowThreads(
  wanted: number | undefined,
  told: number | undefined,
  env: NodeJS.ProcessEnv = process.env,
): number {
  if (told === undefined) {
    if (wanted !== undefined) env['TF_NUM_INTRAOP_THREADS'] = String(wanted);
    return Number(env['TF_NUM_INTRAOP_THREADS'] ?? 0) || 0;
  }
  if (wanted === undefined || wanted === told) return told;
  const before = told === 0 ? 'threads of its own choice' : `${told} ${told === 1 ? 'thread' : 'threads'}`;
  throw new EngineError(`TensorFlow was loaded with ${before}, and cannot change to ${wanted} in the same process`, {
    remedy: 'say how many threads when you first call engine()',
  });
}

import { type EngineReport, engine, findLibtorch, installLibtorch, plannedInstall } from '@gan/engine';
import type { Flags } from '../flags.mjs';
import type { Progress } from './progress.js';

/**
 * The engine that is asked for, or the fastest one here. libtorch is fetched first where it is wanted and there is none;
 * where it cannot be had, the run goes on without, unless it was asked for by name.
 *
 * @throws EngineError if the engine asked for cannot be used: why, and how to mend it.
 */
export async function chosenEngine(
  { engine: use, threads }: Pick<Flags, 'engine' | 'threads'>,
  progress: Progress,
  signal: AbortSignal,
): Promise<EngineReport> {
  const options = { ...(use && { use }), ...(threads && { threads }) };
  if (use !== undefined) {
    if (use === 'torch-cpu' && (await isLibtorchMissing())) await fetchLibtorch(progress, signal);
    return engine(options);
  }
  const found = await engine(options);
  if (found.name.startsWith('torch-') || found.name === 'tfjs-node-gpu' || !(await isLibtorchMissing())) return found;
  try {
    await fetchLibtorch(progress, signal);
    return await engine({ ...options, use: 'torch-cpu' });
  } catch (error) {
    signal.throwIfAborted();
    progress.say(`Going on without libtorch: ${(error as Error).message}`);
    return engine(options);
  }
}

const isLibtorchMissing = async (): Promise<boolean> => (await findLibtorch()).found.length === 0;

async function fetchLibtorch(progress: Progress, signal: AbortSignal): Promise<void> {
  const plan = plannedInstall();
  if (plan)
    progress.say(
      `There is no libtorch here. Getting ${plan.version}: ${megabytes(plan.download)} to download, of which ${megabytes(plan.kept)} unpacked stay in ${plan.folder} (--engine wasm does without)`,
    );
  await installLibtorch({
    signal,
    onProgress: ({ stage, by, done, total }) => {
      if (progress.isDue()) progress.show(`${stage} (${by}): ${megabytes(done)} of ${megabytes(total)}`);
    },
  });
}

const megabytes = (bytes: number): string => `${Math.round(bytes / 1e6)} MB`;

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
  const isWanted = use === undefined || use === 'torch-cpu';
  if (!isWanted || (await findLibtorch()).found.length > 0) return engine(options);
  const better = use === undefined && (await graphicsOfTensorFlow());
  if (better) return better;
  try {
    await fetchLibtorch(progress, signal);
  } catch (error) {
    signal.throwIfAborted();
    if (use !== undefined) throw error;
    progress.say(`Going on without libtorch: ${(error as Error).message}`);
  }
  return engine(options);
}

/** Who has tfjs-node-gpu in working order needs no libtorch. */
const graphicsOfTensorFlow = (): Promise<EngineReport | undefined> =>
  engine({ use: 'tfjs-node-gpu' }).catch(() => undefined);

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

import { getBackend, setBackend } from '@tensorflow/tfjs-core';
import { EngineError, sentenceOf } from './engine-error.js';
import type { Candidate, Opened, OpenOptions } from './engines/candidate.js';
import { probe } from './probe.js';
import type { Skipped } from './report.js';

export interface Choice {
  readonly opened: Opened;
  readonly skipped: readonly Skipped[];
}

/**
 * Opens the first candidate that loads and passes the probe, and makes it TensorFlow.js's backend.
 *
 * @throws EngineError with all reasons if none does. The backend is then what it was.
 */
export async function choose(candidates: readonly Candidate[], options: OpenOptions): Promise<Choice> {
  const skipped: Skipped[] = [];
  for (const candidate of candidates)
    try {
      return { opened: await open(candidate, options), skipped };
    } catch (cause) {
      if (!(cause instanceof EngineError) || cause.engine === undefined) throw cause;
      if (options.byName) throw cause;
      const { reason, remedy } = cause;
      skipped.push({ name: candidate.name, reason, ...(remedy !== undefined && { remedy }) });
    }
  throw new EngineError(`no engine can be used: ${skipped.map(({ name, reason }) => `${name}: ${reason}`).join('; ')}`);
}

async function open({ name, open }: Candidate, options: OpenOptions): Promise<Opened> {
  const before = backendName();
  try {
    const opened = await open(options);
    if (options.deterministic && !opened.engine.deterministic)
      throw new EngineError('it does not promise the same bits twice', { engine: name, remedy: 'choose torch-cpu' });
    if (!(await setBackend(opened.backend)))
      throw new Error(`TensorFlow.js cannot start the backend '${opened.backend}'`);
    await probe();
    return opened;
  } catch (cause) {
    if (before !== undefined && backendName() !== before) await setBackend(before);
    if (cause instanceof EngineError) throw cause;
    throw new EngineError(sentenceOf(cause), { engine: name, cause });
  }
}

const backendName = (): string | undefined => getBackend() || undefined;

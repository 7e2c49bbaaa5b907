import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Failed, Peak, Prepared, Setup, Stepped } from './protocol.js';

/** Another process that computes the same, kept alive between questions. */
export interface Peer {
  readonly name: string;
  readonly prepare: (setup: Setup) => Promise<Prepared>;
  /** Of a variant that was prepared, if it was named then. */
  readonly step: (variant?: string) => Promise<Stepped>;
  /** Only ours knows how. */
  readonly peak: (rounds: number) => Promise<Peak>;
  readonly close: () => Promise<void>;
}

/** A peer that cannot be started, or says that it cannot go on. */
export class PeerError extends Error {
  override readonly name = 'PeerError';
}

/** How a peer is started. */
export interface Command {
  readonly file: string;
  readonly parameters: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
}

/** Starts a process and asks it one question at a time; what it writes on standard error is passed on. */
export function peer(name: string, { file, parameters, environment }: Command): Peer {
  const child = spawn(file, parameters, {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, ...environment },
  });
  const ended = endOf(name, child);
  ended.catch(() => {}); // whoever asks is told
  const lines = createInterface({ input: child.stdout! })[Symbol.asyncIterator]();
  const ask = async <Answer>(question: object): Promise<Answer> => {
    child.stdin!.write(`${JSON.stringify(question)}\n`);
    const line = await lines.next();
    if (line.done) {
      await ended;
      throw new PeerError(`${name} ended before it answered`);
    }
    const answer = JSON.parse(line.value) as Answer | Failed;
    if (typeof answer === 'object' && answer && 'error' in answer) throw new PeerError(`${name}: ${answer.error}`);
    return answer as Answer;
  };
  return {
    name,
    prepare: (setup) => ask<Prepared>({ ask: 'prepare', ...setup }),
    peak: (rounds) => ask<Peak>({ ask: 'peak', rounds }),
    step: (variant) => ask<Stepped>({ ask: 'step', variant }),
    close: async () => {
      child.stdin!.end();
      await ended.catch(() => {});
    },
  };
}

/** Settles with the process; rejects unless it ended well. */
const endOf = (name: string, child: ChildProcess): Promise<void> =>
  new Promise((resolve, reject) => {
    child.stdin!.on('error', () => {}); // the exit code says more than a broken pipe
    child.on('error', (cause) => reject(new PeerError(`${name} cannot be started: ${cause.message}`, { cause })));
    child.on('close', (code, signal) => {
      if (code === 0) resolve();
      else reject(new PeerError(`${name} ended with ${signal ?? `exit code ${code}`}`));
    });
  });

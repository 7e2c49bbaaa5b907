import { type ChildProcess, fork } from 'node:child_process';

/** What a child answers to a job. */
type Answer<Result> = { readonly result: Result } | { readonly error: string };

/**
 * Does jobs in child processes, each of which does one at a time: as many cores are used as there are children.
 *
 * @param file What a child runs: it answers each message, a job, with `{ result }` or `{ error }`.
 * @param told Is told of each job as it ends, in the order in which they end.
 */
export async function inChildren<Job extends object, Result>(
  file: URL,
  jobs: readonly Job[],
  { children, environment }: { readonly children: number; readonly environment: Readonly<Record<string, string>> },
  told: (job: Job, answer: Answer<Result>) => Promise<void> | void,
): Promise<void> {
  const waiting = [...jobs];
  const worker = async (): Promise<void> => {
    let child: ChildProcess | undefined;
    try {
      for (let job = waiting.shift(); job; job = waiting.shift()) {
        child = child?.connected
          ? child
          : fork(file, { execArgv: ['--import', 'tsx'], env: { ...process.env, ...environment } });
        await told(job, await answerOf<Result>(child, job));
      }
    } finally {
      if (child?.connected) child.disconnect();
    }
  };
  await Promise.all(Array.from({ length: Math.min(children, jobs.length) }, worker));
}

/** A child that ends without a word has failed at its job; the next job gets a new one. */
const answerOf = <Result>(child: ChildProcess, job: object): Promise<Answer<Result>> =>
  new Promise((resolve) => {
    const done = (answer: Answer<Result>) => {
      child.off('message', heard).off('exit', ended).off('error', failed);
      resolve(answer);
    };
    const heard = (answer: unknown) => done(answer as Answer<Result>);
    const ended = (code: number | null, signal: string | null) =>
      done({ error: `the process ended with ${signal ?? `exit code ${code}`}` });
    const failed = (error: Error) => done({ error: error.message });
    child.on('message', heard).on('exit', ended).on('error', failed);
    child.send(job);
  });

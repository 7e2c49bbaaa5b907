import { spawn } from 'node:child_process';

/** How a program ended, and what it said; addresses, which may hold a password, are left out. */
export interface Ended {
  readonly code: number | null;
  readonly output: string;
}

/** Replaces every address by `<address>`, and drops pip's lines about which indexes it looks in. */
export const withoutAddresses = (text: string): string =>
  text
    .split(/\r?\n/)
    .filter((line) => !/^\s*Looking in (indexes|links)/i.test(line))
    .join('\n')
    .replaceAll(/\b[a-z][a-z0-9+.-]*:\/\/[^\s'"<>)]*/gi, '<address>');

/**
 * Runs a program without a shell and without input, and collects what it says instead of passing it on.
 *
 * @throws The signal's reason when aborted, the program and its children stopped; an Error if it cannot be started.
 */
export async function runQuietly(
  command: readonly string[],
  options: { readonly cwd: string; readonly env: NodeJS.ProcessEnv; readonly signal?: AbortSignal | undefined },
): Promise<Ended> {
  const [program, ...arguments_] = command as [string, ...string[]];
  const { cwd, env, signal } = options;
  signal?.throwIfAborted();
  // A group of its own, so that what it starts ends with it.
  const group = process.platform !== 'win32';
  const child = spawn(program, arguments_, {
    cwd,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: group,
    windowsHide: true,
  });
  let output = '';
  const hear = (data: Buffer) => {
    output = (output + data.toString()).slice(-20_000);
  };
  child.stdout.on('data', hear);
  child.stderr.on('data', hear);
  const stop = () => {
    try {
      if (group && child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
      else child.kill('SIGKILL');
    } catch {
      // It has ended already.
    }
  };
  signal?.addEventListener('abort', stop);
  try {
    const code = await new Promise<number | null>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', resolve);
    });
    signal?.throwIfAborted();
    return { code, output: withoutAddresses(output) };
  } finally {
    signal?.removeEventListener('abort', stop);
  }
}

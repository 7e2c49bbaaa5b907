import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** How a command is run. */
export interface Running {
  readonly cwd: string;
  readonly env?: NodeJS.ProcessEnv;
}

/**
 * Runs a command to its end.
 *
 * @returns What it printed on standard output.
 * @throws Error with all it printed if its exit code is not 0.
 */
export async function ran(command: string, args: readonly string[], { cwd, env = process.env }: Running) {
  const child = spawn(command, args, {
    cwd,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
    shell: process.platform === 'win32',
  });
  let [out, all] = ['', ''];
  child.stdout.on('data', (text: Buffer) => {
    out += text;
    all += text;
  });
  child.stderr.on('data', (text: Buffer) => {
    all += text;
  });
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`${command} ${args.join(' ')} ended with exit code ${code}:\n${all}`);
  return out;
}

/** An environment, this process's unless said, without what npm, pnpm and vitest put into that of their scripts, and with more. */
export const environment = (
  more: Readonly<Record<string, string>>,
  env: NodeJS.ProcessEnv = process.env,
): NodeJS.ProcessEnv => ({
  ...Object.fromEntries(
    Object.entries(env).filter(([name]) => !/^(?:npm_|pnpm_|NODE_OPTIONS$|TSX_|VITEST)/i.test(name)),
  ),
  ...more,
});

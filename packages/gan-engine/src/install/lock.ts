import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const BEAT = 5_000;
const DEAD_AFTER = 60_000;

/** How long to wait between two looks at another's lock, in ms. */
const PATIENCE = 200;

export interface Lock {
  readonly release: () => Promise<void>;
}

/**
 * Takes the lock `path`, a folder with the process that made it, which keeps it fresh. One whose process has ended on
 * this machine, or that nobody has refreshed for a minute, is taken over.
 *
 * @param options.onWait Called once, with the process that has it, if it has to be waited for.
 * @param options.done Asked while waiting: if what the lock guards has been done meanwhile, there is no lock to take.
 * @throws What the file system says if the folder cannot be made; the signal's reason when aborted.
 */
export async function takeLock(
  path: string,
  options: { onWait?: (holder: string) => void; done?: () => boolean; signal?: AbortSignal | undefined } = {},
): Promise<Lock | undefined> {
  for (let waited = false; ; ) {
    options.signal?.throwIfAborted();
    if (await tryToMake(path)) return hold(path);
    if (options.done?.()) return undefined;
    const holder = await holderOf(path);
    if (holder === undefined) continue;
    if (holder.dead) {
      await discard(path, holder.token);
      continue;
    }
    if (!waited) options.onWait?.(holder.name);
    waited = true;
    await sleep(PATIENCE, undefined, options.signal ? { signal: options.signal } : {});
  }
}

async function tryToMake(path: string): Promise<boolean> {
  try {
    await mkdir(path, { mode: 0o700 });
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw cause;
  }
  await writeFile(
    join(path, 'holder.json'),
    JSON.stringify({ pid: process.pid, host: hostname(), token: randomUUID() }),
  );
  return true;
}

function hold(path: string): Lock {
  const beat = setInterval(() => void utimes(path, new Date(), new Date()).catch(() => {}), BEAT);
  beat.unref();
  return {
    release: async () => {
      clearInterval(beat);
      await rm(path, { recursive: true, force: true });
    },
  };
}

interface Holder {
  readonly name: string;
  readonly token: string | undefined;
  readonly dead: boolean;
}

/** Who has the lock, or undefined if it is gone. */
async function holderOf(path: string): Promise<Holder | undefined> {
  const found = await stat(path).catch(() => undefined);
  if (!found) return undefined;
  const { pid, host, token } = await cardOf(path);
  const ended = host === hostname() && pid !== undefined && !isAlive(pid);
  const name = pid === undefined ? 'another process' : `process ${pid} on ${host}`;
  return { name, token, dead: ended || Date.now() - found.mtimeMs > DEAD_AFTER };
}

interface Card {
  readonly pid?: number;
  readonly host?: string;
  readonly token?: string;
}

const cardOf = async (path: string): Promise<Card> =>
  readFile(join(path, 'holder.json'), 'utf8')
    .then((text) => JSON.parse(text) as Card)
    .catch(() => ({}));

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (cause) {
    return (cause as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Moved away first, and back if it is another's after all: of two that find one dead lock, only one removes it. */
async function discard(path: string, token: string | undefined): Promise<void> {
  const away = `${path}.${randomUUID()}`;
  await rename(path, away).catch(() => {});
  if ((await stat(away).catch(() => undefined)) && (await cardOf(away)).token !== token)
    await rename(away, path).catch(() => {});
  await rm(away, { recursive: true, force: true });
}

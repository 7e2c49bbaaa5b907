import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildFolder, type InstallProgress } from '../../packages/gan-engine/src/install/build-folder.js';
import { takeLock } from '../../packages/gan-engine/src/install/lock.js';
import { nameOf, type Pins } from '../../packages/gan-engine/src/libtorch/pins.js';
import { platformName } from '../../packages/gan-engine/src/libtorch/platform.js';
import { compileBinding } from './binding.js';
import { installModules, LOCKFILE, shareModules } from './modules.js';
import { tensorflowPins } from './pins.js';
import { requirements } from './requirements.js';

/** What says that a folder is ours, and what it was made of. */
const CARD = 'built.json';

/** What is built, and where. */
export interface Building {
  /** The folder, which is not there yet or was made by this. */
  readonly into: string;
  readonly env?: NodeJS.ProcessEnv;
  /** The library; that of this platform unless said. */
  readonly pins?: Pins;
  readonly onProgress?: (progress: InstallProgress) => void;
  /** Told of each stage. */
  readonly onStage?: (stage: string) => void;
}

/**
 * Builds `@tensorflow/tfjs-node` and `@tensorflow/tfjs-node-gpu` against TensorFlow's C library for the processor, both as the
 * registries have them: the library from its wheel, each file checked against its SHA-256, the packages by their lockfile. A
 * folder that holds just this is kept. It appears whole or not at all.
 *
 * @returns Whether it was built now.
 * @throws TypeError if the folder is there and is another's. LackingError naming what this machine lacks. EngineError or Error with what
 *   pip, npm or the compiler says.
 */
export async function built(options: Building): Promise<boolean> {
  const { into, env = process.env } = options;
  assertOurs(into);
  const { compiler, pins } = await requirements(options.pins ?? tensorflowPins(platformName()), env);
  const card = cardOf(pins);
  const done = () => isBuilt(into, card, pins);
  await mkdir(dirname(into), { recursive: true });
  const lock = done() ? undefined : await takeLock(`${into}.lock`, { done });
  const fresh = lock !== undefined && !done();
  try {
    if (fresh) await build({ ...options, env, pins }, compiler, card);
  } finally {
    await lock?.release();
  }
  await shareModules(into);
  return fresh;
}

/** Whose files it is made of, in a line: another line is another build. */
function cardOf(pins: Pins): string {
  const binding = readFileSync(fileURLToPath(new URL('./binding.ts', import.meta.url)));
  const hash = createHash('sha256').update(JSON.stringify(pins)).update(readFileSync(LOCKFILE)).update(binding);
  return JSON.stringify({ of: hash.digest('hex'), tensorflow: pins.version });
}

const isBuilt = (folder: string, card: string, { packages }: Pins): boolean =>
  existsSync(join(folder, CARD)) &&
  readFileSync(join(folder, CARD), 'utf8') === card &&
  packages
    .flatMap(({ files }) => files)
    .every((file) => statSync(placeOf(folder, nameOf(file)), { throwIfNoEntry: false })?.size === file.bytes);

/** Where a pinned file lies: pins name it by its path below `tensorflow`, `--` for `/`. */
const placeOf = (folder: string, name: string): string => join(folder, 'tensorflow', ...name.split('--'));

function assertOurs(folder: string): void {
  if (existsSync(folder) && !existsSync(join(folder, CARD)))
    throw new TypeError(`--into must be a folder that is not there yet or that this has built, but is ${folder}`);
}

type Complete = Building & Required<Pick<Building, 'env' | 'pins'>>;

async function build({ into, env, pins, onProgress, onStage }: Complete, compiler: string, card: string) {
  const work = await mkdtemp(`${into}.building-`);
  try {
    const made = join(work, 'made');
    await mkdir(made);
    onStage?.('installing the packages, no script of theirs run');
    await installModules(made, env);
    const fetched = join(work, 'fetched');
    await buildFolder({ env, pins, cache: work, folder: fetched, ...(onProgress && { onProgress }) });
    for (const name of await readdir(fetched)) {
      const place = placeOf(made, name);
      await mkdir(dirname(place), { recursive: true });
      await rename(join(fetched, name), place);
    }
    onStage?.(`compiling the binding with ${compiler}`);
    await compileBinding(made, compiler, env);
    await writeFile(join(made, CARD), card);
    if (existsSync(into)) await rename(into, join(work, 'replaced'));
    await rename(made, into);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

import type { Checkpoint } from './checkpoint.js';
import { type CheckpointFiles, decodeCheckpoint, encodeCheckpoint } from './checkpoint-files.js';
import { FormatError } from './format-error.js';

const names = ['manifest.json', 'tensors.safetensors'] as const;

/** The disk of Node, loaded when first needed, so that this package loads where there is none. */
async function disk() {
  const [fs, path] = await Promise.all([import('node:fs/promises'), import('node:path')]);
  return { ...fs, ...path };
}

/** What waits for the folder: two writers of one process take turns. */
const queues = new Map<string, Promise<void>>();

/**
 * Writes a checkpoint as the folder `folder` (`manifest.json` and `tensors.safetensors`). It is written beside, to
 * `<folder>.new.<process>`, brought to the disk, and renamed; a checkpoint that is there already is moved to
 * `<folder>.old` meanwhile and removed afterwards. So whenever the writer is killed there is a whole checkpoint, which
 * `readCheckpoint` finds; what a killed writer left is removed by the next one.
 *
 * One process at a time may write to a folder. The folders above are made.
 *
 * @throws TypeError if the manifest is no JSON, or a tensor's values do not fit its dtype and shape.
 * @throws FormatError if `folder` is there and holds anything but a checkpoint: it is left as it is.
 */
export async function writeCheckpoint(folder: string, checkpoint: Checkpoint): Promise<void> {
  const files = await encodeCheckpoint(checkpoint);
  const place = (await disk()).resolve(folder);
  const turn = (queues.get(place) ?? Promise.resolve()).then(() => replace(place, files));
  queues.set(
    place,
    turn.catch(() => undefined),
  );
  return turn;
}

async function replace(folder: string, files: CheckpointFiles): Promise<void> {
  const { basename, dirname, join, mkdir, readdir, rename } = await disk();
  const above = dirname(folder);
  await mkdir(above, { recursive: true });
  const old = `${folder}.old`;
  const fresh = `${folder}.new.${process.pid}`;
  for (const entry of await readdir(above)) {
    const writer = entry.startsWith(`${basename(folder)}.new.`) ? entry.slice(basename(folder).length + 5) : '';
    if (/^\d+$/.test(writer) && !isOtherProcess(Number(writer))) await remove(join(above, entry));
  }
  // Without a folder, what a killed writer had moved away is the only checkpoint: it stays until the new one is there.
  const replaced = await isCheckpoint(folder);
  if (replaced) await remove(old);
  else await isCheckpoint(old);
  try {
    await mkdir(fresh);
    for (const name of names) await writeThrough(join(fresh, name), files[name]);
    await syncFolder(fresh);
    if (replaced) await rename(folder, old);
    await rename(fresh, folder);
  } catch (error) {
    await remove(fresh);
    throw error;
  }
  await syncFolder(above);
  await remove(old);
}

/**
 * The checkpoint in a folder.
 *
 * @throws FormatError if there is none, or a file of it is missing or damaged or made by a later version: it names the
 * file and what was expected.
 */
export async function readCheckpoint(folder: string): Promise<Checkpoint> {
  try {
    return await read(folder);
  } catch (error) {
    // A writer may have replaced the folder between the reading of one file and of the other: look once more.
    if (error instanceof FormatError) return read(folder);
    throw error;
  }
}

async function read(folder: string): Promise<Checkpoint> {
  const { access, join, readFile } = await disk();
  const isThere = (path: string) =>
    access(path).then(
      () => true,
      () => false,
    );
  const place = !(await isThere(folder)) && (await isThere(`${folder}.old`)) ? `${folder}.old` : folder;
  if (!(await isThere(place)))
    throw new FormatError(folder, `there is no checkpoint: expected a folder with ${names.join(' and ')}`);
  const at = (name: string) => join(place, name);
  const contents = await Promise.all(
    names.map((name) =>
      readFile(at(name)).catch((error: NodeJS.ErrnoException) => {
        throw new FormatError(at(name), `a checkpoint has this file, but it can't be read (${error.code})`, {
          cause: error,
        });
      }),
    ),
  );
  return decodeCheckpoint({ 'manifest.json': contents[0]!, 'tensors.safetensors': contents[1]! }, at);
}

/**
 * Whether the folder is there.
 *
 * @throws FormatError if it holds anything that is no part of a checkpoint.
 */
async function isCheckpoint(folder: string): Promise<boolean> {
  const { readdir } = await disk();
  const entries = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    if (error.code !== 'ENOTDIR') throw error;
    throw new FormatError(folder, 'a checkpoint is a folder, but this is a file', { cause: error });
  });
  const stranger = entries?.find((entry) => !(names as readonly string[]).includes(entry));
  if (stranger !== undefined)
    throw new FormatError(folder, `it is no checkpoint and will not be replaced: it holds '${stranger}'`);
  return entries !== undefined;
}

/** Removes a checkpoint, whole or partial, and nothing else. */
async function remove(folder: string): Promise<void> {
  const { rm } = await disk();
  if (await isCheckpoint(folder)) await rm(folder, { recursive: true });
}

async function writeThrough(path: string, bytes: Uint8Array): Promise<void> {
  const { open } = await disk();
  const file = await open(path, 'wx');
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Brings a folder's entries to the disk; Windows neither can nor needs to. */
async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const { open } = await disk();
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

/** Whether another process of that number lives. */
function isOtherProcess(number: number): boolean {
  if (number === process.pid) return false;
  try {
    process.kill(number, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

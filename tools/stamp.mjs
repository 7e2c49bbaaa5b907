// @ts-check
// Remembers what a step was last done for, so that it is skipped when nothing has changed.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the repository. */
export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** Nothing in these changes what is installed or built. */
const IGNORED = /(?:^|\/)(?:node_modules|dist|golden|\.turbo)$|\.(?:test|test-d|cases|fixture)\.ts$/;

/**
 * All files below the given paths, relative to the repository.
 *
 * @param {readonly string[]} paths
 * @returns {string[]}
 */
function filesBelow(paths) {
  return paths.flatMap((path) => {
    const entry = statSync(join(root, path), { throwIfNoEntry: false });
    if (!entry || IGNORED.test(path)) return [];
    return entry.isDirectory() ? filesBelow(readdirSync(join(root, path)).map((name) => `${path}/${name}`)) : [path];
  });
}

/**
 * @param {string} step Its name.
 * @param {{ inputs: readonly string[], outputs: readonly string[] }} files What it reads, and what must be there afterwards.
 */
export function stamp(step, { inputs, outputs }) {
  const path = join(root, 'node_modules', '.cache', 'gan', step);
  const hash = createHash('sha256').update(`${process.platform} ${process.arch}\n`);
  for (const file of filesBelow(inputs).sort())
    hash
      .update(`${file}\n`)
      .update(readFileSync(join(root, file)))
      .update('\n');
  const now = hash.digest('hex');
  return {
    /** Whether the step was done for these very files, and what it made is still there. */
    isFresh: () =>
      existsSync(path) &&
      readFileSync(path, 'utf8') === now &&
      outputs.every((output) => existsSync(join(root, output))),
    forget: () => rmSync(path, { force: true }),
    renew: () => {
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, now);
    },
  };
}

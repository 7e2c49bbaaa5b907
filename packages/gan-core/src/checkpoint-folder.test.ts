import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, rename, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ModuleKind, ScriptTarget, transpileModule } from 'typescript';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { testCheckpoint } from './checkpoint.fixture.js';
import type { Checkpoint } from './checkpoint.js';
import { readCheckpoint, writeCheckpoint } from './checkpoint-folder.js';
import { FormatError } from './format-error.js';
import { Words } from './words.js';

let above: string;
let folder: string;
beforeEach(async () => {
  above = await mkdtemp(join(tmpdir(), 'gan-checkpoint-'));
  folder = join(above, 'runs', 'try', 'checkpoint');
});
afterEach(() => rm(above, { recursive: true }));

/** A module beside this test and all that it imports, in JavaScript, so that plain Node starts it quickly. */
async function compiled(module: string, to: string): Promise<string> {
  const options = { module: ModuleKind.ESNext, target: ScriptTarget.ES2022, verbatimModuleSyntax: true };
  await mkdir(to, { recursive: true });
  await writeFile(join(to, 'package.json'), '{ "type": "module" }');
  const waiting = [module];
  for (const name of waiting) {
    const source = await readFile(new URL(name.replace(/js$/, 'ts'), import.meta.url), 'utf8');
    const { outputText } = transpileModule(source, { compilerOptions: options });
    await writeFile(join(to, name), outputText);
    for (const [, imported] of outputText.matchAll(/from '(\.\/[^']+)'/g))
      if (!waiting.includes(imported!)) waiting.push(imported!);
  }
  return join(to, module);
}

const beside = () => readdir(join(folder, '..'));

describe('a checkpoint in a folder', () => {
  it('reads as it was written, twice over', async () => {
    await writeCheckpoint(folder, testCheckpoint(0));
    expect(await readCheckpoint(folder)).toEqual(testCheckpoint(0));
    await writeCheckpoint(folder, testCheckpoint(1));
    expect(await readCheckpoint(folder)).toEqual(testCheckpoint(1));
    expect(await beside()).toEqual(['checkpoint']);
    expect((await readdir(folder)).sort()).toEqual(['manifest.json', 'tensors.safetensors']);
  });

  it('has a manifest that people can read', async () => {
    await writeCheckpoint(folder, testCheckpoint(12));
    expect(await readFile(join(folder, 'manifest.json'), 'utf8')).toContain('\n  "step": 12,\n');
  });

  it('lets two writers of one process take turns, and goes on after one that failed', async () => {
    const bad = { ...testCheckpoint(2), manifest: { ...testCheckpoint(2).manifest, engine: Number.NaN } };
    const writes = [testCheckpoint(1), bad, testCheckpoint(3)].map((each) => writeCheckpoint(folder, each));
    const results = await Promise.allSettled(writes);
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(await readCheckpoint(folder)).toEqual(testCheckpoint(3));
    expect(await beside()).toEqual(['checkpoint']);
  });

  it('survives 20 kills of its writer: always whole, never older than what was confirmed', async () => {
    const child = await compiled('./checkpoint-folder.child.js', join(above, 'compiled'));
    const words = new Words(Uint32Array.of(2, 0, 0, 0));
    let next = 0;
    for (let kill = 0; kill < 20; kill++) {
      const writer = spawn(process.execPath, [child, folder, `${next}`], { stdio: ['ignore', 'pipe', 'inherit'] });
      let said = '';
      writer.stdout.setEncoding('utf8').on('data', (text: string) => {
        said += text;
      });
      const closed = once(writer, 'close');
      await once(writer.stdout, 'data');
      await new Promise((resolve) => setTimeout(resolve, words.next() % 25));
      writer.kill('SIGKILL');
      await closed;
      const confirmed = Number(said.trim().split('\n').at(-1));
      const read = await readCheckpoint(folder);
      const { step } = read.manifest;
      expect(step === confirmed || step === confirmed + 1, `${confirmed} confirmed, ${step} read`).toBe(true);
      expect(read).toEqual(testCheckpoint(step));
      next = step + 1;
    }
    await writeCheckpoint(folder, testCheckpoint(next));
    expect(await beside()).toEqual(['checkpoint']);
  });

  it('finds the earlier checkpoint when the writer was killed between moving it away and the new one in', async () => {
    await writeCheckpoint(folder, testCheckpoint(1));
    await rename(folder, `${folder}.old`);
    await mkdir(`${folder}.new.999999999`);
    await writeFile(join(`${folder}.new.999999999`, 'tensors.safetensors'), 'half');
    expect(await readCheckpoint(folder)).toEqual(testCheckpoint(1));
    await writeCheckpoint(folder, testCheckpoint(2));
    expect(await readCheckpoint(folder)).toEqual(testCheckpoint(2));
    expect(await beside()).toEqual(['checkpoint']);
  });

  it('removes the earlier checkpoint that a killed writer had not yet removed, and nobody else’s work', async () => {
    await writeCheckpoint(folder, testCheckpoint(1));
    await rename(folder, `${folder}.old`);
    await writeCheckpoint(folder, testCheckpoint(2));
    await writeCheckpoint(`${folder}.old`, testCheckpoint(1));
    // The parent of this process lives: its temporary folder stays.
    const living = `checkpoint.new.${process.ppid}`;
    await mkdir(join(folder, '..', living));
    await writeCheckpoint(folder, testCheckpoint(3));
    expect((await beside()).sort()).toEqual(['checkpoint', living]);
  });

  it('never replaces a folder or a file that is no checkpoint', async () => {
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, 'thesis.tex'), 'the only copy');
    await expect(writeCheckpoint(folder, testCheckpoint(1))).rejects.toThrow(
      "it is no checkpoint and will not be replaced: it holds 'thesis.tex'",
    );
    expect(await readFile(join(folder, 'thesis.tex'), 'utf8')).toBe('the only copy');
    expect(await beside()).toEqual(['checkpoint']);
    const file = join(folder, 'thesis.tex');
    await expect(writeCheckpoint(file, testCheckpoint(1))).rejects.toThrow(
      'a checkpoint is a folder, but this is a file',
    );
    expect(await readdir(folder)).toEqual(['thesis.tex']);
  });

  it('refuses what a file would change, and writes nothing then', async () => {
    const { manifest, tensors } = testCheckpoint(1);
    const write = (change: object, all: Checkpoint['tensors'] = tensors) =>
      writeCheckpoint(folder, { manifest: { ...manifest, ...change }, tensors: all });
    await expect(write({ game: { rate: Number.NaN } })).rejects.toThrow(
      'the manifest.game.rate must be JSON, but is NaN',
    );
    await expect(write({ game: [undefined] })).rejects.toThrow('the manifest.game.0 must be JSON, but is undefined');
    await expect(write({ engine: new Date(0) })).rejects.toThrow('the manifest.engine must be JSON, but is a Date');
    await expect(write({ step: -1 })).rejects.toThrow('the step of a manifest must be a whole number of at least 0');
    await expect(write({ format: 2 })).rejects.toThrow('the format of a manifest must be 1, but is 2');
    await expect(write({ integrity: 1 })).rejects.toThrow("a manifest can't have the key 'integrity'");
    await expect(write({}, { a: { dtype: 'float32', shape: [2], values: Float32Array.of(1) } })).rejects.toThrow(
      "tensor 'a' must have a Float32Array of 2 values",
    );
    expect(await readdir(above)).toEqual([]);
  });

  it('says what is missing', async () => {
    await expect(readCheckpoint(folder)).rejects.toThrow(FormatError);
    await expect(readCheckpoint(folder)).rejects.toThrow(
      `${folder}: there is no checkpoint: expected a folder with manifest.json and tensors.safetensors`,
    );
    for (const name of ['manifest.json', 'tensors.safetensors']) {
      await writeCheckpoint(folder, testCheckpoint(1));
      await rm(join(folder, name));
      await expect(readCheckpoint(folder)).rejects.toThrow(FormatError);
      await expect(readCheckpoint(folder)).rejects.toThrow(
        `${join(folder, name)}: a checkpoint has this file, but it can't be read (ENOENT)`,
      );
    }
  });

  it('refuses a checkpoint of a later version by its number', async () => {
    await writeCheckpoint(folder, testCheckpoint(1));
    await writeFile(join(folder, 'manifest.json'), '{ "format": 2, "anything": "else" }');
    await expect(readCheckpoint(folder)).rejects.toThrow(
      `${join(folder, 'manifest.json')}: this version of @gan/core reads checkpoints of format 1, but the format is 2`,
    );
  });

  it('refuses a truncated file, whatever is left of it', async () => {
    for (const name of ['manifest.json', 'tensors.safetensors']) {
      await writeCheckpoint(folder, testCheckpoint(1));
      const { length } = await readFile(join(folder, name));
      // The last byte of the manifest is a line feed, which says nothing: one more goes.
      for (const size of [length - 2, length >> 1, 100, 8, 7, 1, 0]) {
        await truncate(join(folder, name), size);
        const error = await readCheckpoint(folder).catch((caught: unknown) => caught);
        expect(error).toBeInstanceOf(FormatError);
        expect((error as FormatError).where).toBe(join(folder, name));
      }
    }
  });

  it('refuses a file that grew', async () => {
    await writeCheckpoint(folder, testCheckpoint(1));
    const name = join(folder, 'tensors.safetensors');
    const bytes = await readFile(name);
    await writeFile(name, Uint8Array.of(...bytes, 0));
    await expect(readCheckpoint(folder)).rejects.toThrow(
      `${bytes.length} bytes were written, but it has ${bytes.length + 1}`,
    );
  });

  it('notices every flipped bit of the manifest that means anything, and any of the tensors', async () => {
    await writeCheckpoint(folder, testCheckpoint(1));
    const words = new Words(Uint32Array.of(3, 0, 0, 0));
    const flips = async (name: string, bits: readonly number[]) => {
      const bytes = await readFile(join(folder, name));
      let unnoticed = 0;
      for (const bit of bits) {
        const flipped = Uint8Array.from(bytes);
        flipped[bit >> 3]! ^= 1 << (bit & 7);
        await writeFile(join(folder, name), flipped);
        const read = await readCheckpoint(folder).catch((error: unknown) => error);
        if (read instanceof FormatError) expect(read.where).toBe(join(folder, name));
        else {
          // A tab is as good as a line feed.
          expect(read).toEqual(testCheckpoint(1));
          unnoticed++;
        }
      }
      await writeFile(join(folder, name), bytes);
      return unnoticed;
    };
    const { length } = await readFile(join(folder, 'manifest.json'));
    const random = (count: number, below: number) => Array.from({ length: count }, () => words.next() % below);
    expect(await flips('manifest.json', random(600, 8 * length))).toBeLessThan(60);
    const size = (await readFile(join(folder, 'tensors.safetensors'))).length;
    expect(await flips('tensors.safetensors', [...random(60, 8 * size), ...random(60, 8 * 300)])).toBe(0);
    expect(await readCheckpoint(folder)).toEqual(testCheckpoint(1));
  });
});

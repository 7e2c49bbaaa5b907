import '@tensorflow/tfjs-backend-cpu';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Dataset, FormatError, random, type Tensors } from '@gan/core';
import { checkDataset } from '@gan/core/testing';
import { memory } from '@tensorflow/tfjs-core';
import { afterAll, describe, expect, expectTypeOf, it } from 'vitest';
import { openMoji } from './open-moji.js';

const folder = mkdtempSync(join(tmpdir(), 'gan-emoji-'));
afterAll(() => rmSync(folder, { recursive: true }));
/** Small, so that drawing is quick; both styles are drawn once. */
const small = { size: 8, folder } as const;
const all = await openMoji({ ...small, style: 'paired' });

const drawn = async (data: Dataset, index = 0, size = 32): Promise<Record<string, number[]>> => {
  const batch: Tensors = await data.batch({ index, size, random: random(1) });
  const values = Object.entries(batch).map(([name, tensor]) => [name, Array.from(tensor.dataSync())]);
  for (const tensor of Object.values(batch)) tensor.dispose();
  return Object.fromEntries(values);
};

describe('openMoji', () => {
  it('has the 4,495 emoji of the package in 12 groups, with captions, sizes in the type', () => {
    // node -p "require('openmoji').openmojis.length", and by group.
    expect([all.size, all.classNames.length]).toEqual([4495, 12]);
    const counts = all.classNames.map((name) => all.emoji.filter(({ group }) => group === name).length);
    expect(counts).toEqual([171, 2418, 9, 160, 131, 219, 85, 266, 224, 270, 405, 137]);
    expect(all.emoji[0]).toEqual({
      hexcode: '1F600',
      group: 'smileys-emotion',
      caption: 'grinning face',
      skinTone: false,
      heldOut: createHash('sha256').update('1F600').digest()[0]! < 26,
    });
    expectTypeOf(all.ports).branded.toEqualTypeOf<{
      readonly sample: readonly [8, 8, 3];
      readonly line: readonly [8, 8, 1];
      readonly classes: 12;
    }>();
    expect(all.attribution).toMatch(/OpenMoji \d+\.\d+\.\d+.* CC BY-SA 4\.0/);
  });

  it('draws in colour on white, and the same emoji as grey line art beside it', async () => {
    const before = memory().numTensors;
    const { sample, line } = await drawn(await openMoji({ ...small, style: 'paired', groups: ['smileys-emotion'] }));
    expect(memory().numTensors).toBe(before);
    expect([sample!.length, line!.length]).toEqual([32 * 8 * 8 * 3, 32 * 8 * 8]);
    for (const values of [sample!, line!]) {
      expect(Math.max(...values)).toBe(1);
      expect(Math.min(...values)).toBeGreaterThanOrEqual(-1);
    }
    // Faces are yellow: there is less blue than red in all pictures together.
    const channel = (c: number) => sample!.filter((_, i) => i % 3 === c).reduce((sum, value) => sum + value, 0);
    expect(channel(2)).toBeLessThan(channel(0) - 100);
  });

  it('pairs the drawings of one emoji, or takes the line art from the same set in another order', async () => {
    const options = { ...small, groups: ['flags'], skinTones: false } as const;
    const [paired, unpaired] = [
      await openMoji({ ...options, style: 'paired' }),
      await openMoji({ ...options, style: 'unpaired' }),
    ];
    const [one, other] = [await drawn(paired, 0, 270), await drawn(unpaired, 0, 270)];
    expect(other['sample']).toEqual(one['sample']);
    expect(other['line']).not.toEqual(one['line']);
    const pictures = (values: number[]) =>
      Array.from({ length: 270 }, (_, k) => values.slice(64 * k, 64 * k + 64).join());
    expect(pictures(other['line']!).sort()).toEqual(pictures(one['line']!).sort());
  });

  it('gives line art of one channel, and the groups in the order they were asked for as classes', async () => {
    const data = await openMoji({ ...small, style: 'line', groups: ['food-drink', 'activities'] });
    expect(data.ports).toEqual({ sample: [8, 8, 1], classes: 2 });
    expectTypeOf(data.ports.classes).toEqualTypeOf<2>();
    const { classes } = await drawn(data, 0, data.size);
    // 131 emoji of food, 85 of activities.
    expect([0, 1].map((id) => classes!.filter((value) => value === id).length)).toEqual([131, 85]);
  });

  it('splits by hash, an emoji on the same side as its skin tones', async () => {
    const [train, held] = [
      await openMoji({ ...small, split: 'train' }),
      await openMoji({ ...small, split: 'held-out' }),
    ];
    expect(train.size + held.size).toBe(4495);
    expect(held.emoji.every(({ heldOut }) => heldOut)).toBe(true);
    const base = (hexcode: string) =>
      hexcode
        .split('-')
        .filter((code) => !/^1F3F[B-F]$|^FE0F$/.test(code))
        .join('-');
    const trained = new Set(
      train.emoji.filter(({ group }) => group === 'people-body').map(({ hexcode }) => base(hexcode)),
    );
    const alone = held.emoji.filter(({ group, skinTone }) => group === 'people-body' && !skinTone);
    expect(alone.filter(({ hexcode }) => trained.has(base(hexcode)))).toEqual([]);
    const plain = await openMoji({ ...small, skinTones: false });
    expect(plain.size).toBe(4495 - 2030);
  });

  it('keeps what it has drawn, and draws what is damaged anew', async () => {
    const files = readdirSync(folder);
    expect(files.length).toBe(2);
    const path = join(folder, files.find((name) => name.includes('line'))!);
    const whole = readFileSync(path);
    // 4,495 pictures of 64 bytes and a hash.
    expect(whole.length).toBe(4495 * 64 + 32);
    const damaged = Buffer.from(whole);
    damaged[1000]! ^= 1;
    writeFileSync(path, damaged);
    const { pixels } = await openMoji({ ...small, style: 'line' });
    expect(Buffer.from(pixels).equals(whole.subarray(0, -32))).toBe(true);
    expect(readFileSync(path).equals(whole)).toBe(true);
  });

  it('keeps the contract of a data set', async () => {
    await checkDataset(await openMoji({ ...small, style: 'unpaired', flip: true }), { name: 'openMoji' });
  });

  it('refuses what it does not have, with a sentence', async () => {
    // @ts-expect-error: no such group
    await expect(openMoji({ ...small, groups: ['smileys'] })).rejects.toThrow(
      /^a group must be one of 'smileys-emotion', /,
    );
    await expect(openMoji({ ...small, groups: ['flags', 'flags'] })).rejects.toThrow(
      new TypeError("groups names 'flags' twice"),
    );
    await expect(openMoji({ ...small, groups: [] })).rejects.toThrow(
      new TypeError('groups must be a list of at least one group, but is []'),
    );
    await expect(openMoji({ size: 0, folder })).rejects.toThrow(TypeError);
    // @ts-expect-error: no such style
    await expect(openMoji({ ...small, style: 'black' })).rejects.toThrow(
      new TypeError("style must be one of 'color', 'line', 'paired', 'unpaired', but is 'black'"),
    );
  });

  it.skipIf(process.platform === 'win32')('says when the pictures cannot be kept', async () => {
    const inAFile = join(folder, 'file');
    writeFileSync(inAFile, '');
    await expect(openMoji({ size: 8, style: 'line', folder: join(inAFile, 'x') })).rejects.toThrow(
      new FormatError(join(inAFile, 'x'), 'cannot keep the pictures: EEXIST'),
    );
    rmSync(inAFile);
  });
});

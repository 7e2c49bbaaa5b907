import '@tensorflow/tfjs-backend-cpu';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkDataset } from '@gan/core/testing';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { digits } from './digits.js';
import { gaussianGrid } from './gaussian-grid.js';
import { imageFolder } from './image-folder.js';
import { inMemory } from './in-memory.js';
import { ring } from './ring.js';
import { swissRoll } from './swiss-roll.js';

const folder = mkdtempSync(join(tmpdir(), 'gan-conformance-'));
beforeAll(async () => {
  for (let k = 0; k < 9; k++)
    await sharp({ create: { width: 4, height: 3, channels: 3, background: { r: 25 * k, g: 0, b: 0 } } })
      .png()
      .toFile(join(folder, `${k}.png`));
});
afterAll(() => rmSync(folder, { recursive: true }));

const numbers = {
  ports: { sample: [2], classes: 9 },
  arrays: { sample: new Float32Array(18), classes: [8, 7, 6, 5, 4, 3, 2, 1, 0] },
} as const;

describe('every data set keeps the contract of Dataset', () => {
  it.each([
    ['ring', () => ring()],
    ['gaussianGrid', () => gaussianGrid()],
    ['swissRoll', () => swissRoll()],
    ['inMemory', () => inMemory(numbers)],
    ['digits', () => digits({ split: 'held-out' })],
    ['imageFolder with a cache', () => imageFolder(folder, { size: 8, flip: true })],
    ['imageFolder without', () => imageFolder(folder, { size: 8, flip: true, cache: false })],
  ] as const)('%s', async (name, data) => {
    await checkDataset(await data(), { name });
  });
});

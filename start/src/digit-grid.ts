import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { grid, random, sample } from '@gan/core';
import { tile } from '@tensorflow/tfjs-core';
import type { Run } from './run.js';
import { spoken, writeWhole } from './run-folder.js';

const COLUMNS = 10;

/**
 * Draws a page of digits to `grids/<name>.png`: a row for each class, and in each column the same latents, so that what
 * is not the class (slant, weight, size) stays the same down the page.
 *
 * @returns The path, as the user would type it.
 */
export async function writeGrid(run: Run, name: string, weights: 'averaged' | 'raw'): Promise<string> {
  const { folder, training, configuration } = run;
  const generator = training.network('generator', { weights });
  const classes = generator.network.inputs.classes;
  const count = classes * COLUMNS;
  const column = random(configuration.seed).stream('grid').normal([COLUMNS, configuration.latents]);
  const latents = tile(column, [classes, 1]);
  const made = await sample(generator, {
    count,
    seed: configuration.seed,
    latents,
    classes: Array.from({ length: count }, (_, i) => Math.floor(i / COLUMNS)),
  });
  try {
    const path = join(folder.path, 'grids', `${name}.png`);
    mkdirSync(join(folder.path, 'grids'), { recursive: true });
    writeWhole(path, await grid(made, { columns: COLUMNS, scale: 2 }));
    return spoken(path);
  } finally {
    for (const tensor of [column, latents, made]) tensor.dispose();
  }
}

import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { random } from '@gan/core';
import sharp from 'sharp';

/** Fills a folder with pictures of a disc somewhere, in some colour on another, and gives it back. */
export async function painted(folder: string, count: number): Promise<string> {
  await mkdir(folder, { recursive: true });
  const { integer } = random(0).stream('painted');
  const colour = () => `hsl(${integer(360)}, 70%, ${30 + integer(40)}%)`;
  for (let k = 0; k < count; k++) {
    const [radius, x, y] = [12 + integer(12), 24 + integer(32), 24 + integer(16)];
    const disc = `<circle cx="${x}" cy="${y}" r="${radius}" fill="${colour()}"/>`;
    const svg = `<svg width="80" height="64"><rect width="80" height="64" fill="${colour()}"/>${disc}</svg>`;
    await sharp(Buffer.from(svg))
      .png()
      .toFile(join(folder, `${k}.png`));
  }
  return folder;
}

import { join } from 'node:path';
import { assertCount, assertKnownOptions, assertOneOf, type Dataset, random, shown } from '@gan/core';
import { cacheFolder } from './cache-folder.js';
import type { SamplePorts } from './columns.js';
import { inMemory } from './in-memory.js';
import { type Emoji, type OpenMojiGroup, openMojiCatalogue, openMojiGroups } from './open-moji-catalogue.js';
import { CHANNELS, type Drawing, openMojiPixels } from './open-moji-pixels.js';

/** Which drawings a sample consists of. */
export type OpenMojiStyle = 'color' | 'line' | 'paired' | 'unpaired';

/** What a sample consists of: a side, a style and the groups decide. */
export type OpenMojiPorts<Size extends number, Style extends OpenMojiStyle, Classes extends number> = {
  readonly sample: readonly [Size, Size, Style extends 'line' ? 1 : 3];
} & (Style extends 'paired' | 'unpaired' ? { readonly line: readonly [Size, Size, 1] } : unknown) & {
    readonly classes: Classes;
  };

export interface OpenMojiOptions<
  Size extends number,
  Style extends OpenMojiStyle,
  Groups extends readonly OpenMojiGroup[],
> {
  /** The side in pixels. */
  readonly size: Size;
  /**
   * `color` (the default) or `line` (black on white, one channel); `paired` gives both drawings of the same emoji, the
   * line art as `line`; `unpaired` draws the line art from the same emoji in another order.
   */
  readonly style?: Style;
  /** Those to be among the samples; all 12 unless said. Their order is that of the class ids. */
  readonly groups?: Groups;
  /** `all` (the default), `train` (some 90%) or `held-out` (the others). */
  readonly split?: 'all' | 'train' | 'held-out';
  /** False leaves out the 2,030 that are others in one of the skin tones; true unless said. */
  readonly skinTones?: boolean;
  /** Mirrors pictures left to right, half of the time. */
  readonly flip?: boolean;
  /** Where drawn pictures are kept: `gan/data/openmoji` in the user's cache folder unless said. */
  readonly folder?: string;
  /** Of the order; 0 unless said. */
  readonly seed?: number;
}

/** Emoji. */
export interface OpenMoji<Size extends number, Style extends OpenMojiStyle, Classes extends number>
  extends Dataset<OpenMojiPorts<Size, Style, Classes>> {
  /** What each sample is, in the order of `pixels`. */
  readonly emoji: readonly Emoji[];
  /** The groups in the order of the class ids. */
  readonly classNames: readonly OpenMojiGroup[];
  /** The pictures as bytes, sample after sample, `[side, side, channels]` each; to be read only. */
  readonly pixels: Uint8Array;
  /** What has to be said wherever these pictures, or pictures made from them, are shown. */
  readonly attribution: string;
}

const known = ['size', 'style', 'groups', 'split', 'skinTones', 'flip', 'folder', 'seed'];

/**
 * OpenMoji: 4,495 emoji drawn by hand in one style, in colour or as line art, `[size, size, channels]` in [-1, 1] on
 * white (1), with their groups as classes and captions, out of the npm packages `openmoji` (SVG files) and `sharp` (which
 * draws them), both optional peers of this one.
 *
 * An emoji is held out when the first byte of the SHA-256 of its hexcode is below 26 (26 of 256 emoji); one with a skin
 * tone goes by the emoji that it varies, so that no variant of a training picture is among the held-out ones.
 *
 * The pictures are under CC BY-SA 4.0, and what is made of them must be shared alike and name them: `attribution`.
 *
 * @throws TypeError for a bad option, or if no emoji is left; MissingPackageError if `openmoji` or `sharp` is not
 *   installed; FormatError if a file is damaged or the pictures cannot be kept.
 * @see OpenMoji, the open-source emoji and icon project of HfG Schwäbisch Gmünd.
 */
export async function openMoji<
  const Size extends number,
  const Style extends OpenMojiStyle = 'color',
  const Groups extends readonly OpenMojiGroup[] = typeof openMojiGroups,
>(options: OpenMojiOptions<Size, Style, Groups>): Promise<OpenMoji<Size, Style, Groups['length']>> {
  assertKnownOptions('openMoji', options, known);
  const { size, split = 'all', skinTones = true, flip = false, seed = 0 } = options;
  const { style = 'color', groups = openMojiGroups, folder = join(cacheFolder(), 'openmoji') } = options;
  assertCount('size', size);
  assertOneOf('style', style, ['color', 'line', 'paired', 'unpaired']);
  assertOneOf('split', split, ['all', 'train', 'held-out']);
  assertGroups(groups);

  const catalogue = await openMojiCatalogue();
  const chosen = [...catalogue.emoji.keys()].filter((k) => {
    const { group, skinTone, heldOut } = catalogue.emoji[k]!;
    return (
      groups.includes(group) && (skinTones || !skinTone) && (split === 'all' || heldOut === (split === 'held-out'))
    );
  });
  if (chosen.length === 0) throw new TypeError(`no emoji is ${split} in the groups ${shown(groups)}`);
  const emoji = chosen.map((k) => catalogue.emoji[k]!);
  const picked = async (drawing: Drawing) =>
    rows(await openMojiPixels(catalogue, { size, drawing, folder }), chosen, size * size * CHANNELS[drawing]);

  const main = style === 'line' ? 'line' : 'color';
  const pixels = await picked(main);
  const lines = style === 'paired' || style === 'unpaired' ? await picked('line') : undefined;
  const ports: SamplePorts = {
    sample: [size, size, CHANNELS[main]],
    ...(lines && { line: [size, size, 1] }),
    classes: groups.length,
  };
  const classes = emoji.map(({ group }) => groups.indexOf(group));
  const batch = pictures({ ports, pixels, lines, classes, apart: style === 'unpaired', seed, flip });
  const attribution = `Emoji by OpenMoji ${catalogue.version}, the open-source emoji and icon project. License: CC BY-SA 4.0`;
  return { ports, size: chosen.length, batch, emoji, classNames: groups, pixels, attribution } as unknown as OpenMoji<
    Size,
    Style,
    Groups['length']
  >;
}

function assertGroups(groups: readonly unknown[]): void {
  if (!Array.isArray(groups) || groups.length === 0)
    throw new TypeError(`groups must be a list of at least one group, but is ${shown(groups)}`);
  for (const [k, group] of groups.entries()) {
    assertOneOf('a group', group, openMojiGroups);
    if (groups.indexOf(group) !== k) throw new TypeError(`groups names ${shown(group)} twice`);
  }
}

/** Some of the rows of a table of bytes. */
function rows(table: Uint8Array, which: readonly number[], length: number): Uint8Array {
  const taken = new Uint8Array(which.length * length);
  for (const [at, row] of which.entries()) taken.set(table.subarray(row * length, (row + 1) * length), at * length);
  return taken;
}

interface Pictures {
  readonly ports: SamplePorts;
  readonly pixels: Uint8Array;
  readonly lines: Uint8Array | undefined;
  readonly classes: readonly number[];
  /** Whether line art comes in an order of its own. */
  readonly apart: boolean;
  readonly seed: number;
  readonly flip: boolean;
}

function pictures({ ports, pixels, lines, classes, apart, seed, flip }: Pictures): Dataset['batch'] {
  const { line, ...own } = ports;
  const coloured = { sample: pixels, classes };
  if (!lines || !line) return inMemory({ ports, arrays: coloured, seed, flip }).batch;
  if (!apart) return inMemory({ ports, arrays: { ...coloured, line: lines }, seed, flip }).batch;
  const [one, other] = [
    inMemory({ ports: own, arrays: coloured, seed, flip }),
    inMemory({
      ports: { line },
      arrays: { line: lines },
      seed: random(seed)
        .stream('line')
        .integer(2 ** 31),
      flip,
    }),
  ];
  return async (which) => ({
    ...(await one.batch({ ...which, random: which.random.stream('color') })),
    ...(await other.batch({ ...which, random: which.random.stream('line') })),
  });
}

import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { FormatError } from '@gan/core';
import { MissingPackageError } from './missing-package-error.js';

/** The groups of OpenMoji in its own order; a class id is a group's position among those that were asked for. */
export const openMojiGroups = [
  'smileys-emotion',
  'people-body',
  'component',
  'animals-nature',
  'food-drink',
  'travel-places',
  'activities',
  'objects',
  'symbols',
  'flags',
  'extras-openmoji',
  'extras-unicode',
] as const;

/** A group of emoji. */
export type OpenMojiGroup = (typeof openMojiGroups)[number];

/** An emoji, without its picture. */
export interface Emoji {
  /** Its code points, `1F600`: the name of its files. */
  readonly hexcode: string;
  readonly group: OpenMojiGroup;
  /** What it shows, in English: `grinning face`. */
  readonly caption: string;
  /** Whether it is another emoji in one of the skin tones. */
  readonly skinTone: boolean;
  /** Whether it is kept from training; an emoji and its skin tones are on the same side. */
  readonly heldOut: boolean;
}

/** The installed package. */
export interface Catalogue {
  readonly version: string;
  /** Absolute path of the folder of the package. */
  readonly folder: string;
  readonly emoji: readonly Emoji[];
}

/** An emoji is held out when the first byte of the SHA-256 of its hexcode, without skin tones, is below this of 256. */
const HELD_OUT = 26;

/**
 * What the npm package `openmoji` says of its emoji. Only its JSON files are read, none of its code is run.
 *
 * @throws MissingPackageError if the package is not installed; FormatError if one of its files is not as expected.
 */
export async function openMojiCatalogue(): Promise<Catalogue> {
  let manifest: string;
  try {
    manifest = createRequire(import.meta.url).resolve('openmoji/package.json');
  } catch (cause) {
    throw new MissingPackageError('openMoji()', 'openmoji', { cause });
  }
  const folder = dirname(manifest);
  const { version } = (await json(manifest)) as { readonly version?: unknown };
  if (typeof version !== 'string') throw new FormatError(manifest, 'states no version');
  const path = join(folder, 'data', 'openmoji.json');
  const entries = await json(path);
  if (!Array.isArray(entries) || entries.length === 0) throw new FormatError(path, 'holds no list of emoji');
  return { version, folder, emoji: entries.map((entry, k) => emojiOf(entry, k, path)) };
}

function emojiOf(entry: unknown, k: number, path: string): Emoji {
  const fields = (entry ?? {}) as Readonly<Record<string, unknown>>;
  const text = (name: string, pattern: RegExp): string => {
    const value = fields[name];
    if (typeof value !== 'string' || !pattern.test(value))
      throw new FormatError(path, `has no ${name} at entry ${k}, but ${JSON.stringify(value)}`);
    return value;
  };
  const hexcode = text('hexcode', /^[0-9A-F]+(-[0-9A-F]+)*$/);
  const group = text('group', /./) as OpenMojiGroup;
  if (!openMojiGroups.includes(group)) throw new FormatError(path, `has the unknown group '${group}' at entry ${k}`);
  const base = text('skintone_base_hexcode', /^[0-9A-F-]*$/) || hexcode;
  return { hexcode, group, caption: text('annotation', /./), skinTone: base !== hexcode, heldOut: isHeldOut(base) };
}

const isHeldOut = (hexcode: string): boolean => createHash('sha256').update(hexcode).digest()[0]! < HELD_OUT;

async function json(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, 'utf8'));
  } catch (cause) {
    throw new FormatError(path, 'is no JSON file that can be read', { cause });
  }
}

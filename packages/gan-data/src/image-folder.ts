import { constants } from 'node:buffer';
import { assertCount, assertKnownOptions, assertOneOf, type Dataset, shown } from '@gan/core';
import { type SamplePorts, stride } from './columns.js';
import { epochs } from './epochs.js';
import { coins, gather } from './gather.js';
import { inMemory } from './in-memory.js';
import { inParallel } from './in-parallel.js';
import { pictureFiles } from './picture-files.js';
import { type Frame, pictureReader } from './picture-reader.js';

/** A side in pixels, or `[height, width]`. */
export type ImageSize = number | readonly [number, number];

export type ImagePorts<Size extends ImageSize, Channels extends number, Classes extends number | false> = {
  readonly sample: Size extends readonly [infer Height extends number, infer Width extends number]
    ? readonly [Height, Width, Channels]
    : Size extends number
      ? readonly [Size, Size, Channels]
      : never;
} & (Classes extends number ? { readonly classes: Classes } : unknown);

export interface ImageFolderOptions<
  Size extends ImageSize,
  Channels extends Frame['channels'],
  Classes extends number | false,
> {
  /** What all pictures are brought to. */
  readonly size: Size;
  /** 3 unless said; 1 makes them grey, 4 keeps opacity. Without it, what is transparent becomes white. */
  readonly channels?: Channels;
  /** How many sub-folders there are, for whom wants it in the type and checked; `false` for samples without a class. */
  readonly classes?: Classes;
  /** `cover` (the default) cuts off what juts out at the sides, `contain` adds white margins, `fill` distorts. */
  readonly fit?: Frame['fit'];
  /** Mirrors pictures left to right, half of the time. */
  readonly flip?: boolean;
  /** True (the default) decodes all pictures at once into a byte a value; false decodes those of each batch anew. */
  readonly cache?: boolean;
  /** Of the order; 0 unless said. */
  readonly seed?: number;
}

/** The pictures of a folder. */
export interface ImageFolder<Size extends ImageSize, Channels extends number, Classes extends number | false>
  extends Dataset<ImagePorts<Size, Channels, Classes>> {
  /** The sub-folders' names in the order of the class ids; of a folder without any, its own. */
  readonly classNames: readonly string[];
  /** Where each picture is from. */
  readonly files: readonly string[];
}

/**
 * One's own pictures: PNG, JPEG and WebP of any size, `[height, width, channels]` in [-1, 1], through `sharp`, an
 * optional peer of this package. Each sub-folder is a class; a folder without sub-folders is one class.
 *
 * With the cache, which takes `pictures * height * width * channels` bytes, a damaged picture is found before training
 * begins; without it, by the batch that needs it.
 *
 * @throws TypeError if an option is out of range, the number of classes is another, or the cache would be larger than
 *   an array can be; MissingPackageError if `sharp` is not installed; FormatError naming the file or folder, if the
 *   folder is empty or mixes pictures and sub-folders, or a picture is none, is damaged, or is a bomb.
 */
export async function imageFolder<
  const Size extends ImageSize,
  const Channels extends Frame['channels'] = 3,
  const Classes extends number | false = number,
>(path: string, options: ImageFolderOptions<Size, Channels, Classes>): Promise<ImageFolder<Size, Channels, Classes>> {
  const { cache = true, flip = false, seed = 0, classes } = options;
  const frame = frameOf(options);
  const read = await pictureReader(frame);
  const found = await pictureFiles(path);
  const { files, classNames } = found;
  if (typeof classes === 'number' && classes !== classNames.length)
    throw new TypeError(`classes is ${classes}, but ${path} has ${classNames.length}: ${shown(classNames)}`);

  const shape = [frame.height, frame.width, frame.channels];
  const length = stride(shape);
  const decoded = async (rows: Uint32Array): Promise<Uint8Array> => {
    const pixels = new Uint8Array(rows.length * length);
    await inParallel({ count: rows.length, limit: 8 }, async (k) =>
      pixels.set(await read(files[rows[k]!]!), k * length),
    );
    return pixels;
  };
  const labels = classes === false ? undefined : found.classes;
  const ports: SamplePorts = { sample: shape, ...(labels && { classes: classNames.length }) };

  let batch: Dataset['batch'];
  if (cache) {
    if (files.length * length > constants.MAX_LENGTH)
      throw new TypeError(`a cache of ${files.length} pictures of ${length} bytes is too large: say cache: false`);
    const sample = await decoded(Uint32Array.from(files, (_, k) => k));
    ({ batch } = inMemory({ ports, arrays: { sample, ...(labels && { classes: labels }) }, seed, flip }));
  } else {
    const order = epochs({ samples: files.length, seed });
    batch = async ({ index, size, random }) => {
      const rows = order({ index, size });
      const pixels = await decoded(rows);
      const mirrored = flip ? coins(random, size) : undefined;
      return {
        sample: gather(pixels, shape, { rows: rows.map((_, k) => k), mirrored }),
        ...(labels && { classes: gather(labels, classNames.length, { rows }) }),
      };
    };
  }
  return { ports, size: files.length, batch, classNames, files } as ImageFolder<Size, Channels, Classes>;
}

function frameOf(options: ImageFolderOptions<ImageSize, Frame['channels'], number | false>): Frame {
  assertKnownOptions('imageFolder', options, ['size', 'channels', 'classes', 'fit', 'flip', 'cache', 'seed']);
  const { size, channels = 3, fit = 'cover', classes } = options;
  const sides: readonly number[] = typeof size === 'number' ? [size, size] : size;
  if (!Array.isArray(sides) || sides.length !== 2)
    throw new TypeError(`size must be a side or [height, width], but is ${shown(size)}`);
  const [height, width] = sides;
  assertCount('the height in size', height);
  assertCount('the width in size', width);
  assertOneOf('channels', channels, [1, 3, 4]);
  assertOneOf('fit', fit, ['cover', 'contain', 'fill']);
  if (classes !== undefined && classes !== false) assertCount('classes', classes);
  return { height, width, channels, fit };
}

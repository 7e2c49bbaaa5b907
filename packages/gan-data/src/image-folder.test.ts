import '@tensorflow/tfjs-backend-cpu';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type Dataset, FormatError, random, type Tensors } from '@gan/core';
import { memory } from '@tensorflow/tfjs-core';
import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, expectTypeOf, it } from 'vitest';
import { imageFolder } from './image-folder.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gan-pictures-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Writes a picture, `[height][width][channels]` in bytes, in the format that its name says. */
const picture = async (name: string, pixels: readonly (readonly (readonly number[])[])[]) => {
  const path = join(folder, name);
  mkdirSync(dirname(path), { recursive: true });
  const raw = { height: pixels.length, width: pixels[0]!.length, channels: pixels[0]![0]!.length as 1 | 3 | 4 };
  const image = sharp(Uint8Array.from(pixels.flat(2)), { raw });
  writeFileSync(
    path,
    await (name.endsWith('.webp')
      ? image.webp({ lossless: true })
      : image.toFormat(name.endsWith('.png') ? 'png' : 'jpeg')
    ).toBuffer(),
  );
  return path;
};
/** All of one colour. */
const plain = (height: number, width: number, colour: readonly number[]) =>
  Array.from({ length: height }, () => Array.from({ length: width }, () => colour));

/** A batch of everything as arrays, by class where there is one; given back. */
const all = async (data: Dataset, index = 0) => {
  const tensors: Tensors = await data.batch({ index, size: data.size, random: random(1) });
  const samples = (await tensors['sample']!.array()) as number[][][][];
  const classes = ((await tensors['classes']?.array()) ?? []) as number[];
  for (const tensor of Object.values(tensors)) tensor.dispose();
  return { samples, classes };
};

/** The checksum of a PNG's chunks (ISO 3309). */
const crc32 = (bytes: Uint8Array): number => {
  let crc = -1;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc;
};

const RED = [255, 0, 0];
const GREEN = [0, 255, 0];
const BLUE = [0, 0, 255];

describe('imageFolder', () => {
  it('reads PNG, JPEG and WebP, each sub-folder a class, names sorted, at the size asked for', async () => {
    await picture('zebra/one.png', plain(9, 9, RED));
    await picture('ape/b.webp', plain(4, 6, GREEN));
    await picture('ape/a.jpeg', plain(50, 40, BLUE));
    writeFileSync(join(folder, '.DS_Store'), 'left behind');
    for (const cache of [true, false]) {
      const data = await imageFolder(folder, { size: [8, 10], cache });
      expect(data.classNames).toEqual(['ape', 'zebra']);
      expect(data.files).toEqual(['ape/a.jpeg', 'ape/b.webp', 'zebra/one.png'].map((name) => join(folder, name)));
      expect([data.size, data.ports]).toEqual([3, { sample: [8, 10, 3], classes: 2 }]);
      const { samples, classes } = await all(data);
      expect([samples.length, samples[0]!.length, samples[0]![0]!.length]).toEqual([3, 8, 10]);
      const seen = samples.map((sample, k) => [classes[k], ...sample[4]![5]!]).sort();
      // JPEG turns 0 0 255 into 0 0 254: 254 / 127.5 - 1.
      expect(seen).toEqual([
        [0, -1, -1, Math.fround(254 / 127.5 - 1)],
        [0, -1, 1, -1],
        [1, 1, -1, -1],
      ]);
    }
  });

  it('makes a folder without sub-folders one class, or none when told so', async () => {
    await picture('a.png', plain(2, 2, RED));
    const one = await imageFolder(folder, { size: 2 });
    expect([one.ports, one.classNames]).toEqual([{ sample: [2, 2, 3], classes: 1 }, [folder.split('/').at(-1)]]);
    for (const cache of [true, false]) {
      const none = await imageFolder(folder, { size: 2, classes: false, cache });
      expect(none.ports).toEqual({ sample: [2, 2, 3] });
      const batch: Tensors = await none.batch({ index: 0, size: 1, random: random(1) });
      expect(Object.keys(batch)).toEqual(['sample']);
      batch['sample']!.dispose();
    }
  });

  it('keeps its literal ports', async () => {
    await picture('a.png', plain(2, 2, RED));
    const square = await imageFolder(folder, { size: 64 });
    expectTypeOf(square.ports.sample).toEqualTypeOf<readonly [64, 64, 3]>();
    expectTypeOf(square.ports.classes).toEqualTypeOf<number>();
    const wide = await imageFolder(folder, { size: [32, 64], channels: 1, classes: 1 });
    expectTypeOf(wide.ports.sample).toEqualTypeOf<readonly [32, 64, 1]>();
    expectTypeOf(wide.ports.classes).toEqualTypeOf<1>();
    const plainly = await imageFolder(folder, { size: 8, channels: 4, classes: false });
    expectTypeOf(plainly.ports).toEqualTypeOf<{ readonly sample: readonly [8, 8, 4] }>();
  });

  it('cuts off, adds margins, or distorts, as asked', async () => {
    // Three squares of 24 pixels beside each other: red, green, blue.
    const row = [...plain(1, 24, RED)[0]!, ...plain(1, 24, GREEN)[0]!, ...plain(1, 24, BLUE)[0]!];
    await picture(
      'flag.png',
      Array.from({ length: 24 }, () => row),
    );
    const corners = async (fit: 'cover' | 'contain' | 'fill') => {
      const { samples } = await all(await imageFolder(folder, { size: 24, fit }));
      const at = (y: number, x: number) => samples[0]![y]![x];
      return [at(12, 1), at(12, 12), at(12, 22), at(1, 12)];
    };
    expect(await corners('cover')).toEqual([
      [-1, 1, -1],
      [-1, 1, -1],
      [-1, 1, -1],
      [-1, 1, -1],
    ]);
    expect(await corners('contain')).toEqual([
      [1, -1, -1],
      [-1, 1, -1],
      [-1, -1, 1],
      [1, 1, 1],
    ]);
    expect(await corners('fill')).toEqual([
      [1, -1, -1],
      [-1, 1, -1],
      [-1, -1, 1],
      [-1, 1, -1],
    ]);
  });

  it('gives grey, colour or opacity, whatever the file has', async () => {
    await picture('clear.png', plain(4, 4, [255, 0, 0, 0]));
    const colour = async (channels: 1 | 3 | 4) =>
      (await all(await imageFolder(folder, { size: 4, channels }))).samples[0]![1]![1];
    expect(await colour(4)).toEqual([1, -1, -1, -1]);
    expect(await colour(3)).toEqual([1, 1, 1]);
    expect(await colour(1)).toEqual([1]);
    rmSync(join(folder, 'clear.png'));
    await picture('grey.png', plain(4, 4, [51]));
    // 51 / 127.5 - 1 = -0.6
    expect(await colour(1)).toEqual([Math.fround(-0.6)]);
    expect(await colour(3)).toEqual(Array(3).fill(Math.fround(-0.6)));
    expect(await colour(4)).toEqual([...Array(3).fill(Math.fround(-0.6)), 1]);
  });

  it('brings 16 bits down to 8', async () => {
    const raw = { height: 4, width: 4, channels: 1 } as const;
    const deep = sharp(new Uint16Array(16).fill(51 * 257), { raw })
      .toColourspace('grey16')
      .png();
    await deep.toFile(join(folder, 'deep.png'));
    expect((await sharp(join(folder, 'deep.png')).metadata()).depth).toBe('ushort');
    const { samples } = await all(await imageFolder(folder, { size: 4, channels: 1 }));
    // 65535 = 255 * 257, so 51 * 257 of 16 bits is 51 of 8.
    expect(samples[0]![1]![1]).toEqual([Math.fround(51 / 127.5 - 1)]);
  });

  it('turns a photograph as its EXIF says', async () => {
    const path = join(folder, 'photo.jpg');
    const half = [...plain(1, 16, RED)[0]!, ...plain(1, 16, BLUE)[0]!];
    const raw = Uint8Array.from(Array.from({ length: 16 }, () => half).flat(2));
    // Orientation 6: the left side is the top when seen upright.
    await sharp(raw, { raw: { height: 16, width: 32, channels: 3 } })
      .jpeg()
      .withMetadata({ orientation: 6 })
      .toFile(path);
    const { samples } = await all(await imageFolder(folder, { size: [32, 16] }));
    expect(samples[0]![4]![8]![0]).toBeGreaterThan(0.9);
    expect(samples[0]![28]![8]![2]).toBeGreaterThan(0.9);
  });

  it('mirrors half of the pictures, the same ones with and without the cache', async () => {
    for (let k = 0; k < 12; k++) await picture(`${k}.png`, [[RED, BLUE]]);
    const left = async (cache: boolean) => {
      const { samples } = await all(await imageFolder(folder, { size: [1, 2], flip: true, cache }), 3);
      return samples.map((sample) => sample[0]![0]![0]);
    };
    const cached = await left(true);
    expect(await left(false)).toEqual(cached);
    expect(new Set(cached)).toEqual(new Set([-1, 1]));
  });

  it('goes through the pictures in the same order with and without the cache, and leaves no tensor behind', async () => {
    for (let k = 0; k < 5; k++) await picture(`${k % 2}/${k}.png`, plain(1, 1, [50 * k]));
    const before = memory().numTensors;
    const [cached, read] = await Promise.all(
      [true, false].map((cache) => imageFolder(folder, { size: 1, seed: 4, cache })),
    );
    for (const index of [0, 1, 7]) expect(await all(cached!, index)).toEqual(await all(read!, index));
    expect(memory().numTensors).toBe(before);
  });

  it.each([true, false])('refuses pictures that are none, naming the file (cache: %s)', async (cache) => {
    const good = await picture(
      'good.jpg',
      Array.from({ length: 64 }, (_, y) => Array.from({ length: 64 }, (_, x) => [(7 * x * y) % 256, x, y])),
    );
    const bad = join(folder, 'bad.jpg');
    const load = async () => all(await imageFolder(folder, { size: 8, cache }));
    const refused = async (bytes: Uint8Array | string, problem: string) => {
      writeFileSync(bad, bytes);
      await expect(load()).rejects.toThrow(FormatError);
      await expect(load()).rejects.toThrow(`${bad}: ${problem}`);
    };
    const jpeg = readFileSync(good);
    await refused('<svg/>', 'is no PNG, JPEG or WebP: it begins with "<svg/>"');
    await refused('', 'is no PNG, JPEG or WebP: it begins with ""');
    await refused(jpeg.subarray(0, jpeg.length - 200), 'is not a whole picture: ');
    await refused(jpeg.subarray(0, 20), 'is not a whole picture: ');
    // A PNG of a few bytes that says it has 20,000 x 20,000 pixels.
    const bomb = await sharp({ create: { width: 1, height: 1, channels: 3, background: 'red' } })
      .png()
      .toBuffer();
    bomb.writeUInt32BE(20_000, 16);
    bomb.writeUInt32BE(20_000, 20);
    bomb.writeInt32BE(crc32(bomb.subarray(12, 29)), 29);
    await refused(bomb, 'is not a whole picture: Input image exceeds pixel limit');
    rmSync(bad);
    expect((await load()).samples).toHaveLength(1);
  });

  it('refuses folders that are not as expected', async () => {
    const load = () => imageFolder(folder, { size: 8 });
    await expect(load()).rejects.toThrow(
      new FormatError(folder, 'holds no picture, but PNG, JPEG or WebP files were expected'),
    );
    mkdirSync(join(folder, 'empty'));
    await expect(load()).rejects.toThrow(
      new FormatError(join(folder, 'empty'), 'holds no picture, but PNG, JPEG or WebP files were expected'),
    );
    await picture('empty/deep/a.png', plain(1, 1, RED));
    await expect(load()).rejects.toThrow(
      new FormatError(
        join(folder, 'empty'),
        "holds a sub-folder ('deep'), but only the pictures of a class were expected",
      ),
    );
    await picture('b.png', plain(1, 1, RED));
    await expect(load()).rejects.toThrow(
      new FormatError(
        folder,
        "holds files ('b.png') and sub-folders ('empty'), but pictures were expected either here or in a sub-folder for each class",
      ),
    );
    rmSync(join(folder, 'empty'), { recursive: true });
    writeFileSync(join(folder, 'notes.txt'), 'none');
    await expect(load()).rejects.toThrow(
      new FormatError(join(folder, 'notes.txt'), 'is no picture by its name; .png, .jpg, .jpeg, .webp were expected'),
    );
    rmSync(join(folder, 'notes.txt'));
    symlinkSync(join(folder, 'nowhere.png'), join(folder, 'link.png'));
    await expect(load()).rejects.toThrow(new FormatError(join(folder, 'link.png'), 'cannot be read: ENOENT'));
    await expect(imageFolder(join(folder, 'absent'), { size: 8 })).rejects.toThrow(
      new FormatError(join(folder, 'absent'), 'cannot be read: ENOENT'),
    );
  });

  it('refuses options that are out of range, and a batch that is too large', async () => {
    await picture('a/a.png', plain(1, 1, RED));
    await picture('b/b.png', plain(1, 1, RED));
    const load = (options: object) => imageFolder(folder, { size: 8, ...options });
    await expect(load({ size: 0 })).rejects.toThrow(
      new TypeError('the height in size must be a whole number of at least 1, but is 0'),
    );
    await expect(load({ size: [8] })).rejects.toThrow(
      new TypeError('size must be a side or [height, width], but is [8]'),
    );
    await expect(load({ size: undefined })).rejects.toThrow(
      new TypeError('size must be a side or [height, width], but is undefined'),
    );
    await expect(load({ channels: 2 })).rejects.toThrow(new TypeError('channels must be one of 1, 3, 4, but is 2'));
    await expect(load({ fit: 'crop' })).rejects.toThrow(
      new TypeError("fit must be one of 'cover', 'contain', 'fill', but is 'crop'"),
    );
    await expect(load({ classes: 3 })).rejects.toThrow(new TypeError(`classes is 3, but ${folder} has 2: ['a', 'b']`));
    await expect(load({ labels: true })).rejects.toThrow("imageFolder has no option 'labels'; it takes size, channels");
    for (const cache of [true, false])
      await expect((await load({ cache })).batch({ index: 0, size: 3, random: random(1) })).rejects.toThrow(
        new TypeError('a batch of 3 cannot be drawn from a data set of 2 samples without repeating'),
      );
  });
});

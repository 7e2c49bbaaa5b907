import { readFile } from 'node:fs/promises';
import { FormatError } from '@gan/core';
import { MissingPackageError } from './missing-package-error.js';
import { reason } from './reason.js';

/** What every picture is made into. */
export interface Frame {
  readonly height: number;
  readonly width: number;
  /** 1 grey, 3 red, green and blue, 4 with opacity. */
  readonly channels: 1 | 3 | 4;
  /** `cover` fills the frame and cuts off what juts out, `contain` leaves margins, `fill` distorts. */
  readonly fit: 'cover' | 'contain' | 'fill';
}

/** Pixels beyond which a file is a bomb: some 300 MB once decoded. */
const LARGEST = 100_000_000;

/** Whether the first 12 bytes of a file are those of a PNG, JPEG or WebP. */
const isPicture = (beginning: string): boolean =>
  beginning.startsWith('\x89PNG\r\n\x1a\n') ||
  beginning.startsWith('\xff\xd8\xff') ||
  (beginning.startsWith('RIFF') && beginning.endsWith('WEBP'));

/**
 * @returns What reads a file as `height * width * channels` bytes: turned as its EXIF says, in sRGB, the first frame of
 *   an animation. Where there is no fourth channel, what is transparent becomes white, and so do margins.
 * @throws MissingPackageError if `sharp` is not installed; from the reader FormatError naming the file, if it is no PNG,
 *   JPEG or WebP, is damaged or cut short, or has more than 100 million pixels.
 */
export async function pictureReader({
  height,
  width,
  channels,
  fit,
}: Frame): Promise<(path: string) => Promise<Uint8Array>> {
  const { default: sharp } = await import('sharp').catch((cause: unknown) => {
    throw new MissingPackageError('imageFolder()', 'sharp', { cause });
  });
  const background = { r: 255, g: 255, b: 255, alpha: channels === 4 ? 0 : 1 };

  return async (path) => {
    const bytes = await readFile(path).catch((error: unknown) => {
      throw new FormatError(path, `cannot be read: ${reason(error)}`, { cause: error });
    });
    const beginning = bytes.toString('latin1', 0, 12);
    if (!isPicture(beginning))
      throw new FormatError(path, `is no PNG, JPEG or WebP: it begins with ${JSON.stringify(beginning)}`);
    try {
      const upright = sharp(bytes, { failOn: 'warning', limitInputPixels: LARGEST }).rotate();
      const opaque = channels === 4 ? upright.ensureAlpha() : upright.flatten({ background });
      const { data, info } = await opaque
        .resize({ width, height, fit, background })
        .toColourspace(channels === 1 ? 'b-w' : 'srgb')
        .raw()
        .toBuffer({ resolveWithObject: true });
      if (info.channels !== channels) throw new Error(`${info.channels} channels instead of ${channels}`);
      return data;
    } catch (error) {
      throw new FormatError(path, `is not a whole picture: ${reason(error)}`, { cause: error });
    }
  };
}

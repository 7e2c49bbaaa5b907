import { readdir, stat } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import { FormatError } from '@gan/core';
import { reason } from './reason.js';

/** The pictures of a folder. */
export interface PictureFiles {
  readonly files: readonly string[];
  /** The class id of each file. */
  readonly classes: Int32Array;
  /** By class id. */
  readonly classNames: readonly string[];
}

const EXTENSIONS = ['.png', '.jpg', '.jpeg', '.webp'];
/** What systems leave behind in folders. */
const LEFT_BEHIND = ['Thumbs.db', 'desktop.ini', '__MACOSX'];

/**
 * Lists a folder of pictures, or of sub-folders of pictures, each a class. Names are sorted by their UTF-16 code units,
 * so that ids and positions are the same on every machine. Names that begin with a dot are passed over.
 *
 * @throws FormatError naming the folder or file, if it cannot be read, is empty, mixes files and folders, or is none of
 *   the extensions.
 */
export async function pictureFiles(root: string): Promise<PictureFiles> {
  const top = await entries(root);
  if (top.folders.length === 0) {
    assertPictures(root, top.files);
    return {
      files: top.files.map((name) => join(root, name)),
      classes: new Int32Array(top.files.length),
      classNames: [basename(join(root, '.'))],
    };
  }
  if (top.files.length > 0)
    throw new FormatError(
      root,
      `holds files ('${top.files[0]}') and sub-folders ('${top.folders[0]}'), but pictures were expected either here or in a sub-folder for each class`,
    );

  const files: string[] = [];
  const classes: number[] = [];
  for (const [id, name] of top.folders.entries()) {
    const folder = join(root, name);
    const inside = await entries(folder);
    if (inside.folders.length > 0)
      throw new FormatError(
        folder,
        `holds a sub-folder ('${inside.folders[0]}'), but only the pictures of a class were expected`,
      );
    assertPictures(folder, inside.files);
    for (const file of inside.files) {
      files.push(join(folder, file));
      classes.push(id);
    }
  }
  return { files, classes: Int32Array.from(classes), classNames: top.folders };
}

async function entries(folder: string): Promise<{ readonly files: string[]; readonly folders: string[] }> {
  const unreadable = (path: string) => (error: unknown) => {
    throw new FormatError(path, `cannot be read: ${reason(error)}`, { cause: error });
  };
  const files: string[] = [];
  const folders: string[] = [];
  for (const entry of await readdir(folder, { withFileTypes: true }).catch(unreadable(folder))) {
    if (entry.name.startsWith('.') || LEFT_BEHIND.includes(entry.name)) continue;
    const path = join(folder, entry.name);
    const kind = entry.isSymbolicLink() ? await stat(path).catch(unreadable(path)) : entry;
    (kind.isDirectory() ? folders : files).push(entry.name);
  }
  return { files: files.sort(), folders: folders.sort() };
}

function assertPictures(folder: string, names: readonly string[]): void {
  if (names.length === 0) throw new FormatError(folder, 'holds no picture, but PNG, JPEG or WebP files were expected');
  for (const name of names)
    if (!EXTENSIONS.includes(extname(name).toLowerCase()))
      throw new FormatError(join(folder, name), `is no picture by its name; ${EXTENSIONS.join(', ')} were expected`);
}

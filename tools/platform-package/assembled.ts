import { existsSync } from 'node:fs';
import { chmod, copyFile, mkdir, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildFolder, type InstallProgress } from '../../packages/gan-engine/src/install/build-folder.js';
import type { PinnedPackage, Pins } from '../../packages/gan-engine/src/libtorch/pins.js';
import { pinsOf } from '../../packages/gan-engine/src/libtorch/pins.js';
import { licencedVersion, licencePins } from './licence-pins.js';
import { assertComplete, noticesOf } from './notices.js';
import { manifest, noticesPage, readme } from './written.js';

const ownTexts = fileURLToPath(new URL('./licences/', import.meta.url));

/** What is assembled, and where. */
export interface Assembly {
  /** `linux-x64` */
  readonly platform: string;
  /** The package's folder, which must not be there yet. */
  readonly into: string;
  readonly env?: NodeJS.ProcessEnv;
  /** What it is made of; the pinned wheels of the platform unless said. */
  readonly pins?: Pins;
  readonly onProgress?: (progress: InstallProgress) => void;
}

/** The wheels of a platform with the libraries and the terms that are taken from each. @throws TypeError if it has none. */
export function assemblyPins(platform: string): Pins {
  const texts = licencePins(platform);
  const pins = pinsOf(platform, { version: licencedVersion });
  if (texts === undefined || pins === undefined)
    throw new TypeError(
      `platform must be one whose terms are collected in tools/platform-package/licence-pins.json, but is ${platform}`,
    );
  const together = texts.map((terms): PinnedPackage => {
    const libraries = pins.packages.find(({ requirement }) => requirement === terms.requirement);
    return { ...terms, files: [...(libraries?.files ?? []), ...terms.files] };
  });
  // oneMKL's package is older than the names of platforms that PyTorch's goes by.
  return { ...pins, tags: [...pins.tags, 'manylinux1_x86_64'], packages: together };
}

/**
 * Assembles the package of libtorch for a platform from the official wheels, which pip or uv fetch: each file checked
 * against its SHA-256, its terms beside it, and nothing that lacks terms. It appears whole, or not at all.
 *
 * @returns The names of what has a notice.
 * @throws TypeError if the folder is there, the platform is not known, or a library has no terms. EngineError as `installLibtorch`.
 */
export async function assembled(options: Assembly): Promise<readonly string[]> {
  const { platform, into, env = process.env, pins = assemblyPins(platform), onProgress } = options;
  if (existsSync(into)) throw new TypeError(`into must be a folder that is not there yet, but ${into} is`);
  await mkdir(dirname(into), { recursive: true });
  const work = await mkdtemp(`${into}.assembling-`);
  try {
    const fetched = join(work, 'fetched');
    await buildFolder({ env, pins, cache: work, folder: fetched, ...(onProgress && { onProgress }) });
    const made = join(work, 'package');
    const [lib, licences] = [join(made, 'lib'), join(made, 'licences')];
    for (const folder of [made, lib, licences]) await mkdir(folder);
    const texts = new Set(pins.packages.flatMap(({ files }) => files.flatMap((file) => file.as ?? [])));
    for (const name of await readdir(fetched)) {
      const place = join(texts.has(name) ? licences : lib, name);
      await rename(join(fetched, name), place);
      await chmod(place, 0o644);
    }
    const notices = noticesOf(lib);
    const wanted = notices.flatMap((notice) => notice.texts);
    for (const name of await readdir(ownTexts))
      if (wanted.some((prefix) => name.startsWith(prefix))) await copyFile(join(ownTexts, name), join(licences, name));
    assertComplete(notices, await readdir(licences));
    await writeFile(join(made, 'package.json'), `${JSON.stringify(manifest(platform, pins.version), null, 2)}\n`);
    await writeFile(join(made, 'README.md'), readme(platform, pins.version));
    await writeFile(join(made, 'NOTICES.md'), noticesPage(notices, (await readdir(licences)).sort()));
    await rename(made, into);
    return notices.map(({ name }) => name);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

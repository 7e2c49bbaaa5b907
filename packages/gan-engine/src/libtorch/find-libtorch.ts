import { statSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { EngineError, sentenceOf } from '../engine-error.js';
import { hasAppleGraphics, hasNvidiaDriver } from './graphics.js';
import { hasCuda, holdsLibtorch, isUsable, type Libtorch, RANGE, torchIn } from './libtorch.js';
import { pinnedVersion } from './pins.js';
import { cacheFolder, folderName, libraryName } from './platform.js';
import { packagedLibtorch } from './platform-package.js';
import { pythons } from './programs.js';
import { pythonSites } from './python-sites.js';

/** What was found, best first, and what was passed over. */
export interface Search {
  readonly found: readonly Libtorch[];
  readonly skipped: readonly { readonly where: string; readonly reason: string }[];
}

/**
 * Looks for libtorch without loading or importing anything: in `GAN_LIBTORCH`, which alone counts when it is set; in a
 * PyTorch of the user's Python that can use a graphics processor of this machine; in our cache, if what it has can; in a package
 * `@gan/libtorch-<os>-<cpu>` that the user's project has installed; in our cache; in any other PyTorch.
 *
 * @param project A folder of the user's project.
 * @param nvidia Whether this machine has a driver for NVIDIA graphics processors.
 * @throws EngineError if `GAN_LIBTORCH` is set to anything but the absolute path of a folder that holds libtorch_cpu.
 */
export async function findLibtorch(
  env: NodeJS.ProcessEnv = process.env,
  project: string = process.cwd(),
  nvidia: boolean = hasNvidiaDriver(),
): Promise<Search> {
  const stated = env['GAN_LIBTORCH'];
  if (stated !== undefined && stated !== '') return { found: [statedLibtorch(stated)], skipped: [] };
  const skipped: { where: string; reason: string }[] = [];
  const installed = (await Promise.all(pythons(env).map((python) => torchesOf(python, skipped)))).flat();
  const torches = installed.filter((torch, i) => installed.findIndex(({ folder }) => folder === torch.folder) === i);
  const usable = torches.filter(({ folder, version }) => {
    const usable = isUsable(version);
    if (!usable)
      skipped.push({ where: folder, reason: `PyTorch ${version} is none of ${RANGE.oldest} to ${RANGE.newest}` });
    return usable;
  });
  const packaged = packagedOf(project, skipped);
  const onGraphics = (torch: Libtorch) => (torch.cuda && nvidia) || hasAppleGraphics();
  const ours = { cuda: cached(env, true), cpu: cached(env, false) };
  const [first, last] = nvidia ? [ours.cuda, []] : [[], ours.cuda];
  return {
    found: [
      ...usable.filter(onGraphics),
      ...first,
      ...packaged,
      ...ours.cpu,
      ...last,
      ...usable.filter((torch) => !onGraphics(torch)),
    ],
    skipped,
  };
}

function statedLibtorch(folder: string): Libtorch {
  const wrong = (problem: string) =>
    new EngineError(
      `GAN_LIBTORCH must be the absolute path of the folder that holds ${libraryName()}, but ${folder} ${problem}`,
    );
  if (!isAbsolute(folder)) throw wrong('is not absolute');
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) throw wrong('is no folder');
  if (!holdsLibtorch(folder)) throw wrong('holds none');
  const site = torchIn(join(folder, '..', '..'));
  return { folder, origin: 'GAN_LIBTORCH', version: site?.version, cuda: hasCuda(folder) };
}

async function torchesOf(python: string, skipped: { where: string; reason: string }[]): Promise<Libtorch[]> {
  try {
    const sites = await pythonSites(python);
    return sites.map(torchIn).filter((torch) => torch !== undefined);
  } catch (cause) {
    skipped.push({ where: python, reason: `does not say where its packages are: ${sentenceOf(cause)}` });
    return [];
  }
}

/** That of an installed package, if it can be used. */
function packagedOf(project: string, skipped: { where: string; reason: string }[]): Libtorch[] {
  const packaged = packagedLibtorch(project);
  if (packaged === undefined) return [];
  const { folder, version } = packaged;
  const reason = !holdsLibtorch(folder)
    ? `holds no ${libraryName()}: install the package anew`
    : isUsable(version)
      ? undefined
      : `libtorch ${version} is none of ${RANGE.oldest} to ${RANGE.newest}`;
  if (reason === undefined) return [packaged];
  skipped.push({ where: folder, reason });
  return [];
}

/** Ours, in the version that this package installs. */
function cached(env: NodeJS.ProcessEnv, cuda: boolean): Libtorch[] {
  const folder = join(cacheFolder(env), folderName(pinnedVersion, cuda));
  return holdsLibtorch(folder) ? [{ folder, origin: 'our cache', version: pinnedVersion, cuda: hasCuda(folder) }] : [];
}

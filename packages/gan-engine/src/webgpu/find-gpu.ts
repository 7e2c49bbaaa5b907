import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { EngineError, sentenceOf } from '../engine-error.js';

/** What hands out graphics processors. */
export interface Gpu {
  readonly gpu: GPU;
  /** The package that it came from; none of a page or a runtime that has its own. */
  readonly library?: { readonly folder: string; readonly origin: string };
}

/** What is used of the package `webgpu`, whose own types clash with those of TypeScript's DOM. */
interface Dawn {
  readonly create: (options: string[]) => GPU;
  readonly globals: Readonly<Record<string, unknown>>;
}

let dawn: Gpu | undefined;

/**
 * The page's own WebGPU, else that of the package `webgpu` (Dawn, for Node).
 *
 * @throws EngineError if there is neither, or if the package does not load here.
 */
export async function findGpu(load: () => Promise<unknown> = () => import('webgpu')): Promise<Gpu> {
  const own = (globalThis.navigator as Navigator | undefined)?.gpu as GPU | undefined;
  if (own) return { gpu: own };
  dawn ??= await loadDawn(load);
  return dawn;
}

/** Its names of constants and classes, which are global in a page, are put where programs look for them. */
async function loadDawn(load: () => Promise<unknown>): Promise<Gpu> {
  try {
    const { create, globals } = (await load()) as Dawn;
    for (const [name, value] of Object.entries(globals))
      if (!(name in globalThis)) Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
    return { gpu: create([]), library: whereDawnIs() };
  } catch (cause) {
    throw missing('webgpu', cause);
  }
}

/** Why a package cannot be loaded, and what to do about it. */
export function missing(name: string, cause: unknown): EngineError {
  const sentence = sentenceOf(cause);
  const absent = new RegExp(`Cannot find (package|module) '${name}'`).test(sentence);
  return new EngineError(absent ? `${name} is not installed` : `${name} does not load: ${sentence}`, {
    engine: 'webgpu',
    remedy: absent ? '`npm install webgpu @tensorflow/tfjs-backend-webgpu` installs it' : 'choose another engine',
    cause,
  });
}

function whereDawnIs(): { folder: string; origin: string } {
  const require = createRequire(import.meta.url);
  const manifest = require.resolve('webgpu/package.json');
  const { version } = require(manifest) as { readonly version: string };
  return { folder: dirname(manifest), origin: `webgpu ${version} (Dawn)` };
}

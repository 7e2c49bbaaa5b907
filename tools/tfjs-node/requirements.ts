import { findFetcher } from '../../packages/gan-engine/src/install/fetcher.js';
import type { Pins } from '../../packages/gan-engine/src/libtorch/pins.js';
import { platformName } from '../../packages/gan-engine/src/libtorch/platform.js';
import { programs } from '../../packages/gan-engine/src/libtorch/programs.js';

/** What this machine lacks to build tfjs-node: what, and how to get it. */
export class LackingError extends Error {
  override readonly name = 'LackingError';
}

/** What it is built with. */
export interface Requirements {
  readonly pins: Pins;
  /** A C++ compiler, by its path. */
  readonly compiler: string;
}

const COMPILERS = ['c++', 'g++', 'clang++'];

/**
 * Finds what tfjs-node is built with.
 *
 * @param pins TensorFlow's library for this platform, if it is pinned.
 * @throws LackingError naming all that is lacking.
 */
export async function requirements(pins: Pins | undefined, env: NodeJS.ProcessEnv): Promise<Requirements> {
  const fetcher = await findFetcher(env);
  const stated = env['CXX'];
  const [compiler] = programs(stated ? [stated] : COMPILERS, env);
  if (pins && fetcher && compiler) return { pins, compiler };
  const lacking = [
    ...(pins ? [] : [`a library of TensorFlow for ${platformName()}, of which tools/tfjs-node/pins.json has none`]),
    ...(fetcher ? [] : ['pip or uv, which fetch it']),
    ...(compiler
      ? []
      : [stated ? `the compiler ${stated} that CXX names, on the PATH` : `a C++ compiler (${COMPILERS.join(', ')})`]),
  ];
  throw new LackingError(`tfjs-node cannot be built here: it takes ${lacking.join('; and ')}`);
}

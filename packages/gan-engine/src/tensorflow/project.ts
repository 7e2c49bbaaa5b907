import { statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { isAbsolute, join } from 'node:path';
import { EngineError } from '../engine-error.js';

/**
 * Resolves and loads packages as the project does that has TensorFlow's: that in the folder `GAN_TFJS_NODE`, or else the one that
 * this package is installed in. Both must see one and the same `@tensorflow/tfjs-core`.
 *
 * @throws EngineError if `GAN_TFJS_NODE` is set to anything but the absolute path of a folder.
 */
export function projectOfTensorflow(env: NodeJS.ProcessEnv = process.env): NodeJS.Require {
  const folder = env['GAN_TFJS_NODE'];
  if (folder === undefined || folder === '') return createRequire(import.meta.url);
  const wrong = (problem: string) =>
    new EngineError(
      `GAN_TFJS_NODE must be the absolute path of the folder whose node_modules has @tensorflow/tfjs-node, but ${folder} ${problem}`,
    );
  if (!isAbsolute(folder)) throw wrong('is not absolute');
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) throw wrong('is no folder');
  return createRequire(join(folder, 'package.json'));
}

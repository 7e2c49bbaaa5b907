/**
 * `npm run tfjs-node -- --into <folder>`: builds `@tensorflow/tfjs-node` into a folder, which `GAN_TFJS_NODE` then names to the engine, the
 * tests and the benchmarks, and computes with it. With `--if-possible` it ends well where this machine lacks what that takes.
 */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { describe, engine } from '@gan/engine';
import { built } from './built.js';
import { LackingError } from './requirements.js';

const { values } = parseArgs({ options: { into: { type: 'string' }, 'if-possible': { type: 'boolean' } } });
try {
  if (values.into === undefined) throw new TypeError('--into must be the folder to build tfjs-node in, but is missing');
  const into = resolve(values.into);
  let stage = '';
  const fresh = await built({
    into,
    onStage: (stage) => console.log(stage),
    onProgress: (progress) => {
      if (progress.stage !== stage) console.log(`${progress.stage} by ${progress.by}`);
      stage = progress.stage;
    },
  });
  console.log(fresh ? `built in ${values.into}` : `${values.into} has it already`);
  process.env['GAN_TFJS_NODE'] = into;
  console.log(describe(await engine({ use: 'tfjs-node' })));
  console.log(`GAN_TFJS_NODE=${into} has the engine, the tests and the benchmarks use it`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  const lacking = error instanceof LackingError && values['if-possible'];
  process.exitCode = lacking ? 0 : error instanceof TypeError ? 2 : 1;
}

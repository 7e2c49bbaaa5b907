/** `npm run platform-package -- --into <folder>`: assembles the package of libtorch for a platform, to be published by hand. */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { assembled } from './assembled.js';

const { values } = parseArgs({ options: { platform: { type: 'string' }, into: { type: 'string' } } });
const platform = values.platform ?? `${process.platform}-${process.arch}`;
try {
  if (values.into === undefined) throw new TypeError('--into must be the folder of the package to be, but is missing');
  let stage = '';
  const notices = await assembled({
    platform,
    into: resolve(values.into),
    onProgress: (progress) => {
      if (progress.stage !== stage) console.log(`${progress.stage} by ${progress.by}`);
      stage = progress.stage;
    },
  });
  console.log(`assembled @gan/libtorch-${platform} in ${values.into}, with the terms of ${notices.join('; ')}`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = error instanceof TypeError ? 2 : 1;
}

/** Runs benchmarks/main.ts on the sources: `npm run bench -- step --model dcgan --size 28`. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const { status } = spawnSync(process.execPath, ['--import', 'tsx', 'benchmarks/main.ts', ...process.argv.slice(2)], {
  stdio: 'inherit',
  cwd: fileURLToPath(new URL('..', import.meta.url)),
});
process.exitCode = status ?? 1;

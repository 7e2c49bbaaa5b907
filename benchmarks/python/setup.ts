import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { environmentFolder, interpreterIn, TORCH } from './interpreter.js';

/**
 * Makes the Python environment of the benchmarks, with PyTorch and nothing of ours, in the user's cache folder. Where pip
 * gets it from is the user's own configuration. What is there but cannot import PyTorch is made anew.
 *
 * @param python The Python to make it with; `python3` unless said.
 * @throws TypeError with the command that failed.
 */
export async function setUp(python = process.platform === 'win32' ? 'python' : 'python3'): Promise<void> {
  const folder = environmentFolder();
  const own = interpreterIn(folder);
  const probe = ['-c', `import torch; assert torch.__version__.split("+")[0] == "${TORCH}", torch.__version__`];
  if (!existsSync(own) || spawnSync(own, probe, { stdio: 'ignore' }).status !== 0) {
    console.log(
      `installing PyTorch ${TORCH} into ${folder} (on Linux some 3 GB, with the CUDA libraries that it names)`,
    );
    await rm(folder, { recursive: true, force: true });
    await mkdir(dirname(folder), { recursive: true });
    run(python, '-m', 'venv', folder);
    run(own, '-m', 'pip', 'install', '--only-binary=:all:', `torch==${TORCH}`);
    run(own, ...probe);
  }
  console.log(`PyTorch ${TORCH} is in ${folder}`);
}

function run(file: string, ...parameters: readonly string[]): void {
  const { status, error } = spawnSync(file, parameters, { stdio: 'inherit' });
  if (status !== 0) throw new TypeError(`${file} ${parameters.join(' ')}: ${error?.message ?? `exit code ${status}`}`);
}

// @ts-check
// `npm test`: everything that can be checked on this machine, and how it went in the last line.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import util from 'node:util';
import { libtorchFolder, oldestLibtorchFolder } from './libtorch.mjs';
import { root } from './stamp.mjs';
import { build, CommandError, install, local, requireNode, turbo } from './workspace.mjs';

/** @type {{ name: string, passed: number, failed: number, seconds: number }[]} */
const results = [];

/** @typedef {boolean | void | { passed: number, failed: number }} Outcome */

/**
 * Runs one check and notes how it went; the checks after it run all the same.
 *
 * @param {string} name
 * @param {() => Outcome | Promise<Outcome>} run False or an error is a failure.
 */
async function check(name, run) {
  console.log(`\n== ${name}`);
  const begun = performance.now();
  let counts = { passed: 1, failed: 0 };
  try {
    const outcome = await run();
    if (typeof outcome === 'object') counts = outcome;
    else if (outcome === false) counts = { passed: 0, failed: 1 };
  } catch (error) {
    console.error(error instanceof CommandError ? error.message : error);
    counts = { passed: 0, failed: 1 };
  }
  results.push({ name, ...counts, seconds: (performance.now() - begun) / 1000 });
  return counts.failed === 0;
}

/**
 * Runs the tests and counts them.
 *
 * @param {readonly string[]} filters Paths and flags; all tests unless given.
 */
function tests(filters) {
  const folder = mkdtempSync(join(tmpdir(), 'gan-tests-'));
  try {
    const report = join(folder, 'report.json');
    const passed = local(
      'vitest',
      'vitest',
      'run',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${report}`,
      ...filters,
    );
    if (!existsSync(report)) return { passed: 0, failed: 1 };
    const { numPassedTests, numFailedTests, testResults } = JSON.parse(readFileSync(report, 'utf8'));
    /** Files that could not even be loaded have no tests to count. */
    const broken = testResults.filter(
      (/** @type {{ status: string, assertionResults: unknown[] }} */ file) =>
        file.status === 'failed' && file.assertionResults.length === 0,
    ).length;
    const failed = numFailedTests + broken;
    return { passed: numPassedTests, failed: failed === 0 && !passed ? 1 : failed };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * What is run on the oldest libtorch as well: calls, memory, the door, and every kernel and gradient beside another
 * implementation.
 */
const core = ['native', 'door', 'kernels', 'fused', 'replay', 'every-kernel', 'memory', 'precision'].map(
  (name) => `packages/tfjs-backend-torch/src/${name}`,
);

/** The core of the tests on the oldest libtorch, which prints what it refuses. */
async function testOldest() {
  const folder = await oldestLibtorchFolder();
  if (folder === undefined) {
    console.log('The oldest libtorch could not be had: the tests on it are skipped.');
    return { passed: 0, failed: 0 };
  }
  process.env['GAN_LIBTORCH'] = folder;
  return tests(['--project=float32', ...core]);
}

/** What is run on tfjs-node: its engine and a training; at night whatever can be, gradients and specs with it. */
const onTensorflow = {
  daily: ['packages/gan-engine/src/tensorflow/native', 'tests/tfjs-node'],
  nightly: ['packages/gan-engine/src', 'tests'],
};

/** Builds tfjs-node, where that can be done, and runs the tests on it, which have its name. @param {boolean} nightly */
async function testTfjsNode(nightly) {
  const folder = join(root, 'node_modules', '.cache', 'tfjs-node');
  if (!local('tsx', 'tsx', 'tools/tfjs-node/main.ts', '--into', folder, '--if-possible')) return false;
  if (!existsSync(join(folder, 'built.json'))) {
    console.log('The tests on tfjs-node are skipped.');
    return { passed: 0, failed: 0 };
  }
  process.env['GAN_TFJS_NODE'] = folder;
  try {
    return tests(['--project=float32', '--testNamePattern=tfjs-node', ...onTensorflow[nightly ? 'nightly' : 'daily']]);
  } finally {
    delete process.env['GAN_TFJS_NODE'];
  }
}

/** What tests find out about this machine from their environment. */
async function prepareEnvironment() {
  const shared = resolve(root, '..', 'shared', 'data');
  if (!process.env['GAN_SHARED_DATA'] && existsSync(shared)) process.env['GAN_SHARED_DATA'] = shared;
  const libtorch = await libtorchFolder();
  if (libtorch) process.env['GAN_LIBTORCH'] = libtorch;
  else console.log('There is no libtorch here and none could be had: the tests that need it are skipped, by name.');
}

async function main() {
  const { values, positionals } = util.parseArgs({
    options: { nightly: { type: 'boolean', default: false } },
    allowPositionals: true,
  });
  if (values.nightly) process.env['GAN_NIGHTLY'] = '1';
  if ((await check('Node', () => requireNode())) && (await check('install', install))) {
    const built = await check('build', build);
    await check('lint', () =>
      local('@biomejs/biome', 'biome', 'ci', `--colors=${process.stdout.isTTY ? 'force' : 'off'}`, '.'),
    );
    await check('types of the sources', () => local('typescript', 'tsc', '-p', 'tsconfig.json', '--noEmit'));
    if (built) {
      await check('types of the packages', () => turbo('typecheck'));
      await check('packages as published', () => turbo('package'));
      await check('libtorch', prepareEnvironment);
    }
    await check('tests', () => tests(positionals));
    if (built && positionals.length === 0) {
      await check('tests on tfjs-node', () => testTfjsNode(values.nightly));
      await check('tests on libtorch 2.11', testOldest);
      await check('a release', () =>
        local('tsx', 'tsx', 'tools/release/check.ts', ...(values.nightly ? ['--matrix'] : [])),
      );
      if (values.nightly) await check('the site', () => local('tsx', 'tsx', 'tools/docs.mjs'));
    }
  }
  console.log();
  for (const { name, passed, failed, seconds } of results)
    console.log(
      `${failed === 0 ? 'ok    ' : 'FAILED'} ${name.padEnd(24)} ${`${passed} passed, ${failed} failed`.padEnd(26)} ${seconds.toFixed(1)} s`,
    );
  const total = (/** @type {'passed' | 'failed'} */ what) => results.reduce((sum, result) => sum + result[what], 0);
  process.exitCode = total('failed') === 0 ? 0 : 1;
  console.log(`\n${total('passed')} passed, ${total('failed')} failed`);
}

try {
  await main();
} catch (error) {
  if (!(error instanceof TypeError)) throw error;
  console.error(error.message);
  process.exitCode = 2;
}

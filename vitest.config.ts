import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig, type TestProjectInlineConfiguration } from 'vitest/config';

const here = (path: string) => new URL(path, import.meta.url);

const source = (path: string) => fileURLToPath(here(`./packages/${path}`));

const testsIn = (folder: string): string[] =>
  readdirSync(here(folder), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.test.ts') && !path.includes('node_modules'))
    .map((path) => `${folder}/${path.replaceAll('\\', '/')}`);

const folders = ['tests', ...readdirSync(here('packages')).map((name) => `packages/${name}/src`)];

/** What compares with values of other implementations, or with differences, once more in the engine's float64 mode. */
const inFloat64: TestProjectInlineConfiguration = {
  extends: true,
  test: {
    name: 'float64',
    setupFiles: ['tests/float64.setup.ts'],
    include: [
      ...folders.flatMap(testsIn).filter((path) => /\bgolden\//.test(readFileSync(here(path), 'utf8'))),
      'packages/tfjs-backend-torch/src/fused/{adam,gradients}.test.ts',
      'packages/gan-engine/src/gradients/{chained-ops,fused,tape/mend-tape}.test.ts',
    ],
  },
};

/** Tests run on the sources: nothing needs to be built. Keep the aliases in step with `paths` in tsconfig.json. */
export default defineConfig({
  resolve: {
    alias: [
      { find: /^@gan\/core\/testing$/, replacement: source('gan-core/src/testing/index.ts') },
      { find: /^@gan\/(core|losses|architectures|metrics|data|engine)$/, replacement: source('gan-$1/src/index.ts') },
      { find: /^@gan\/tfjs-backend-torch$/, replacement: source('tfjs-backend-torch/src/index.ts') },
    ],
  },
  test: {
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    env: { OMP_NUM_THREADS: '1' },
    exclude: ['**/node_modules/**', '**/dist/**', ...(process.env['GAN_NIGHTLY'] ? [] : ['**/*.nightly.test.ts'])],
    projects: [
      {
        extends: true,
        test: {
          name: 'float32',
          include: [
            'packages/*/src/**/*.test.ts',
            'tests/**/*.test.ts',
            'start/**/*.test.ts',
            'benchmarks/**/*.test.ts',
            'examples/**/*.test.ts',
            'tools/**/*.test.ts',
          ],
        },
      },
      ...(process.env['GAN_LIBTORCH'] ? [inFloat64] : []),
    ],
  },
});

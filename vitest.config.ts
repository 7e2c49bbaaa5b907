import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const source = (path: string) => fileURLToPath(new URL(`./packages/${path}`, import.meta.url));

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
    include: [
      'packages/*/src/**/*.test.ts',
      'tests/**/*.test.ts',
      'start/**/*.test.ts',
      'benchmarks/**/*.test.ts',
      'examples/**/*.test.ts',
      'tools/**/*.test.ts',
    ],
    exclude: ['**/node_modules/**', '**/dist/**', ...(process.env['GAN_NIGHTLY'] ? [] : ['**/*.nightly.test.ts'])],
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    env: { OMP_NUM_THREADS: '1' },
  },
});

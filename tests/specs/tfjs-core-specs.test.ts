import { beforeAll, describe, expect, it } from 'vitest';
import { exclusions } from './exclusions.js';
import { runSpecs } from './run-specs.js';
import type { SpecResult } from './spec-result.js';

/** The specs that tfjs-core ships with: a suite that nobody here wrote. */

const named = ({ file, name }: SpecResult): string => `${file}: ${name}`;
const those = (results: readonly SpecResult[], passed: boolean): string[] =>
  results.filter(({ status }) => status !== 'pending' && (status === 'passed') === passed).map(named);

/** Specs of the cpu backend itself, which other backends do not have. */
const ofCpu = /^backends\/backend_cpu|: Switching cpu backends /;

describe("tfjs-core's own specs", () => {
  let onCpu: readonly SpecResult[] = [];
  beforeAll(async () => {
    onCpu = await runSpecs('cpu');
  }, 300_000);

  it('all pass on the cpu backend', () => {
    expect(those(onCpu, false)).toEqual([]);
    // 4,232 in tfjs-core 4.22, of which it leaves five pending itself.
    expect(onCpu).toHaveLength(4232);
    expect(those(onCpu, true)).toHaveLength(4227);
  });

  const withoutTorch = process.env['GAN_LIBTORCH'] === undefined;
  for (const engine of ['torch', 'torch-float64'])
    it.skipIf(withoutTorch)(
      `pass on ${engine} if they do on cpu, save ${Object.keys(exclusions).length} (needs libtorch: set GAN_LIBTORCH)`,
      async () => {
        const results = await runSpecs(engine);
        expect(those(results, false).sort()).toEqual(Object.keys(exclusions).sort());
        const here = new Set(results.map(named));
        const missing = those(onCpu, true).filter((name) => !here.has(name));
        expect(missing.filter((name) => !ofCpu.test(name))).toEqual([]);
      },
      300_000,
    );

  it('are seen to fail and to crash, and those after a crash to run', async () => {
    const results = await runSpecs('broken', '^ops/(relu|tanh|tan)_test: ');
    const passed = (file: string) => results.filter((each) => each.file === file && each.status === 'passed').length;
    const statuses = new Set(results.map(({ file, status }) => `${file} ${status}`));
    // The first value of any result of relu is wrong, so only specs that expect an error or a shape pass.
    expect(statuses).toContain('ops/relu_test failed');
    expect(statuses).toContain('ops/tanh_test crashed');
    expect(passed('ops/tan_test')).toBe(results.filter(({ file }) => file === 'ops/tan_test').length);
    expect(passed('ops/tan_test')).toBeGreaterThan(0);
  }, 300_000);

  it('leave out at most ten', () => {
    expect(Object.keys(exclusions).length).toBeLessThanOrEqual(10);
  });
});

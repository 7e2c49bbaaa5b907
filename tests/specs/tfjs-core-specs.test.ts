import { engine } from '@gan/engine';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ofGradients, ofKernels, ofTfjsNode, ofWebGPU } from './exclusions.js';
import { type SpecSuite, specSuite } from './run-specs.js';
import type { SpecResult } from './spec-result.js';

/** The specs that tfjs-core ships with: a suite that nobody here wrote. */

const named = ({ file, name }: SpecResult): string => `${file}: ${name}`;
const those = (results: readonly SpecResult[], passed: boolean): string[] =>
  results.filter(({ status }) => status !== 'pending' && (status === 'passed') === passed).map(named);

/** Specs of the cpu backend itself, which other backends do not have. */
const ofCpu = /^backends\/backend_cpu|: Switching cpu backends /;

/** On software they take minutes. */
const noWebGPU =
  process.env['GAN_NIGHTLY'] === undefined ||
  (await engine({ use: 'webgpu' }).then(
    () => false,
    () => true,
  ));

describe("tfjs-core's own specs", () => {
  let suite: SpecSuite;
  let onCpu: readonly SpecResult[] = [];
  beforeAll(async () => {
    suite = await specSuite();
    onCpu = await suite.run('cpu');
  }, 300_000);
  afterAll(() => suite.close());

  it('all pass on the cpu backend', () => {
    expect(those(onCpu, false)).toEqual([]);
    // 4,232 in tfjs-core 4.22, of which it leaves five pending itself.
    expect(onCpu).toHaveLength(4232);
    expect(those(onCpu, true)).toHaveLength(4227);
  });

  const absent = (variable: string) => process.env[variable] === undefined;
  const onLibtorch = { most: 10, skip: absent('GAN_LIBTORCH'), needs: 'libtorch: set GAN_LIBTORCH' };
  const onTensorflow = { most: 16, skip: absent('GAN_TFJS_NODE'), needs: 'tfjs-node: set GAN_TFJS_NODE' };
  const onWebGPU = { most: 10, skip: noWebGPU, needs: 'an adapter of WebGPU; at night' };
  const trials = [
    { name: 'torch', exclusions: ofKernels, ...onLibtorch },
    { name: 'torch-float64', exclusions: ofKernels, ...onLibtorch },
    { name: '@gan/engine torch-cpu', exclusions: { ...ofKernels, ...ofGradients }, ...onLibtorch },
    { name: '@gan/engine webgpu', exclusions: { ...ofWebGPU, ...ofGradients }, ...onWebGPU },
    { name: '@gan/engine tfjs-node', exclusions: ofTfjsNode, ...onTensorflow },
  ];
  for (const { name, exclusions, most, skip, needs } of trials) {
    const excluded = Object.keys(exclusions);
    it.skipIf(skip)(
      `pass on ${name} if they do on cpu, save ${excluded.length} (needs ${needs})`,
      async () => {
        const results = await suite.run(name);
        expect(those(results, false).sort()).toEqual(excluded.sort());
        const here = new Set(results.map(named));
        const missing = those(onCpu, true).filter((spec) => !here.has(spec));
        expect(missing.filter((spec) => !ofCpu.test(spec))).toEqual([]);
        expect(excluded.length).toBeLessThanOrEqual(most);
      },
      900_000,
    );
  }

  it('are seen to fail and to crash, and those after a crash to run', async () => {
    const results = await suite.run('broken', '^ops/(relu_test|tan_test|tanh_test: tanh basic)');
    const passed = (file: string) => results.filter((each) => each.file === file && each.status === 'passed').length;
    const statuses = new Set(results.map(({ file, status }) => `${file} ${status}`));
    // The first value of any result of relu is wrong, so only specs that expect an error or a shape pass.
    expect(statuses).toContain('ops/relu_test failed');
    expect(statuses).toContain('ops/tanh_test crashed');
    expect(passed('ops/tan_test')).toBe(results.filter(({ file }) => file === 'ops/tan_test').length);
    expect(passed('ops/tan_test')).toBeGreaterThan(0);
  }, 300_000);
});

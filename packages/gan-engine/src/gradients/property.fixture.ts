import type { EngineName } from '@gan/core';
import { getKernel, memory, setBackend } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { engine } from '../engine.js';
import { findLibtorch } from '../libtorch/find-libtorch.js';
import { loadWasm } from '../wasm/load-wasm.js';
import { noAdapter } from '../webgpu/adapter.fixture.js';
import { opCases } from './cases/all.cases.js';
import { differenceError, useOf } from './cases/derivatives.cases.js';
import { findings, truthOf } from './cases/verdicts.cases.js';
import { gradientRegistry } from './registry.js';

/**
 * Doubles leave 1e-10 of fourth-order differences at this step; where a gradient has a constant that is not a float32
 * (those of erf and selu, and scalars that ops make), it is rounded on its way to the engine: 6e-8.
 */
const [STEP, DIFFERENCE] = [2 ** -10, 1e-6];

/** Each third derivative costs as much as all the others; one use in so many has it taken. */
const THIRD = 8;

/** Where tfjs-node was built for the tests, it is what they are about: the others, and the truth, have been tried without it. */
const tfjsNode = process.env['GAN_TFJS_NODE'] !== undefined;

const float32: readonly (readonly [EngineName, backend: string])[] = tfjsNode
  ? [['tfjs-node', 'tensorflow']]
  : [
      ['torch-cpu', 'torch'],
      ['cpu', 'cpu'],
      ['wasm', 'wasm'],
      ...(noAdapter === '' ? ([['webgpu', 'webgpu']] as const) : []),
    ];

/**
 * Every op in so many random uses: gradients in the float64 mode against central differences, those of the other engines
 * against that.
 *
 * @param from The seed of the first: files that share a large number of uses are tried side by side.
 */
export async function describeGradients(uses: number, from = 0): Promise<void> {
  const absent = (await findLibtorch()).found.length === 0;
  const beside = noAdapter === '' || tfjsNode ? '' : `, WebGPU left out${noAdapter}`;
  const title = `gradients of every op in ${uses} random uses${from ? `, from the ${from}th` : ''}${tfjsNode ? ', on tfjs-node' : ''}${beside}`;

  describe.skipIf(absent)(`${title}${absent ? ' (skipped: no libtorch on this machine)' : ''}`, () => {
    const reached = new Set<string>();

    beforeAll(async () => {
      await loadWasm();
      if (tfjsNode) await engine({ use: 'tfjs-node' });
      await engine({ use: 'torch-cpu' });
      for (const [kernel, config] of gradientRegistry()) {
        const { gradFunc } = config;
        const watched: typeof gradFunc = (...saved) => {
          reached.add(kernel);
          return gradFunc(...saved);
        };
        gradientRegistry().set(kernel, { ...config, gradFunc: watched });
      }
    });

    it.each(opCases)(
      'are those of $name',
      async (one) => {
        for (let seed = from; seed < from + uses; seed++) {
          await setBackend('torch-float64');
          const before = memory().numTensors;
          const use = useOf(one, seed);
          for (const order of tfjsNode ? [] : seed % THIRD === 0 ? [1, 2, 3] : [1, 2])
            expect(differenceError(use, order, STEP), `order ${order}, seed ${seed}`).toBeLessThan(DIFFERENCE);
          const truth = truthOf(use);
          for (const [name, backend] of float32) {
            await setBackend(backend);
            const verdict = one.lacking?.includes(name) ? 'absent' : 'right';
            const { first, second } = findings(use, truth);
            expect(first, `first of ${name}, seed ${seed}`).toMatchObject({ verdict });
            expect(second, `second of ${name}, seed ${seed}`).toMatchObject({ verdict });
          }
          expect(memory().numTensors, `tensors after seed ${seed}`).toBe(before);
        }
      },
      600_000,
    );

    // Of two kernels TensorFlow.js registers a gradient though neither its ops nor these engines know them.
    it('are all that are registered', () => {
      const missed = [...gradientRegistry().keys()].filter((kernel) => !reached.has(kernel));
      const backends = ['torch-float64', ...float32.map(([, backend]) => backend)];
      expect(missed.filter((kernel) => backends.some((backend) => getKernel(kernel, backend)))).toEqual([]);
    });
  });
}

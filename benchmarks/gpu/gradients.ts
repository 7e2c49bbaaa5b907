/**
 * The gradients of every op on a graphics processor, first and second, beside those of libtorch in doubles on the processor: the suite
 * of `packages/gan-engine/src/gradients`, as a program. Arguments: the device, how many random uses of each op, and a regular
 * expression for their names. A line of JSON for each op on standard output.
 */
import { engine } from '@gan/engine';
import { setBackend } from '@tensorflow/tfjs-core';
import { opCases } from '../../packages/gan-engine/src/gradients/cases/all.cases.js';
import { useOf } from '../../packages/gan-engine/src/gradients/cases/derivatives.cases.js';
import { findings, truthOf } from '../../packages/gan-engine/src/gradients/cases/verdicts.cases.js';

/** What was found of an op. */
export interface OpFinding {
  readonly name: string;
  readonly verdicts: readonly string[];
  /** The largest of first and second gradients, relative to the largest entry. */
  readonly errors: readonly [first: number, second: number];
  readonly sentence?: string;
}

const [, , device = 'cuda', uses = '2', filter = ''] = process.argv;
await engine({ use: 'torch-cpu' });
if (device !== 'cpu') await engine({ use: `torch-${device}` as 'torch-cuda', tensorFloat32: false });
const backend = device === 'cpu' ? 'torch' : `torch-${device}`;

for (const one of opCases.filter(({ name }) => new RegExp(filter).test(name))) {
  const found = Array.from({ length: Number(uses) }, (_, seed) => {
    setBackend('torch-float64');
    const use = useOf(one, seed);
    const truth = truthOf(use);
    setBackend(backend);
    return findings(use, truth);
  });
  const orders = [found.map(({ first }) => first), found.map(({ second }) => second)] as const;
  const sentence = orders.flat().find((each) => each.sentence)?.sentence;
  const finding: OpFinding = {
    name: one.name,
    verdicts: [...new Set(orders.flat().map(({ verdict }) => verdict))],
    errors: orders.map((all) => Math.max(...all.map(({ error }) => error))) as [number, number],
    ...(sentence !== undefined && { sentence }),
  };
  console.log(JSON.stringify(finding));
}

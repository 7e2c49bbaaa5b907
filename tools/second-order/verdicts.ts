import { setBackend } from '@tensorflow/tfjs-core';
import { opCases } from '../../packages/gan-engine/src/gradients/cases/all.cases.js';
import { useOf } from '../../packages/gan-engine/src/gradients/cases/derivatives.cases.js';
import {
  findings,
  type Truth,
  truthOf,
  type Verdict,
} from '../../packages/gan-engine/src/gradients/cases/verdicts.cases.js';

/** How both gradients of an op are on an engine, in the worst of its uses. */
export interface Verdicts {
  readonly first: Verdict;
  readonly second: Verdict;
}

/** By op. */
export type Table = Readonly<Record<string, Verdicts>>;

/** By op, of each of its uses. */
export type Truths = Readonly<Record<string, readonly Truth[]>>;

/** What the gradients are in so many uses of every op, by the engine's float64 mode. */
export async function truths(uses: number): Promise<Truths> {
  await setBackend('torch-float64');
  return Object.fromEntries(
    opCases.map((one) => [one.name, Array.from({ length: uses }, (_, seed) => truthOf(useOf(one, seed)))]),
  );
}

/** What the gradients that are registered make of the same uses on a backend. */
export async function verdictsOn(backend: string, truths: Truths, cases = opCases): Promise<Table> {
  await setBackend(backend);
  return Object.fromEntries(
    cases.map((one) => {
      const all = truths[one.name]!.map((truth, seed): Verdicts => {
        try {
          const { first, second } = findings(useOf(one, seed, truth.attempt), truth);
          // The right derivative of a wrong one is wrong.
          return { first: first.verdict, second: first.verdict === 'wrong' ? 'wrong' : second.verdict };
        } catch {
          return { first: 'absent', second: 'absent' };
        }
      });
      return [
        one.name,
        { first: worst(all.map(({ first }) => first)), second: worst(all.map(({ second }) => second)) },
      ];
    }),
  );
}

const worst = (verdicts: readonly Verdict[]): Verdict =>
  (['wrong', 'throws', 'right'] as const).find((verdict) => verdicts.includes(verdict)) ?? 'absent';

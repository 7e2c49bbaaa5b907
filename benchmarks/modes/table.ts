import { median } from '../step/quiet.js';
import type { ModesResult } from './modes.js';
import { pairings } from './pairings.js';
import { type Outcome, trained } from './trial.js';

/** Outcomes for people, in Markdown: a row for each suite, pairing and number of steps, with the median over seeds. */
export function modesTable({ outcomes, failures }: ModesResult): string {
  const groups = new Map<string, Outcome[]>();
  for (const outcome of outcomes) {
    const key = JSON.stringify([outcome.suite, outcome.pairing, outcome.steps]);
    groups.set(key, [...(groups.get(key) ?? []), outcome]);
  }
  const rows = [...groups.values()].map((group) => {
    const [{ suite, pairing, steps }] = group as [Outcome];
    const { objective, paper } = pairings[pairing] ?? { objective: [], paper: '' };
    return [
      suite,
      pairing,
      objective.map(({ name }) => `\`${name}\``).join(' + '),
      paper,
      String(steps),
      number(
        middle(group, ({ end }) => end.modes),
        0,
      ),
      number(
        middle(group, ({ end }) => end.share),
        2,
      ),
      `${number(
        middle(group, ({ start }) => start.reverseKL ?? Number.POSITIVE_INFINITY),
        2,
      )} → ${number(
        middle(group, ({ end }) => end.reverseKL ?? Number.POSITIVE_INFINITY),
        2,
      )}`,
      `${group.filter(trained).length} of ${group.length}`,
    ];
  });
  return [
    ['suite', 'loss', 'terms', 'paper', 'steps', 'modes', 'high quality', 'reverse KL', 'trained'],
    Array(9).fill('---'),
    ...rows,
  ]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .concat(failures)
    .join('\n');
}

const middle = (group: readonly Outcome[], of: (outcome: Outcome) => number): number => median(group.map(of));
const number = (value: number, digits: number): string => (Number.isFinite(value) ? value.toFixed(digits) : '∞');

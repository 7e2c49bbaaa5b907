import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { opCases } from '../../packages/gan-engine/src/gradients/cases/all.cases.js';
import { cell, subjects } from './page.js';

const committed = readFileSync(new URL('../../docs/second-order.md', import.meta.url), 'utf8');
const rows = committed
  .slice(committed.indexOf('| op |'))
  .trim()
  .split('\n')
  .slice(2)
  .map((row) =>
    row
      .split('|')
      .slice(1, -1)
      .map((text) => text.trim()),
  );

it('docs/second-order.md lists the ops that the property test draws, in its order', () => {
  expect(rows.map(([name]) => name)).toEqual(opCases.map(({ name }) => name));
});

// The property test holds every engine to that.
it('says of ours that every gradient is right, on every engine that has the op', () => {
  opCases.forEach(({ lacking }, i) => {
    subjects.forEach((subject, column) => {
      if (subject === 'stock cpu' || subject === 'stock wasm') return;
      const verdict = lacking?.includes(subject) ? 'absent' : 'right';
      expect(rows[i]![column + 1], `${rows[i]![0]} on ${subject}`).toBe(cell({ first: verdict, second: verdict }));
    });
  });
});

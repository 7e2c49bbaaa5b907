import { assertOneOf } from '@gan/core';
import type { ClassCondition } from './class-condition.js';
import type { ScoreHead } from './judge-score.js';

/** @throws TypeError unless the head is one, and how to condition is said only where there is a condition. */
export function assertJudgeOptions(options: {
  readonly classes?: number | undefined;
  readonly head?: ScoreHead;
  readonly condition?: ClassCondition;
}): void {
  const { classes, head, condition } = options;
  if (head !== undefined) assertOneOf('head', head, ['linear', 'sigmoid']);
  if (condition === undefined) return;
  assertOneOf('condition', condition, ['concatenation', 'projection']);
  if (classes === undefined)
    throw new TypeError(`condition is '${condition}', but there is nothing to condition on: classes is missing`);
}

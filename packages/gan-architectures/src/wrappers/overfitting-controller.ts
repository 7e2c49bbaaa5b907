import { assertCount, assertFinite, assertPositive, type Network, shown, type Tensors, untaped } from '@gan/core';
import {
  add,
  clipByValue,
  greaterEqual,
  mean,
  mul,
  scalar,
  sign,
  sub,
  type Tensor,
  where,
  zerosLike,
} from '@tensorflow/tfjs-core';
import { assertShare, type OptionCheck, optional } from '../layers/option-check.js';

/** How a probability follows the overfitting of a judge. */
export interface OverfittingOptions {
  /** The overfitting that is let be, in [-1, 1]: 0.6 unless said. */
  readonly target?: number;
  /** After how many real pictures the probability would have gone from 0 to 1: 500,000 unless said. */
  readonly speed?: number;
  /** After how many batches of real pictures the probability is changed: 4 unless said. */
  readonly interval?: number;
  /** The probability at the start: 0 unless said. */
  readonly start?: number;
  /** The judge's head that is above the middle (0, or 1/2 of a sigmoid) for what it holds real; needed if it has several. */
  readonly head?: string;
}

/** The names of these options. */
export const overfittingOptions = ['target', 'speed', 'interval', 'start', 'head'];

/** Holds a probability in state, and changes it by what a judge says of real pictures. */
export interface OverfittingController {
  /**
   * The state that it starts with: `probability`, `overfitting` (r when it was last measured), and what has been counted
   * since; the caller's.
   */
  readonly init: () => Tensors;
  readonly probability: (state: Tensors) => Tensor;
  /** What its state becomes when the judge has said this of a batch of real pictures. */
  readonly heard: (state: Tensors, outputs: Tensors, pictures: number) => Tensors;
}

/**
 * The controller of ADA: the overfitting of a judge is measured by how sure it is of real pictures,
 *
 *     r = mean of sign D(x) over the last batches,   p <- min(max(p + sign(r - target) * pictures / speed, 0), 1)
 *
 * with `pictures` as many as those batches had. Nothing of it is differentiated.
 *
 * @param judge Whose heads are looked at.
 * @throws TypeError if an option is out of its range, or `head` is no score of the judge.
 * @see Karras et al. (2020), arXiv:2006.06676, section 3.
 */
export function overfittingController(judge: Network, options: OverfittingOptions): OverfittingController {
  const checks: Readonly<Record<string, OptionCheck>> = {
    target: optional(assertFinite),
    speed: optional(assertPositive),
    interval: optional(assertCount),
    start: optional(assertShare),
  };
  for (const [name, check] of Object.entries(checks)) check(name, options[name as keyof OverfittingOptions]);
  const { target = 0.6, speed = 500_000, interval = 4, start = 0 } = options;
  if (Math.abs(target) > 1) throw new TypeError(`target must lie in [-1, 1], but is ${shown(target)}`);
  const head = scoreOf(judge, options.head);
  const middle = judge.outputs[head] === 'sigmoid' ? 0.5 : 0;
  return {
    init: () => ({
      probability: scalar(start),
      overfitting: scalar(0),
      signs: scalar(0),
      batches: scalar(0),
      pictures: scalar(0),
    }),
    probability: (state) => state['probability']!,
    heard: (state, outputs, count) => {
      const {
        probability,
        overfitting: before,
        ...counted
      } = state as Tensors<'probability' | 'overfitting' | 'signs' | 'batches' | 'pictures'>;
      const sure = untaped(() => mean(sign(sub(outputs[head]!, middle))));
      const batches = add(counted.batches, 1);
      const pictures = add(counted.pictures, count);
      const signs = add(counted.signs, sure);
      const due = greaterEqual(batches, interval);
      const overfitting = where(due, mul(signs, 1 / interval), before);
      const step = mul(sign(sub(overfitting, target)), mul(pictures, 1 / speed));
      const since = (sum: Tensor): Tensor => where(due, zerosLike(sum), sum);
      return {
        probability: where(due, clipByValue(add(probability, step), 0, 1), probability),
        overfitting,
        signs: since(signs),
        batches: since(batches),
        pictures: since(pictures),
      };
    },
  };
}

/** The head that scores samples: the one that is asked for, or the only one. */
function scoreOf({ outputs }: Network, wanted: string | undefined): string {
  const scores = Object.keys(outputs).filter((name) => outputs[name] === 'linear' || outputs[name] === 'sigmoid');
  if (wanted === undefined && scores.length === 1) return scores[0]!;
  if (wanted !== undefined && scores.includes(wanted)) return wanted;
  throw new TypeError(
    wanted === undefined
      ? `head must say by which score overfitting is measured, but the judge has ${scores.join(', ') || 'none'}`
      : `head must be a score of the judge, ${scores.join(', ') || 'which has none'}, but is ${shown(wanted)}`,
  );
}

import { mlpDiscriminator, mlpGenerator } from '@gan/architectures';
import { adam, evaluate, type Game, gan, linear, type Step, type Training, train } from '@gan/core';
import { engine } from '@gan/engine';
import { highQualityShare, modesCovered, reverseKL } from '@gan/metrics';
import { units } from './judges.js';
import { labelled } from './labelled.js';
import { batchSize, pairings } from './pairings.js';
import { type SuiteName, suites } from './suites.js';

/** One training, which says all of what it needs. */
export interface Trial {
  readonly suite: SuiteName;
  readonly pairing: string;
  readonly seed: number;
  readonly steps: number;
}

/** How well 2,500 points cover the modes. */
export interface Figures {
  readonly modes: number;
  /** The share of points within 3 standard deviations of a mode. */
  readonly share: number;
  /** In nats; null where no point is that near. */
  readonly reverseKL: number | null;
}

/** What came of it. */
export interface Outcome extends Trial {
  readonly start: Figures;
  readonly end: Figures;
  /** The first step seen to have a loss that is no finite number; null if there was none. */
  readonly broke: number | null;
  readonly milliseconds: number;
  /** Whose numbers they are. */
  readonly engine: string;
}

/** Losses are looked at so often, and at the end: what has become NaN stays so. */
const stride = 50;

/** Trains a pairing on a suite, on one thread. */
export async function outcomeOf(trial: Trial): Promise<Outcome> {
  const { suite, pairing, seed, steps } = trial;
  const { name, version } = await engine({ threads: 1 });
  const data = suites[suite]();
  const training = train(gameOf(pairing, steps), { data: labelled(data) as never, batchSize, seed }) as Training;
  const metrics = [modesCovered(data), highQualityShare(data), reverseKL(data)];
  const figures = async (): Promise<Figures> => {
    const seen = await evaluate(training.network('generator'), { data: data as never, metrics, seed });
    const divergence = seen['reverse-kl']!;
    return {
      modes: seen['modes-covered']!,
      share: seen['high-quality-share']!,
      reverseKL: Number.isFinite(divergence) ? divergence : null,
    };
  };
  try {
    const start = await figures();
    const begun = performance.now();
    let broke: number | null = null;
    for await (const step of training) {
      const last = training.steps === steps;
      if ((last || step.index % stride === 0) && !(await sane(step))) broke = step.index;
      if (last || broke !== null) break;
    }
    const milliseconds = Math.round(performance.now() - begun);
    return { ...trial, start, end: await figures(), broke, milliseconds, engine: `${name} ${version}` };
  } finally {
    training.dispose();
  }
}

const sane = async (step: Step): Promise<boolean> => Object.values(await step.losses()).every(Number.isFinite);

/** The game of two of a pairing. */
function gameOf(name: string, steps: number): Game {
  const { objective, judge, generator, samples, optimizer, judgeUpdates = 1, unrolled = 0 } = pairings[name]!;
  const sample = [2] as const;
  const parts = {
    generator: generator ?? mlpGenerator({ sample, latents: 2, units }),
    discriminator: judge ?? mlpDiscriminator({ sample, units }),
    objective,
    optimizer:
      optimizer ??
      adam({ learningRate: linear({ from: 2e-3, to: 0, steps: steps * judgeUpdates }), beta1: 0.5, beta2: 0.99 }),
    discriminatorUpdates: judgeUpdates,
    unrolled,
    ...(samples && { samples }),
  };
  return gan(parts as never) as unknown as Game;
}

/** Whether it trained: no loss broke, and the modes are more evenly covered than at the start. */
export const trained = ({ start, end, broke }: Outcome): boolean =>
  broke === null && end.reverseKL !== null && end.reverseKL < (start.reverseKL ?? Number.POSITIVE_INFINITY);

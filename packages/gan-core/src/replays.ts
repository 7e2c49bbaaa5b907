import type { Tensor } from '@tensorflow/tfjs-core';
import { type Computation, currentEngine, type RecordComputation } from './engine.js';
import { type Draws, heardDraws } from './heard-draws.js';
import type { Tensors } from './network.js';
import type { Random } from './random.js';

/** What a play may look at beside tensors, all of which is watched. */
export interface Watched {
  readonly random: Random;
  /** Is told that the play depends on what no tensor tells, and so is to be played anew each time. */
  readonly differs: (because: string) => void;
}

/** A computation of a step: pure, and the same for the same key but for tensors and draws. */
export interface Play {
  /** Tells it apart from others of the same training. */
  readonly key: string;
  readonly given: Tensors;
  /** Streams are taken from it, and no numbers: a play that cannot be done again starts from it once more. */
  readonly random: Random;
  /** What it gives; the caller owns what it was not given. */
  readonly body: (watched: Watched) => Tensors;
}

/** A play that was written down. */
interface Written {
  readonly computation: Computation;
  readonly draws: Draws;
  /** What it gives, by name: a result of the computation by its place, or what it was given by its name. */
  readonly gives: Readonly<Record<string, number | string>>;
}

interface Case {
  /** How often it was played. */
  plays: number;
  /** When it is written down next. */
  next: number;
  /** Written down the last time, and waiting for its like. */
  first?: Written | undefined;
  /** Written down twice the same. */
  written?: Written | undefined;
}

/** Of one training; further ones, as a weight that changes with every step makes, are played. */
const CASES = 16;

/**
 * Plays that an engine does again without JavaScript between their parts. A play is written down the second and the third
 * time; if both are the same, it is done again from then on. If not (a network changed its mind, a number was read) it is
 * tried again after twice as many plays, and played meanwhile.
 */
export class Replays {
  readonly #cases = new Map<string, Case>();
  readonly #record: RecordComputation | undefined;
  #refusal: string | undefined;

  /** @param record The engine's, if it has one and it is to be used. */
  constructor(record: RecordComputation | undefined) {
    this.#record = record;
  }

  /** Why the last play that was written down cannot be done again. */
  get refusal(): string | undefined {
    return this.#refusal;
  }

  /** How many plays are done again. */
  get written(): number {
    return [...this.#cases.values()].filter(({ written }) => written).length;
  }

  /** Does what a play says. */
  play(play: Play): Tensors {
    const { key, given, random, body } = play;
    const record = this.#record;
    const plain = () => body({ random, differs: () => {} });
    if (!record || record !== currentEngine()?.record) return plain();
    const known = this.#cases.get(key);
    if (!known && this.#cases.size === CASES) return plain();
    const now: Case = known ?? { plays: 0, next: 1 };
    if (!known) this.#cases.set(key, now);
    const turn = now.plays++;
    if (now.written) {
      const results = again(now.written, given, random);
      if (results) return results;
      this.#forget(now);
    }
    if (turn !== now.next && !now.first) return plain();
    const { results, written } = this.#written(record, play);
    const { first } = now;
    if (!first) now.first = written;
    else {
      now.first = undefined;
      first.computation.dispose();
      if (written?.computation.fingerprint === first.computation.fingerprint) now.written = written;
      else {
        if (written) this.#refusal = 'two recordings differ';
        written?.computation.dispose();
      }
    }
    if (!now.first) now.next = 2 * now.plays;
    return results;
  }

  /** Frees what is kept. */
  dispose(): void {
    for (const each of this.#cases.values()) this.#forget(each);
    this.#cases.clear();
  }

  #forget(each: Case): void {
    each.first?.computation.dispose();
    each.written?.computation.dispose();
    each.first = undefined;
    each.written = undefined;
    each.next = 2 * each.plays;
  }

  #written(record: RecordComputation, { given, random, body }: Play): { results: Tensors; written?: Written } {
    const places = new Map(Object.entries(given).map(([name, tensor]) => [tensor, name]));
    const gives: Record<string, number | string> = {};
    let draws: Draws | undefined;
    let results: Tensors = {};
    const { computation, refusal } = record(({ input, refuse }) => {
      for (const tensor of Object.values(given)) input(tensor);
      const heard = heardDraws(random, {
        drawn: input,
        numbers: () => refuse('random numbers were drawn in JavaScript'),
      });
      draws = heard;
      results = body({ random: heard.random, differs: refuse });
      const own: Tensor[] = [];
      for (const [name, tensor] of Object.entries(results)) {
        const place = places.get(tensor);
        gives[name] = place ?? own.push(tensor) - 1;
      }
      return own;
    });
    this.#refusal = refusal;
    return computation ? { results, written: { computation, draws: draws!, gives } } : { results };
  }
}

/** Undefined where it cannot be done. */
function again({ computation, draws, gives }: Written, given: Tensors, random: Random): Tensors | undefined {
  const drawn = draws.again(random);
  const own = computation.run([...Object.values(given), ...drawn]);
  for (const tensor of drawn) tensor.dispose();
  return (
    own &&
    Object.fromEntries(
      Object.entries(gives).map(([name, place]) => [name, typeof place === 'number' ? own[place]! : given[place]!]),
    )
  );
}

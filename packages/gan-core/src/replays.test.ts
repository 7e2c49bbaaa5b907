import '@tensorflow/tfjs-backend-cpu';
import { add, dispose, memory, mul, scalar, setBackend, type Tensor, tidy } from '@tensorflow/tfjs-core';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type RecordComputation, random, useEngine } from './index.js';
import { Replays, type Watched } from './replays.js';

/** An engine that counts what it is asked, and can be told what it says. */
function fakeEngine() {
  const says = { fingerprint: 'same', refusal: undefined as string | undefined, fits: true };
  const seen = { recorded: 0, again: [] as (readonly Tensor[])[], disposed: 0, inputs: 0 };
  const record: RecordComputation = (body) => {
    seen.recorded++;
    seen.inputs = 0;
    let { refusal } = says;
    const outputs = body({
      input: () => seen.inputs++,
      refuse: (reason) => {
        refusal ??= reason;
      },
    });
    if (refusal !== undefined) return { outputs, refusal };
    const computation = {
      fingerprint: says.fingerprint,
      run: (inputs: readonly Tensor[]) => {
        if (!says.fits) return undefined;
        seen.again.push(inputs);
        return outputs.map(() => scalar(42));
      },
      dispose: () => seen.disposed++,
    };
    return { outputs, computation };
  };
  useEngine({ name: 'cpu', device: 'cpu', version: '', threads: 1, deterministic: true, record });
  return { record, says, seen };
}

/** x times a draw, plus one number more for each time that it was really played. */
function player(replays: Replays, extra: (watched: Watched) => void = () => {}) {
  const played = { times: 0 };
  const play = (step: number, key = 'key'): number => {
    const x = scalar(step);
    const results = replays.play({
      key,
      given: { x },
      random: random(1).stream(step),
      body: (watched) => {
        played.times++;
        extra(watched);
        return { y: tidy(() => add(mul(x, watched.random.stream('below').uniform([])), 0)), x };
      },
    });
    const y = results['y']!.dataSync()[0]!;
    expect(results['x']).toBe(x);
    dispose([results['y']!, x]);
    return y;
  };
  return { play, played };
}

describe('plays', () => {
  let before = 0;
  beforeAll(async () => {
    await setBackend('cpu');
  });
  beforeEach(() => {
    before = memory().numTensors;
  });
  afterEach(() => {
    expect(memory().numTensors).toBe(before);
    useEngine(undefined);
  });

  it('are played each time where the engine writes nothing down', () => {
    const { play, played } = player(new Replays(undefined));
    for (let step = 0; step < 5; step++) play(step);
    expect(played.times).toBe(5);
  });

  it('are played three times, written down the second and the third, and then done again', () => {
    const { record, seen } = fakeEngine();
    const replays = new Replays(record);
    const { play, played } = player(replays);
    const values = [0, 1, 2, 3, 4].map((step) => play(step));
    expect(played.times).toBe(3);
    expect(seen.recorded).toBe(2);
    expect(values.slice(3)).toEqual([42, 42]);
    expect(replays.written).toBe(1);
    replays.dispose();
    expect(seen.disposed).toBe(2);
  });

  it('are done again on what is given and on what is drawn in that step', () => {
    const { record, seen } = fakeEngine();
    const replays = new Replays(record);
    const { play } = player(replays);
    const values: number[][] = [];
    for (let step = 0; step < 5; step++) {
      play(step);
      const inputs = seen.again.at(-1);
      if (inputs) values.push([inputs.length, step]);
    }
    expect(values).toEqual([
      [2, 3],
      [2, 4],
    ]);
    replays.dispose();
  });

  it('are written down anew after twice as many plays when two recordings differ', () => {
    const { record, says, seen } = fakeEngine();
    const replays = new Replays(record);
    const { play, played } = player(replays, () => {
      says.fingerprint = String(seen.recorded);
    });
    for (let step = 0; step < 20; step++) play(step);
    expect(played.times).toBe(20);
    // 1 and 2, 6 and 7, 16 and 17, counted from 0.
    expect(seen.recorded).toBe(6);
    expect(replays.refusal).toBe('two recordings differ');
    replays.dispose();
    expect(seen.disposed).toBe(6);
  });

  it('are played where the engine refuses, or numbers were drawn in JavaScript, or the play says that it differs', () => {
    for (const [extra, reason] of [
      [({ random: { next } }: Watched) => next(), 'random numbers were drawn in JavaScript'],
      [({ random: stream }: Watched) => stream.stream('a').permutation(3), 'random numbers were drawn in JavaScript'],
      [({ differs }: Watched) => differs('it is Monday'), 'it is Monday'],
    ] as const) {
      const { record } = fakeEngine();
      const replays = new Replays(record);
      const { play, played } = player(replays, extra as (watched: Watched) => void);
      for (let step = 0; step < 6; step++) play(step);
      expect(played.times).toBe(6);
      expect(replays.refusal).toBe(reason);
      replays.dispose();
    }
  });

  it('are played, and written down anew later, once they cannot be done again', () => {
    const { record, says, seen } = fakeEngine();
    const replays = new Replays(record);
    const { play, played } = player(replays);
    for (let step = 0; step < 4; step++) play(step);
    expect(played.times).toBe(3);
    says.fits = false;
    play(4);
    expect(played.times).toBe(4);
    expect(replays.written).toBe(0);
    says.fits = true;
    for (let step = 5; step < 14; step++) play(step);
    expect(seen.recorded).toBe(4);
    expect(replays.written).toBe(1);
    replays.dispose();
    expect(seen.disposed).toBe(4);
  });

  it('of too many kinds are played', () => {
    const { record, seen } = fakeEngine();
    const replays = new Replays(record);
    const { play, played } = player(replays);
    for (let step = 0; step < 100; step++) play(step, `key ${step}`);
    expect(played.times).toBe(100);
    for (let step = 0; step < 4; step++) play(step, 'key 99');
    expect(seen.recorded).toBe(0);
    replays.dispose();
  });

  it('are played while another engine is in use', () => {
    const { record, seen } = fakeEngine();
    const replays = new Replays(record);
    useEngine(undefined);
    const { play } = player(replays);
    for (let step = 0; step < 5; step++) play(step);
    expect(seen.recorded).toBe(0);
  });
});

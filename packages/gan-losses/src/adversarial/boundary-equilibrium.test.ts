import { scalar, type Tensor, tensor2d } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import golden from '../golden/adversarial.json' with { type: 'json' };
import { roundOfHeads } from '../heads.fixture.js';
import { gradientsOf, inScopes, number, numbers } from '../round.fixture.js';
import { boundaryEquilibrium } from './boundary-equilibrium.js';

const energies = (real: number, fake: number) => ({
  real: { energy: tensor2d([[real]]) },
  fake: { energy: tensor2d([[fake]]) },
});
const controller = { diversity: 0.75, rate: 0.5, start: 0.25 };

describe('boundaryEquilibrium', () => {
  inScopes();

  it('teaches the judge nothing of fakes at the start, when k is 0', () => {
    const { discriminator, init } = boundaryEquilibrium();
    const { real, fake } = energies(1, 2);
    const state = init!(undefined as never, undefined as never);
    const value = () => discriminator!(roundOfHeads({ real, fake, state }));
    expect(number(value())).toBe(1);
    const [ofReal, ofFake] = gradientsOf(value, [real.energy, fake.energy]).map(numbers);
    expect(ofReal).toEqual([1]);
    expect(Math.abs(ofFake![0]!)).toBe(0);
  });

  it("moves k and the convergence as torchgan's update_k does, and keeps k in [0, 1]", () => {
    const { init, after } = boundaryEquilibrium(controller);
    let state: Readonly<Record<string, Tensor>> = init!(undefined as never, undefined as never);
    expect(number(state['k']!)).toBe(0.25);
    for (const { real, fake, k, convergence } of golden.controller) {
      state = after!(roundOfHeads({ ...energies(real, fake), state })).state!;
      // Powers of two: exact in float32.
      expect(number(state['k']!)).toBe(k);
      expect(number(state['convergence']!)).toBe(convergence);
    }
    expect(golden.controller.map(({ k }) => k)).toEqual(expect.arrayContaining([0, 1]));
  });

  it('lets k be where the energies are in balance', () => {
    const state = { k: scalar(0.5), convergence: scalar(0) };
    const next = boundaryEquilibrium(controller).after!(roundOfHeads({ ...energies(4, 3), state })).state!;
    expect([number(next['k']!), number(next['convergence']!)]).toEqual([0.5, 4]);
  });

  it.each([
    [{ diversity: 0 }, 'diversity must be a positive finite number, but is 0'],
    [{ rate: -1 }, 'rate must be a positive finite number, but is -1'],
    [{ start: -0.5 }, 'start must be a finite number of at least 0, but is -0.5'],
    [{ start: 2 }, 'start must be in [0, 1], but is 2'],
  ])('refuses %o', (options, sentence) => {
    expect(() => boundaryEquilibrium(options)).toThrow(new TypeError(sentence));
  });
});

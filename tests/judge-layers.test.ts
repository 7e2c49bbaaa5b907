import '@tensorflow/tfjs-backend-cpu';
import { gradients, type Network, type Round, random, type Tensors } from '@gan/core';
import { r1 } from '@gan/losses';
import { add, type Tensor, tensor, tidy } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import {
  layerCases,
  layerCurvature,
  layeredJudge,
  layeredJudgeGolden,
  layerGolden,
  layerOutcome,
} from '../packages/gan-architectures/src/judge-layers.fixture.js';
import { engines, expectClose, inScopesOn, numbers } from './engines.fixture.js';

/** R1 of a judge at a sample. */
function penalty(network: Network, parameters: Tensors, state: Tensors, sample: Tensor): Tensor {
  const judge = (inputs: Tensors) =>
    network.apply({ parameters, state }, inputs, { training: true, random: random(1) }).outputs;
  const real = { sample };
  const round = { samples: { real }, judge, judged: () => ({ inputs: real, outputs: judge(real) }) };
  // R1 is half of what it is multiplied by.
  return r1({ gamma: 2 }).discriminator!(round as unknown as Round<{ readonly score: 'linear' }, 'real'>);
}

for (const { title, options, tolerance, there } of engines)
  describe.skipIf(!there)(`the layers of judges on ${title}${there ? '' : ' (needs libtorch)'}`, () => {
    inScopesOn(options);

    it.each(layerCases)('%s: outputs, gradients and state are those of independent code', (name) => {
      const [actual, wanted] = [layerOutcome(name), layerGolden(name)];
      for (const [i, output] of wanted.outputs.entries()) expectClose(actual.outputs[i]!, output, tolerance);
      for (const [key, slope] of Object.entries(wanted.gradients))
        expectClose(actual.gradients[key]!, slope, tolerance);
      if (wanted.slope) expectClose(actual.slope!, wanted.slope, tolerance);
      if (wanted.inference) expectClose(actual.inference!, wanted.inference, tolerance);
      for (const [key, value] of Object.entries(wanted.after)) expectClose(actual.after[key]!, value, tolerance);
    });

    it.each(layerCases.filter((name) => layerGolden(name).slope))(
      '%s: gradients of the square of its slope are those of independent code',
      (name) => {
        const [actual, wanted] = [layerCurvature(name), layerGolden(name).second];
        expect(actual.length).toBe(wanted.length);
        for (const [i, list] of wanted.entries()) expectClose(actual[i]!, list, tolerance);
      },
    );

    it("R1 of a judge with spectral norm and minibatch deviation has PyTorch's value and gradients", () => {
      const { network, weights, sample } = layeredJudge();
      const names = Object.keys(weights.parameters);
      const { value, gradients: slopes } = gradients(
        () => penalty(network, weights.parameters, weights.state, sample),
        names.map((name) => weights.parameters[name]!),
      );
      expect(Math.abs(value.dataSync()[0]! / layeredJudgeGolden.value - 1)).toBeLessThan(tolerance);
      const wanted = names.map((name) => layeredJudgeGolden.gradients[name.split('/')[0]!]!);
      const scale = Math.max(...wanted.flat().map(Math.abs));
      for (const [i, list] of wanted.entries())
        for (const [k, slope] of (slopes[i] ? numbers(slopes[i]) : list.map(() => 0)).entries())
          expect(Math.abs(slope - list[k]!) / scale).toBeLessThan(tolerance);
    });

    it.runIf(title.endsWith('float64'))('R1 of it has the slope of its value by differences, u and v held', () => {
      const { network, weights, sample } = layeredJudge();
      const name = '0/kernel';
      // In inference vectors stay as they are: what the gradient takes them for.
      const { state } = network.apply(weights, { sample }, { training: true, random: random(1) });
      const held: Network = {
        ...network,
        apply: (given, inputs, mode) => network.apply(given, inputs, { ...mode, training: false }),
      };
      const value = (kernel: Tensor) => penalty(held, { ...weights.parameters, [name]: kernel }, state, sample);
      const at = weights.parameters[name]!;
      const slope = numbers(gradients(() => value(at), [at]).gradients[0]!);
      const h = 1 / 1024;
      const differences = slope.map((_, i) =>
        tidy(() => {
          const moved = (by: number) => {
            const bump = tensor(
              Array.from({ length: at.size }, (_, k) => (k === i ? by : 0)),
              at.shape,
              'float32',
            );
            return value(add(at, bump)).dataSync()[0]!;
          };
          // To the fourth order in h; read as float32, hence 1e-7 / h.
          return (8 * (moved(h) - moved(-h)) - (moved(2 * h) - moved(-2 * h))) / (12 * h);
        }),
      );
      expectClose(differences, slope, 1e-3);
    });
  });

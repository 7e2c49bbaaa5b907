import { augmented, diffAugment } from '@gan/architectures';
import { gradients, type Network, type Random, random } from '@gan/core';
import { square, sum, type Tensor, tensor } from '@tensorflow/tfjs-core';
import { describe, it } from 'vitest';
import { engines, inScopesOn } from './engines.fixture.js';
import golden from './golden/augmentation.json' with { type: 'json' };
import { expectStored } from './stored.fixture.js';

/** Augmentations with the draws of other implementations (tools/goldens/augmentation.py). */

/** The pictures of the script. */
const pictures = (shape: readonly number[]): Tensor =>
  tensor(
    Array.from({ length: shape.reduce((size, side) => size * side, 1) }, (_, i) => ((i * 7919) % 1024) / 512 - 1),
    [...shape],
  );

/** A stream that gives what is listed, by the last part of its name or one after the other. */
const listed = (draws: Readonly<Record<string, readonly number[]>>, from: readonly number[] = []): Random => {
  let at = 0;
  return {
    ...random(1),
    integer: () => from[at++]!,
    uniform: (shape) => tensor([...from], [...shape]),
    normal: (shape) => tensor([...from], [...shape]),
    stream: (...name) => listed(draws, draws[name.at(-1)!] ?? from),
  };
};

/** A judge that says what it sees. */
const mirror = (sample: readonly number[]): Network => ({
  inputs: { sample },
  outputs: { seen: 'features' },
  init: () => ({ parameters: {}, state: {} }),
  apply: ({ state }, { sample: seen }) => ({ outputs: { seen: seen! } as never, state }),
});

const { color, translation, cutout } = golden.diffAugment;
const none = { color: false, translation: 0, cutout: 0 };
const [brightness, saturation, contrast] = color.draws as [number[], number[], number[]];
const cases = [
  ['colour', { ...none, color: true }, color, { brightness, saturation, contrast }],
  ['translation', { ...none, translation: 1 / 8 }, translation, { translation: translation.draws }],
  ['cutout', { ...none, cutout: 1 / 2 }, cutout, { cutout: cutout.draws }],
] as const;

for (const { title, options, tolerance, there } of engines)
  describe.skipIf(!there)(`DiffAugment of lightweight-gan's draws on ${title}`, () => {
    inScopesOn(options);

    it.each(cases)('%s: the same pictures, and slopes', (_, policy, wanted, draws) => {
      const judge = augmented(mirror(wanted.pictures.slice(1)), { augment: diffAugment(policy) });
      const sample = pictures(wanted.pictures);
      const seen = () =>
        judge.apply({ parameters: {}, state: {} }, { sample }, { training: true, random: listed(draws) }).outputs[
          'seen'
        ]!;
      expectStored(seen(), wanted.result, tolerance);
      expectStored(gradients(() => sum(square(seen())), [sample]).gradients[0]!, wanted.slope, tolerance);
    });
  });

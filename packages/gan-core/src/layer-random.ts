import type { Random } from './random.js';
import { random } from './streams.js';

let lent: Random | undefined;

/**
 * The stream that layers draw from: in a network that is being applied or made, the one which that was given. A layer of
 * one's own that draws its tensors from it, in `call`, gives the same numbers on every engine, and its updates can be done
 * again without JavaScript, which numbers from `Math.random` prevent. Elsewhere, a stream that `Math.random` seeds.
 */
export const layerRandom = (): Random => lent ?? random(Math.floor(Math.random() * 2 ** 32));

/**
 * Has layers draw from a stream. Those of tfjs-layers seed what has no seed from `Math.random`: initialisers, dropout,
 * noise, layers of a user's own.
 */
export function drawingFrom<R>(source: Random, body: () => R): R {
  const { random: chance } = Math;
  const before = lent;
  Math.random = source.next;
  lent = source;
  try {
    return body();
  } finally {
    Math.random = chance;
    lent = before;
  }
}

import type { Words } from './words.js';

const layers = 256;
/** Where the tail begins, and the area of each layer and of the base with its tail, for 256 layers of exp(-x^2 / 2). */
const tail = 3.654152885361009;
const area = 0.004928673233974658;

const height = (x: number) => Math.exp((-x * x) / 2);

/**
 * The right edges of the layers from the base up, in float32, so that a last bit in which two machines' `exp` or `log`
 * might differ does not reach them.
 */
const edges = new Float32Array(layers + 1);
/** An edge over 2^23: from a 24-bit integer with a sign to a point of the layer. */
const widths = new Float32Array(layers);
const heights = new Float64Array(layers + 1);
for (let layer = 0, x = area / height(tail); layer <= layers; layer++) {
  edges[layer] = x;
  widths[layer] = edges[layer]! * 2 ** -23;
  heights[layer] = height(edges[layer]!);
  x = layer === 0 ? tail : layer < layers - 1 ? Math.sqrt(-2 * Math.log(area / x + height(x))) : 0;
}

/**
 * Fills `out` with standard normal numbers, by the ziggurat with 256 layers: some 99 of 100 numbers cost one word and
 * one product, so that they are the same bits whatever a machine's `log` and `exp` do in the last place. The
 * resolution is 2^-23 of a layer's width (under 4.7e-7); the distribution is symmetric and never gives 0.
 *
 * Unlike the paper, layer and position come from separate bits of a word, as Doornik (2005) asks.
 *
 * @see Marsaglia, Tsang (2000), "The ziggurat method for generating random variables".
 */
export function fillNormal(out: Float32Array, words: Words): void {
  const chunk = new Uint32Array(Math.min(1024, (out.length + 3) & ~3));
  for (let at = 0, end = 0, i = 0; i < out.length; ) {
    if (at === end) {
      end = words.fill(chunk, out.length - i);
      at = 0;
    }
    const word = chunk[at++]! | 0;
    const layer = word & 255;
    const x = ((word >> 8) + 0.5) * widths[layer]!;
    if (Math.abs(x) < edges[layer + 1]!) out[i++] = x;
    else if (layer === 0) out[i++] = x < 0 ? -beyond(words) : beyond(words);
    else if (above(words, heights[layer]!, heights[layer + 1]!) < height(x)) out[i++] = x;
  }
}

/** Uniform in (0, 1]. */
const positive = (words: Words) => (words.next() + 1) * 2 ** -32;

const above = (words: Words, low: number, high: number) => low + positive(words) * (high - low);

/** A normal number beyond the tail's begin (Marsaglia 1964). */
function beyond(words: Words): number {
  for (;;) {
    const x = -Math.log(positive(words)) / tail;
    if (-2 * Math.log(positive(words)) >= x * x) return tail + x;
  }
}

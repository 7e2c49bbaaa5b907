import { assertCount, type Ports, type Shape, shown } from '@gan/core';

/** A map after mixing, and how it is judged. */
export interface ProjectedMap {
  /** Its name among the features. */
  readonly name: string;
  /** The shape that the features give. */
  readonly shape: Shape;
  /** Channels after those of one place were mixed. */
  readonly mixed: number;
  /** Channels after those of coarser maps were, too; its sides are doubled then. */
  readonly fused: number;
  /** Channels of each map that its judge makes, each of half the sides. */
  readonly widths: readonly number[];
}

/** The side that a judge halves its map down to, or near it. */
const coarse = 8;

/** @throws TypeError unless the features are square maps, finest first, each of half the sides of the one before. */
export function projectedShape(features: Ports, channels: number, filters: number): readonly ProjectedMap[] {
  assertCount('channels', channels);
  assertCount('filters', filters);
  const entries = Object.entries(features);
  if (entries.length === 0) throw new TypeError('features must give a map at least, but give nothing');
  return entries.map(([name, port], k): ProjectedMap => {
    const [height, width] = Array.isArray(port) ? (port as Shape) : [];
    if (!Array.isArray(port) || port.length !== 3 || height !== width)
      throw new TypeError(`features must be square maps, but '${name}' is ${shown(port)}`);
    const before = k === 0 ? undefined : (entries[k - 1]![1] as Shape)[0]!;
    if (before !== undefined && before !== 2 * height!)
      throw new TypeError(
        `each of the features must have half the sides of the one before, ${before}, but '${name}' is ${shown(port)}`,
      );
    const halvings = Math.max(0, Math.round(Math.log2((2 * height!) / coarse)));
    const widths = Array.from({ length: halvings }, (_, i) => Math.max(filters / 8, filters / 2 ** (halvings - 1 - i)));
    return {
      name,
      shape: port,
      mixed: channels * 2 ** k,
      fused: channels * 2 ** Math.max(0, k - 1),
      widths: widths.map(Math.ceil),
    };
  });
}

import { assertCount, assertKnownOptions, layersNetwork, type Network, type Shape } from '@gan/core';
import { type layers, model, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import { chain, modelInputs } from '../chain.js';
import { assertShare } from '../layers/option-check.js';
import { styleAverage, styleMixing } from '../layers/styles.js';
import { conditioned, type GeneratorPortOptions, type LatentInputs, latentsShape } from '../ports.js';

/**
 * Options of a mapping network, named like its ports; `sample` is that of the synthesis, and says how many layers take a
 * style. The papers have 512 latents.
 */
export interface StyleMappingOptions<
  L extends number | Shape = number | Shape,
  C extends number | undefined = number | undefined,
> extends GeneratorPortOptions<Shape, L, C> {
  /** Numbers of a style; 512, unless said, as in the papers. */
  readonly width?: number;
  /** How many dense layers there are; 8, unless said, as in the papers. */
  readonly layers?: number;
  /** How many of the samples are mixed in training, in [0, 1]; 0.9, unless said, as in the papers. */
  readonly mixing?: number;
}

/** In what mapping networks differ. */
export interface StyleMappingParts {
  /** Of the factory, for what it says of wrong options. */
  readonly name: string;
  /** How many layers of the synthesis take a style. */
  readonly styles: (sample: Shape) => number;
  /** What the first dense layer is given. */
  readonly code: (latents: SymbolicTensor, label: SymbolicTensor | undefined) => SymbolicTensor;
  /** A dense layer and what follows it. */
  readonly dense: (width: number, name: string) => readonly layers.Layer[];
}

/**
 * A network from latents, by way of dense layers, to a style for each layer of a synthesis, mixed in training; it keeps the
 * running average of styles in its state.
 *
 * @returns A network that takes `latents` (and `classes`), and gives `styles` `[batch, layers, width]`.
 */
export function styleMapping<const L extends number | Shape, const C extends number | undefined>(
  options: StyleMappingOptions<L, C>,
  parts: StyleMappingParts,
): Network<LatentInputs<L, C>, { readonly styles: readonly number[] }> {
  assertKnownOptions(parts.name, options, ['sample', 'latents', 'classes', 'width', 'layers', 'mixing']);
  const { sample, latents, classes, width = 512, layers: depth = 8, mixing = 0.9 } = options;
  const styles = parts.styles(sample);
  for (const [name, value] of Object.entries({ width, layers: depth })) assertCount(name, value);
  assertShare('mixing', mixing);
  const port = latentsShape(latents);
  return layersNetwork({
    inputs: conditioned({ latents: port }, classes),
    outputs: { styles: [styles, width] },
    model: () => {
      const { inputs, main, label } = modelInputs(port, classes);
      const hidden = Array.from({ length: depth }, (_, k) => parts.dense(width, `dense${k}`));
      const style = chain(parts.code(main, label), ...hidden.flat(), styleAverage({ name: 'styles' }));
      return model({ inputs, outputs: chain(style, styleMixing({ layers: styles, probability: mixing })) });
    },
  });
}

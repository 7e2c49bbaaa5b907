import { assertCount, assertFinite, assertKnownOptions, type Ports, type TrainedNetwork } from '@gan/core';
import { add, concat, mul, slice, sub, type Tensor, tidy } from '@tensorflow/tfjs-core';

/** Options of `truncatedStyles`. */
export interface TruncatedStylesOptions {
  /** How far from the average styles may be, as a share of how far they are: 1 leaves them, 0 makes all alike. */
  readonly psi: number;
  /** How many layers of the synthesis, coarsest first; all unless said. */
  readonly layers?: number;
}

/**
 * A trained mapping whose styles are drawn towards their average: samples become more typical and less varied,
 *
 *     style = average + psi (style - average)
 *
 * with the running average that `styleAverage` has kept. For sampling: put it in series with the trained synthesis.
 *
 * @throws TypeError if `psi` is no finite number, `layers` no count, or the network keeps no average of its styles.
 * @see Karras et al. (2019), arXiv:1812.04948, appendix B.
 */
export function truncatedStyles<I extends Ports, D extends string>(
  mapping: TrainedNetwork<I, { readonly styles: readonly number[] }, D>,
  options: TruncatedStylesOptions,
): TrainedNetwork<I, { readonly styles: readonly number[] }, D> {
  assertKnownOptions('truncatedStyles', options, ['psi', 'layers']);
  const { psi, layers } = options;
  assertFinite('psi', psi);
  if (layers !== undefined) assertCount('layers', layers);
  const { network } = mapping;
  const all = network.outputs.styles[0]!;
  const place = Object.keys(mapping.weights.state).find((name) => name.endsWith('/average'));
  if (place === undefined) throw new TypeError('truncatedStyles takes a mapping that keeps the average of its styles');
  return {
    drawn: mapping.drawn,
    get weights() {
      return mapping.weights;
    },
    network: {
      ...network,
      apply: (weights, inputs, mode) => {
        const { outputs, state } = network.apply(weights, inputs, mode);
        const average = weights.state[place]!;
        const cut = Math.min(layers ?? all, all);
        const styles = tidy((): Tensor => {
          const truncated = add(average, mul(sub(slice(outputs.styles, [0, 0], [-1, cut]), average), psi));
          return cut === all ? truncated : concat([truncated, slice(outputs.styles, [0, cut])], 1);
        });
        outputs.styles.dispose();
        return { outputs: { styles }, state };
      },
    },
  };
}

import type { Network, Ports } from '@gan/core';
import { cast, div, keep, minimum, scalar, tidy } from '@tensorflow/tfjs-core';

/**
 * Lets a network's layer `fading` follow the number of the step,
 *
 *     share = min(1, step / fade)
 *
 * The step is the network's state, an int32 that averages of weights do not smooth: what is sampled in the midst of fading
 * has the share of the last step in training. Where there are no steps it stays as it is.
 *
 * @param fade Steps; with 0, the network as it is.
 * @param layer The name of the layer.
 * @returns A network whose state has `<layer>/step` in place of `<layer>/share`.
 */
export function fadedByStep<I extends Ports, O extends Ports>(
  network: Network<I, O>,
  fade: number,
  layer: string,
): Network<I, O> {
  if (fade === 0) return network;
  const [share, place] = [`${layer}/share`, `${layer}/step`];
  return {
    ...network,
    init: (random) => {
      const { parameters, state } = network.init(random);
      const { [share]: replaced, ...rest } = state;
      replaced!.dispose();
      return { parameters, state: { ...rest, [place]: keep(scalar(0, 'int32')) } };
    },
    apply: ({ parameters, state }, inputs, mode) =>
      tidy(() => {
        const { [place]: before, ...rest } = state;
        const step = mode.training && mode.step !== undefined ? scalar(mode.step, 'int32') : before!;
        const now = minimum(div(cast(step, 'float32'), fade), 1);
        const applied = network.apply({ parameters, state: { ...rest, [share]: now } }, inputs, mode);
        const { [share]: _, ...next } = applied.state;
        return { outputs: applied.outputs, state: { ...next, [place]: step } };
      }),
  };
}

import { assertKnownOptions, assertOneOf, assertPositive, defineTerm, type Opening, type Round } from '@gan/core';
import { add, clone, div, mul, scalar, square, sub, sum, type Tensor, zeros } from '@tensorflow/tfjs-core';
import { type Owner, parametersOf } from './parameters-of.js';

/** Options of `historicalAveraging`. */
export interface HistoricalAveragingOptions {
  readonly weight: number;
  /** Whose parameters: those of the judge, or of the network that makes `fake`. */
  readonly side: Owner;
}

/**
 * Historical averaging: a player is drawn to the mean of all the parameters it has had, which stops it from circling,
 *
 *     weight * || p - (1 / t) sum over i = 1 .. t of p_i ||^2    summed over all parameters
 *
 * where p_1 are the initial parameters and p_t those of now, before the update; the mean is held fixed. It is 0 in the
 * first update. Use it once for each player.
 *
 * @returns A term for the one `side`, bound to `fake`. State: `average/<parameter>` for each, and `count`, which is t.
 * @throws TypeError if `weight` is not a positive finite number, or `side` is neither player's.
 * @see Salimans et al. (2016), arXiv:1606.03498, section 3.3.
 */
export function historicalAveraging(options: HistoricalAveragingOptions) {
  assertKnownOptions('historicalAveraging', options, ['weight', 'side']);
  const { weight, side } = options;
  assertPositive('weight', weight);
  assertOneOf('side', side, ['discriminator', 'generator']);
  const parameters = (at: Opening<'fake'>) => Object.entries(parametersOf(side, at));
  const play = (round: Round<{}, 'fake'>): Tensor =>
    mul(
      parameters(round)
        .map(([name, value]): Tensor => sum(square(sub(value, round.state[`average/${name}`]!))))
        .reduce((total, part) => add(total, part), zeros([])),
      weight,
    );
  return defineTerm({
    name: 'historical-averaging',
    reads: {},
    samples: ['fake'],
    init: (_, opening) => ({
      count: scalar(1),
      ...Object.fromEntries(parameters(opening).map(([name, value]) => [`average/${name}`, clone(value)])),
    }),
    discriminator: side === 'discriminator' ? play : undefined,
    generator: side === 'generator' ? play : undefined,
    after: (round) => {
      const count = add(round.state['count']!, 1);
      const averages = parameters(round).map(([name, value]) => {
        const average = round.state[`average/${name}`]!;
        return [`average/${name}`, add(average, div(sub(value, average), count))];
      });
      return { state: { count, ...Object.fromEntries(averages) } };
    },
  });
}

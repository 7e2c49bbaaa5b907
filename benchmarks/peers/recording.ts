import type { Bound, Game, Network, Random, Round } from '@gan/core';
import type { Tensor } from '@tensorflow/tfjs-core';
import type { Numbers } from './numbers.js';

/**
 * A game that writes down what is drawn in it, in the order in which it is first used: the generator's latents, a batch of
 * them at a time, and the uniform and normal numbers of its terms.
 */
export function recording(game: Game, batch: number) {
  const draws: Record<string, Numbers> = {};
  let open = true;
  const seen = (what: string, value: Tensor): Tensor => {
    const key = `${Object.keys(draws).length}/${what}`;
    if (open) draws[key] = { shape: value.shape, values: value.dataSync<'float32'>().slice() };
    return value;
  };
  const { generator } = game.networks as { readonly generator: Network };
  const fed = new WeakSet<Tensor>();
  const recorded: Network = {
    ...generator,
    apply: (weights, inputs, mode) => {
      const { latents } = inputs;
      if (latents && latents.shape[0] === batch && mode.training && !fed.has(latents)) {
        fed.add(latents);
        seen('latents', latents);
      }
      return generator.apply(weights, inputs, mode);
    },
  };
  const heard = (random: Random): Random => ({
    ...random,
    uniform: (shape) => seen('uniform', random.uniform(shape)),
    normal: (shape) => seen('normal', random.normal(shape)),
  });
  const side = (play: NonNullable<Bound['generator']>) => (round: Round) =>
    play(Object.create(round, { random: { value: heard(round.random) } }));
  return {
    game: {
      ...game,
      networks: { ...game.networks, generator: recorded },
      objective: game.objective.map((term) => ({
        ...term,
        ...(term.discriminator && { discriminator: side(term.discriminator) }),
        ...(term.generator && { generator: side(term.generator) }),
      })),
    },
    stop: (): Readonly<Record<string, Numbers>> => {
      open = false;
      return draws;
    },
  };
}

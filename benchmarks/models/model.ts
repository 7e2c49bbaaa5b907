import type { Game, Shape } from '@gan/core';

/**
 * What a benchmark trains: `models/<name>.ts` exports a function `model` of this type, and `models/<name>.py` a class
 * `Model(setup, weights, device, memory_format)` whose `step(pictures, draws)` does the same and returns the losses
 * by player, as `adams` holds the optimisers: see `peers/two_players.py`.
 */
export type BenchmarkModel = (options: {
  readonly size: number;
  /** Which of several that the file has, if it has. */
  readonly variant?: string | undefined;
}) => {
  /** Takes `sample` from the data, and classes or maps. */
  readonly game: Game;
  /** A sample, `[height, width, channels]`. */
  readonly sample: Shape;
};

/** The function of `models/<name>.ts`. */
export async function benchmarkModel(name: string): Promise<BenchmarkModel> {
  const { model } = (await import(`./${name}.ts`)) as { readonly model: BenchmarkModel };
  return model;
}

/** Networks that play one another, and how: what a training needs to be repeated. */
export interface Entry {
  /** The paper whose networks, or whose game, they are, by arXiv number. */
  readonly paper: string;
  /** What the table calls the two sides. */
  readonly networks: { readonly generator: string; readonly judge: string };
  /** Terms, and how often they are played, in a few words. */
  readonly objective: string;
  /** Channels that the widths of the networks go by, or units; tests have few. */
  readonly filters: number;
  readonly steps: number;
  readonly batch: number;
  /** Makes the game of two, what `gan()` gives; called when an engine runs. */
  readonly game: (filters: number) => object;
  /** Class ids, or another condition, of the pictures of a page; drawn as in training unless said. */
  readonly page?: Readonly<Record<string, readonly number[]>>;
  /** What the distance is measured with, where it is not what the data is usually measured with. */
  readonly measured?: 'pixels';
}

/** So many pictures of each condition, one condition after the other. */
export const rowsOf = (conditions: number, each: number): readonly number[] =>
  Array.from({ length: conditions * each }, (_, k) => Math.floor(k / each));

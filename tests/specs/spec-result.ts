/** What became of one of tfjs-core's specs. */
export interface SpecResult {
  /** jasmine's, the same in every child of a run. */
  readonly id: string;
  /** The file, below tfjs-core's `dist`, without its ending. */
  readonly file: string;
  /** The titles around it and its own. The engine's name, which tfjs-core puts among them, is left out. */
  readonly name: string;
  readonly status: 'passed' | 'failed' | 'crashed' | 'pending';
  readonly messages: readonly string[];
}

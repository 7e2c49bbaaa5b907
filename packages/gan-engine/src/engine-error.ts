import type { EngineName } from '@gan/core';

/** An engine, or what it needs, cannot be had: why, and how to mend it. */
export class EngineError extends Error {
  override readonly name = 'EngineError';
  /** The engine that cannot be used, if it is about one. */
  readonly engine: EngineName | undefined;
  /** Why, in a few words. */
  readonly reason: string;
  /** What to do about it, if anything can be done. */
  readonly remedy: string | undefined;

  constructor(reason: string, options: { engine?: EngineName; remedy?: string | undefined; cause?: unknown } = {}) {
    const { engine, remedy, cause } = options;
    const subject = engine === undefined ? '' : `${engine} cannot be used: `;
    super(`${subject}${reason}${remedy === undefined ? '' : `; ${remedy}`}`, cause === undefined ? {} : { cause });
    this.engine = engine;
    this.reason = reason;
    this.remedy = remedy;
  }
}

/** The first line of what went wrong. */
export const sentenceOf = (cause: unknown): string =>
  (cause instanceof Error ? cause.message : String(cause)).split('\n')[0]!.trim();

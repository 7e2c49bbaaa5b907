import { createRequire } from 'node:module';

/** What is used of jasmine 5, which has no types of its own. */
export interface Jasmine {
  DEFAULT_TIMEOUT_INTERVAL: number;
  readonly getEnv: () => Environment;
}

/** A spec or what became of it. */
export interface Spec {
  readonly id: string;
  readonly getFullName: () => string;
}

/** What became of a spec. */
export interface Outcome {
  readonly id: string;
  readonly fullName: string;
  readonly status: 'passed' | 'failed' | 'pending' | 'excluded';
  readonly failedExpectations: readonly { readonly message: string; readonly stack?: string }[];
}

interface Environment {
  readonly configure: (configuration: { random: boolean; specFilter: (spec: Spec) => boolean }) => void;
  readonly addReporter: (reporter: {
    specStarted: (spec: Outcome) => void;
    specDone: (spec: Outcome) => void;
    jasmineDone: (run: Pick<Outcome, 'failedExpectations'>) => void;
  }) => void;
  readonly execute: () => Promise<unknown>;
}

/** jasmine, with `describe`, `it` and the rest put among the globals, where tfjs-core's specs look for them. */
export function startJasmine(): Jasmine {
  const core: { boot: (core: unknown) => Jasmine } = createRequire(import.meta.url)('jasmine-core');
  return core.boot(core);
}

import { appendFileSync, readFileSync } from 'node:fs';
import { setTestEnvs } from '@tensorflow/tfjs-core/dist/jasmine_util';
import { startJasmine } from './jasmine.js';
import { openEngine } from './open-engine.js';
import type { SpecResult } from './spec-result.js';

/** A process of its own that runs the specs on one engine and writes a line for each; those in the log already are left out. */

type Define = (...given: unknown[]) => { readonly id: string } | undefined;

const globals = globalThis as unknown as Record<'it' | 'fit' | 'xit', Define> & { specFile: string };
const [, , engineName = '', log = '', filter = ''] = process.argv;

const write = (line: object): void => appendFileSync(log, `${JSON.stringify(line)}\n`);
const done = new Set(
  readFileSync(log, 'utf8')
    .split('\n')
    .flatMap((line) => (line === '' ? [] : [JSON.parse(line)]))
    .flatMap((line: Partial<SpecResult>) => (line.status === undefined ? [] : [line.id!])),
);

const jasmine = startJasmine();
jasmine.DEFAULT_TIMEOUT_INTERVAL = 20_000;

const files = new Map<string, string>();
for (const name of ['it', 'fit', 'xit'] as const) {
  const define = globals[name];
  globals[name] = (...given) => {
    const spec = define(...given);
    if (spec) files.set(spec.id, globals.specFile);
    return spec;
  };
}

setTestEnvs([await openEngine(engineName)]);
console.warn = () => {};
// @ts-expect-error esbuild makes this module: all files of specs.
await import('specs:');
console.log = () => {};

const wanted = new RegExp(filter);
const title = (fullName: string): string => fullName.replaceAll(` ${engineName} {}`, '').trim();
const known = ({ id, fullName }: { id: string; fullName: string }) => ({
  id,
  file: files.get(id) ?? '',
  name: title(fullName),
});

const environment = jasmine.getEnv();
environment.configure({
  random: false,
  specFilter: (spec) => !done.has(spec.id) && wanted.test(`${files.get(spec.id)}: ${title(spec.getFullName())}`),
});
environment.addReporter({
  specStarted: (spec) => write({ ...known(spec), started: true }),
  specDone: (spec) => {
    if (spec.status === 'excluded') return;
    const messages = spec.failedExpectations.map(
      ({ message, stack = '' }) =>
        `${message.slice(0, 300)}\n${stack
          .split('\n')
          .filter((line) => /^\s+at /.test(line))
          .slice(0, 8)
          .join('\n')}`,
    );
    write({ ...known(spec), status: spec.status, messages } satisfies SpecResult);
  },
  jasmineDone: ({ failedExpectations }) => {
    write({ ended: failedExpectations.map(({ message }) => message) });
    process.exit(0);
  },
});
await environment.execute();

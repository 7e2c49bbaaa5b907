import { execFile } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import ts from 'typescript';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

/** Every TypeScript block of every README is type-checked and run, with its training cut down to a few steps. */

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = fileURLToPath(new URL('./.snippets/', import.meta.url));
const readmes = ['README.md', ...readdirSync(`${root}packages`).map((name) => `packages/${name}/README.md`)];

interface Snippet {
  readonly title: string;
  readonly path: string;
}

const snippets: readonly Snippet[] = readmes.flatMap((readme) =>
  [...readFileSync(root + readme, 'utf8').matchAll(/```ts\n(.*?)```/gs)].map(([, code], i) => {
    const path = `${folder}${readme.replaceAll(/\W/g, '-')}-${i + 1}.ts`;
    mkdirSync(folder, { recursive: true });
    writeFileSync(path, shortened(code!));
    return { title: `${readme}, block ${i + 1}`, path };
  }),
);

/** `step.index === 2_000` and `samples: 5_000` say how long it takes: a few of each will do here. */
function shortened(code: string): string {
  return code
    .replaceAll(/(index|steps) === [\d_]+\) (break|\{)/g, '$1 === 2) $2')
    .replaceAll(/\b(samples|count): [\d_]{4,}/g, '$1: 100');
}

const complaints = new Map<string, string>();

beforeAll(() => {
  const { config } = ts.readConfigFile(`${root}tsconfig.json`, ts.sys.readFile);
  const { options } = ts.convertCompilerOptionsFromJson({ ...config.compilerOptions }, root);
  const base = ts.readConfigFile(`${root}tsconfig.base.json`, ts.sys.readFile).config.compilerOptions;
  const { options: baseOptions } = ts.convertCompilerOptionsFromJson(base, root);
  const program = ts.createProgram(
    snippets.map(({ path }) => path),
    { ...baseOptions, ...options, noUnusedLocals: false },
  );
  for (const { path } of snippets) {
    const said = ts.getPreEmitDiagnostics(program, program.getSourceFile(path));
    complaints.set(path, said.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n')).join('\n'));
  }
}, 120_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('a snippet in a README', () => {
  it('is there to be tested', () => expect(snippets.length).toBeGreaterThanOrEqual(readmes.length));
  for (const { title, path } of snippets) {
    it(`type-checks: ${title}`, () => expect(complaints.get(path)).toBe(''));
    it(`runs: ${title}`, async () => {
      const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'tsx', path], {
        // What a snippet writes goes with the folder.
        cwd: folder,
        timeout: 110_000,
      });
      expect(stdout).not.toBe('');
    }, 120_000);
  }
});

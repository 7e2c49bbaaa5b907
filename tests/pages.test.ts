import { execFile } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import ts from 'typescript';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { guide, programs, readmes, root } from './pages/programs.js';

/** Every TypeScript block of the guide and of the READMEs is type-checked and run, with its training cut down to a few steps. */

const folder = fileURLToPath(new URL('./.snippets/', import.meta.url));
mkdirSync(folder, { recursive: true });
const tried = programs().map((program) => {
  const path = `${folder}${program.title.replaceAll(/\W+/g, '-')}.ts`;
  writeFileSync(path, `${program.code}\nexport {};\n`);
  return { ...program, path };
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What the compiler says of all programs at once, by path: `page:line: message`. */
function complaints(): ReadonlyMap<string, string> {
  const read = (name: string) => ts.readConfigFile(`${root}${name}`, ts.sys.readFile).config.compilerOptions;
  const { options } = ts.convertCompilerOptionsFromJson(
    { ...read('tsconfig.base.json'), ...read('tsconfig.json'), noUnusedLocals: false },
    root,
  );
  const program = ts.createProgram(
    tried.map(({ path }) => path),
    options,
  );
  return new Map(
    tried.map(({ path, page }) => {
      const file = program.getSourceFile(path);
      const said = ts.getPreEmitDiagnostics(program, file).map(({ messageText, start = 0 }) => {
        const line = file!.getLineAndCharacterOfPosition(start).line + 1;
        return `${page}:${line}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`;
      });
      return [path, said.join('\n')];
    }),
  );
}

interface Outcome {
  readonly path: string;
  readonly output: string;
  readonly error?: string;
}

/** Runs programs one after another in one process, which is quicker; each in its own by night, when none may lean on another. */
async function run(paths: readonly string[]): Promise<readonly Outcome[]> {
  if (paths.length === 0) return [];
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--import', 'tsx', fileURLToPath(new URL('./pages/run.ts', import.meta.url)), ...paths],
    // What a program writes goes with the folder.
    { cwd: folder, maxBuffer: 2 ** 26, timeout: 1_100_000 },
  );
  return stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
}

async function outcomes(): Promise<ReadonlyMap<string, Outcome>> {
  const paths = (choosesEngine: boolean) =>
    tried.filter(({ code }) => code.includes('engine(') === choosesEngine).map(({ path }) => path);
  const groups = process.env['GAN_NIGHTLY'] ? tried.map(({ path }) => [path]) : [paths(true), paths(false)];
  const all: Outcome[] = [];
  for (const group of groups) all.push(...(await run(group)));
  return new Map(all.map((outcome) => [outcome.path, outcome]));
}

describe('the programs of a page', () => {
  let said: ReadonlyMap<string, string>;
  let ran: ReadonlyMap<string, Outcome>;
  beforeAll(async () => {
    const running = outcomes();
    said = complaints();
    ran = await running;
  }, 1_200_000);

  it('are there for every page of the guide and every README', () => {
    const pages = new Set(tried.map(({ page }) => page));
    expect([...guide, ...readmes].filter((page) => !pages.has(page))).toEqual([]);
    expect(guide.length).toBeGreaterThan(10);
  });
  it.each(tried.map(({ title, path }) => [title, path] as const))('type-check: %s', (_, path) => {
    expect(said.get(path)).toBe('');
  });
  it.each(tried.map(({ title, path }) => [title, path] as const))('run, and print something: %s', (_, path) => {
    expect(ran.get(path)?.error).toBeUndefined();
    expect(ran.get(path)?.output).toMatch(/\S/);
  });
});

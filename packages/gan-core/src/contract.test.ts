import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { beforeAll, describe, expect, it } from 'vitest';

const paths = ['contract-fitting', 'contract'].map((name) =>
  fileURLToPath(new URL(`./${name}.cases.ts`, import.meta.url)),
);
/** Imported by path, so that the compiler does not follow: one of them is full of errors, on purpose. */
const [{ fitting }, { mismatches }] = (await Promise.all(paths.map((path) => import(/* @vite-ignore */ path)))) as [
  { readonly fitting: Readonly<Record<string, () => unknown>> },
  { readonly mismatches: Readonly<Record<string, { readonly says: string; readonly play: () => unknown }>> },
];
const base = fileURLToPath(new URL('../../../tsconfig.base.json', import.meta.url));

/** What the compiler says of each case, by its title. */
const said = new Map<string, string>();
const elsewhere: string[] = [];

/** Sorts what the compiler says of a file by the case it says it of. */
function readCases(program: ts.Program, file: ts.SourceFile): void {
  const spans: { title: string; start: number; end: number }[] = [];
  const visit = (node: ts.Node): void => {
    const title = ts.isPropertyAssignment(node) && ts.isStringLiteral(node.name) ? node.name.text : '';
    if (title in fitting || title in mismatches) spans.push({ title, start: node.getStart(file), end: node.getEnd() });
    ts.forEachChild(node, visit);
  };
  visit(file);
  for (const { start = 0, messageText } of program.getSemanticDiagnostics(file)) {
    const text = ts.flattenDiagnosticMessageText(messageText, '\n');
    const title = spans.find((span) => start >= span.start && start < span.end)?.title;
    if (title) said.set(title, `${said.get(title) ?? ''}${text}\n`);
    else elsewhere.push(text);
  }
}

beforeAll(() => {
  const { config } = ts.readConfigFile(base, ts.sys.readFile);
  const { options } = ts.convertCompilerOptionsFromJson(
    config.compilerOptions,
    fileURLToPath(new URL('..', import.meta.url)),
  );
  const program = ts.createProgram(paths, options);
  for (const path of paths) readCases(program, program.getSourceFile(path)!);
}, 120_000);

describe('parts that fit', () => {
  for (const [title, play] of Object.entries(fitting))
    it(`${title}: compiles and runs`, () => {
      expect(said.get(title)).toBeUndefined();
      expect(play()).toHaveProperty('networks');
    });
  it('leave the compiler nothing else to say', () => expect(elsewhere).toEqual([]));
});

describe('parts that do not fit', () => {
  for (const [title, { says, play }] of Object.entries(mismatches)) {
    it(`${title}: the compiler says "${says}"`, () => expect(said.get(title)).toContain(says));
    it(`${title}: a TypeError says the same`, async () => {
      const error: unknown = await (async () => play())().then(
        () => undefined,
        (thrown: unknown) => thrown,
      );
      expect(error).toBeInstanceOf(TypeError);
      expect((error as Error).message).toContain(says);
    });
  }
});

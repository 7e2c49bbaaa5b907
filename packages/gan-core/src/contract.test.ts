import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { beforeAll, describe, expect, it } from 'vitest';

const path = fileURLToPath(new URL('./contract.cases.ts', import.meta.url));
/** Imported by its path, so that the compiler does not follow: the file is full of errors, on purpose. */
const { fitting, mismatches } = (await import(/* @vite-ignore */ path)) as {
  readonly fitting: Readonly<Record<string, () => unknown>>;
  readonly mismatches: Readonly<Record<string, { readonly says: string; readonly play: () => unknown }>>;
};
const base = fileURLToPath(new URL('../../../tsconfig.base.json', import.meta.url));

/** What the compiler says of each case, by its title. */
const said = new Map<string, string>();
const elsewhere: string[] = [];

beforeAll(() => {
  const { config } = ts.readConfigFile(base, ts.sys.readFile);
  const { options } = ts.convertCompilerOptionsFromJson(
    config.compilerOptions,
    fileURLToPath(new URL('..', import.meta.url)),
  );
  const program = ts.createProgram([path], options);
  const file = program.getSourceFile(path)!;
  const spans: { title: string; start: number; end: number }[] = [];
  const visit = (node: ts.Node): void => {
    if (
      ts.isPropertyAssignment(node) &&
      ts.isStringLiteral(node.name) &&
      (node.name.text in fitting || node.name.text in mismatches)
    )
      spans.push({ title: node.name.text, start: node.getStart(file), end: node.getEnd() });
    ts.forEachChild(node, visit);
  };
  visit(file);
  for (const diagnostic of program.getSemanticDiagnostics(file)) {
    const at = diagnostic.start ?? 0;
    const text = ts.flattenDiagnosticMessageText(diagnostic.messageText, '\n');
    const span = spans.find(({ start, end }) => at >= start && at < end);
    if (span) said.set(span.title, `${said.get(span.title) ?? ''}${text}\n`);
    else elsewhere.push(text);
  }
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

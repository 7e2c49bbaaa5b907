import { readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('../../packages/gan-losses/src/', import.meta.url));
const text = (file: string): string => readFileSync(`${folder}${file}.ts`, 'utf8');

/** What the doc comment of a term's factory says. */
export interface Told {
  /** Its first paragraph, up to the formula. */
  readonly summary: string;
  /** Its indented lines, without the indentation that they share. */
  readonly formula: string;
  /** The paragraph after the formula, if it goes on with the sentence. */
  readonly rest: string;
  /** The papers, from `@see`. */
  readonly papers: string;
}

/** The file that `@gan/losses` exports a name from, without its ending. */
export function fileOf(name: string): string {
  const exported = [...text('index').matchAll(/export \{([^}]*)\} from '\.\/(.+?)\.js';/g)];
  const found = exported.find(([, names]) => names!.split(',').some((each) => each.trim() === name));
  if (!found) throw new TypeError(`@gan/losses has no export '${name}'`);
  return found[2]!;
}

/** Every factory of a term, or of a term from a term: what is exported in lower case from a file that makes or wraps one. */
export function factories(): readonly string[] {
  const exported = [...text('index').matchAll(/export \{([^}]*)\} from '\.\/(.+?)\.js';/g)];
  return exported.flatMap(([, names, file]) =>
    /\bdefineTerm\(|<T extends AnyTerm>|\): Term</.test(text(file!))
      ? names!
          .split(',')
          .map((name) => name.trim())
          .filter((name) => /^[a-z]\w*$/.test(name))
      : [],
  );
}

/** @throws TypeError if it has no doc comment, or the comment no paper. */
export function told(name: string): Told {
  const [, comment] =
    text(fileOf(name)).match(
      new RegExp(`/\\*\\*((?:(?!\\*/)[\\s\\S])*)\\*/\\s*export (?:function|const) ${name}\\b`),
    ) ?? [];
  if (!comment) throw new TypeError(`'${name}' has no doc comment`);
  const lines = comment.split('\n').map((line) => line.replace(/^\s*\* ?/, '').trimEnd());
  const tag = lines.findIndex((line) => line.startsWith('@'));
  const body = lines.slice(0, tag < 0 ? undefined : tag);
  const indented = (line: string) => line.startsWith('    ');
  const formula = body.filter((line, i) => indented(line) || (line === '' && between(body, i, indented)));
  const [summary, next = ''] = body
    .filter((line) => !indented(line))
    .join('\n')
    .trim()
    .split(/\n{2,}/) as [string, string?];
  const see = lines.findIndex((line) => line.startsWith('@see'));
  if (see < 0) throw new TypeError(`'${name}' names no paper: its comment has no @see`);
  const more = lines.slice(see + 1).findIndex((line) => line.startsWith('@') || line === '');
  const papers = lines.slice(see, more < 0 ? undefined : see + 1 + more);
  return {
    summary: flowing(summary).replace(/,$/, ':'),
    formula: formula
      .map((line) => line.slice(4))
      .join('\n')
      .trim(),
    rest: /^[a-z]/.test(next) ? flowing(next) : '',
    papers: flowing(papers.join('\n')).replace(/^@see /, ''),
  };
}

/** An empty line in the middle of a formula. */
const between = (lines: readonly string[], i: number, indented: (line: string) => boolean): boolean =>
  i > 0 && indented(lines[i - 1]!) && indented(lines[i + 1] ?? '');

const flowing = (paragraph: string): string => paragraph.replaceAll(/\s*\n\s*/g, ' ').trim();

/** Whether a term differentiates a gradient: its file, or one that it imports, uses `gradients` of `@gan/core`. */
export function secondOrder(name: string): boolean {
  const seen = new Set<string>();
  const uses = (file: string): boolean => {
    if (seen.has(file)) return false;
    seen.add(file);
    const code = text(file);
    return (
      /\bgradients\(/.test(code) ||
      [...code.matchAll(/^import (?!type).*?from '(\.\.?\/.+?)\.js';/gms)].some(([, other]) =>
        uses(posix.join(posix.dirname(file), other!)),
      )
    );
  };
  return uses(fileOf(name));
}

/** The source of a term, as it stands. */
export const sourceOf = (name: string): string => text(fileOf(name)).trimEnd();

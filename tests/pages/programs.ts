import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));

/** TypeScript of a page, each line where it stands in the page. */
export interface Program {
  readonly page: string;
  readonly title: string;
  readonly code: string;
}

export const readmes: readonly string[] = [
  'README.md',
  ...readdirSync(`${root}packages`).map((name) => `packages/${name}/README.md`),
];
export const guide: readonly string[] = readdirSync(`${root}docs/guide`).map((name) => `docs/guide/${name}`);

/**
 * The programs of all pages. A block of a README stands alone; the blocks of a page of the guide are one program, since
 * each goes on from those before. Training is cut down to a few steps.
 */
export function programs(): readonly Program[] {
  return [
    ...readmes.flatMap((page) =>
      blocksOf(page).map((code, i) => ({ page, title: `${page}, block ${i + 1}`, code: shortened(code) })),
    ),
    ...guide.map((page) => ({ page, title: page, code: shortened(joined(blocksOf(page))) })),
  ];
}

/** The `ts` blocks of a page, each with the page's other lines left empty. */
function blocksOf(page: string): readonly string[] {
  const text = readFileSync(root + page, 'utf8');
  return [...text.matchAll(/^```ts\n(.*?)^```$/gms)].map(({ 1: code, index }) => {
    const lines = text.slice(0, index).split('\n').length;
    return '\n'.repeat(lines) + code!;
  });
}

/** Blocks of one page, one after another. */
const joined = (blocks: readonly string[]): string =>
  blocks.reduce((sum, block) => sum + block.slice(sum.split('\n').length - 1), '');

/** `step.index === 2_000` and `samples: 5_000` say how long it takes: a few of each will do here. */
const shortened = (code: string): string =>
  code
    .replaceAll(/(index|steps) === [\d_]+\) (break|\{)/g, '$1 === 2) $2')
    .replaceAll(/\b(samples|count): [\d_]{4,}/g, '$1: 100');

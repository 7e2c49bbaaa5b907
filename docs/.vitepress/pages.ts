import { existsSync, readdirSync, statSync } from 'node:fs';
import { join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));
export const repository = 'https://github.com/gan-laboratory/gan';

/** Where a Markdown file of the repository stands on the site; undefined if it doesn't. */
export function placeOf(path: string): string | undefined {
  const ways: readonly (readonly [RegExp, string])[] = [
    [/^docs\/((?!\.).*\.md)$/, '$1'],
    [/^packages\/([^/]+)\/README\.md$/, 'packages/$1.md'],
    [/^examples\/README\.md$/, 'examples/index.md'],
    [/^examples\/([^/]+)\/README\.md$/, 'examples/$1.md'],
    [/^benchmarks\/README\.md$/, 'benchmarks.md'],
    [/^CONTRIBUTING\.md$/, 'contributing.md'],
  ];
  for (const [pattern, place] of ways) if (pattern.test(path)) return path.replace(pattern, place);
  return undefined;
}

const inFolder = (folder: string): readonly string[] =>
  readdirSync(join(root, folder), { withFileTypes: true }).flatMap(({ name }) => {
    const path = `${folder}/${name}/README.md`;
    return existsSync(join(root, path)) ? [path] : [];
  });

/** Every page of the site: its file in the repository, and where it stands. */
export const pages: Readonly<Record<string, string>> = Object.fromEntries(
  [
    ...readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' }).map(
      (path) => `docs/${path.replaceAll('\\', '/')}`,
    ),
    ...['packages', 'examples', '.'].flatMap(inFolder).map((path) => path.replace(/^\.\//, '')),
    'examples/README.md',
    'CONTRIBUTING.md',
  ].flatMap((path) => {
    const place = placeOf(path);
    return place === undefined ? [] : [[path, place] as const];
  }),
);

/**
 * Where a link of a page leads on the site, as it is written for readers of the repository: to the page of a file or of a
 * folder's README, or to the file in the repository if it is no page.
 *
 * @param page The page's file, from the root of the repository.
 * @throws TypeError if there is no such file.
 */
export function siteLink(page: string, href: string): string {
  if (/^(?:[a-z]+:|#|\/)/i.test(href)) return href;
  const [, path = '', rest = ''] = /^([^#?]*)(.*)$/.exec(href) ?? [];
  const target = posix.join(posix.dirname(page), decodeURI(path)).replace(/\/$/, '');
  const place = pages[target] ?? pages[`${target}/README.md`];
  if (place !== undefined) return `/${place.replace(/(?:index)?\.md$/, '')}${rest}`;
  if (!existsSync(join(root, target))) throw new TypeError(`${page} links to ${href}, which is not there`);
  return `${repository}/${statSync(join(root, target)).isDirectory() ? 'tree' : 'blob'}/main/${target}${rest}`;
}

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { pages, placeOf, root, siteLink } from '../docs/.vitepress/pages.js';

const written = ['README.md', ...Object.keys(pages)].filter((path) => !path.startsWith('docs/api/'));

/** Where a page leads: its links, without those in code. */
const linksOf = (path: string): readonly string[] =>
  [
    ...readFileSync(join(root, path), 'utf8')
      .replaceAll(/^```.*?^```$/gms, '')
      .replaceAll(/`[^`\n]*`/g, '')
      .matchAll(/\]\(([^)\s]+)\)/g),
  ].map(([, href]) => href!);

describe('the pages', () => {
  it('are the guide, what docs has, and the READMEs', () => {
    expect(placeOf('docs/guide/01-your-first-gan.md')).toBe('guide/01-your-first-gan.md');
    expect(placeOf('packages/gan-core/README.md')).toBe('packages/gan-core.md');
    expect(placeOf('tools/losses-page/choose.md')).toBeUndefined();
    expect(written).toContain('examples/09-emoji-stylegan2/README.md');
  });

  it('link to what is there', () => {
    const dead = written.flatMap((path) =>
      linksOf(path).flatMap((href) => {
        try {
          siteLink(path, href);
          return [];
        } catch (error) {
          return [(error as Error).message];
        }
      }),
    );
    expect(dead).toEqual([]);
    expect(written.flatMap(linksOf).length).toBeGreaterThan(150);
  });

  it('link on the site to pages where there are some, and else to the repository', () => {
    expect(siteLink('docs/guide/index.md', '../losses.md#hinge')).toBe('/losses#hinge');
    expect(siteLink('packages/gan-losses/README.md', '../gan-core')).toBe('/packages/gan-core');
    expect(siteLink('docs/guide/02-the-one-idea.md', 'index.md')).toBe('/guide/');
    expect(siteLink('examples/README.md', '01-ring/main.ts')).toMatch(
      /^https:.*\/blob\/main\/examples\/01-ring\/main\.ts$/,
    );
    expect(siteLink('docs/design.md', 'https://example.org/a.md')).toBe('https://example.org/a.md');
    expect(() => siteLink('docs/design.md', 'nowhere.md')).toThrow(
      'docs/design.md links to nowhere.md, which is not there',
    );
  });
});

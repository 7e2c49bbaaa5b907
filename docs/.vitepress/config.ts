import { existsSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { type DefaultTheme, defineConfig } from 'vitepress';
import { pages, placeOf, repository, root, siteLink } from './pages.js';

/** The first heading of a page's file. */
const titleOf = (path: string): string => /^# (.*)$/m.exec(readFileSync(join(root, path), 'utf8'))?.[1] ?? path;

const links = (...paths: readonly string[]): DefaultTheme.SidebarItem[] =>
  paths.map((path) => ({ text: titleOf(path), link: siteLink('index.md', path) }));

/** Links to the pages below a folder, in the order of their names, after the one that opens it. */
function folder(name: string, first?: string): DefaultTheme.SidebarItem[] {
  const below = Object.keys(pages).filter((path) => path.startsWith(`${name}/`) && path !== first);
  return links(...(first === undefined ? [] : [first]), ...below.sort());
}

/** The sidebar of each package's reference: its own exports alone, since all of them would weigh more than the pages. */
function reference(): DefaultTheme.SidebarMulti {
  const written = join(root, 'docs/api/typedoc-sidebar.json');
  if (!existsSync(written)) return {};
  const modules: DefaultTheme.SidebarItem[] = JSON.parse(readFileSync(written, 'utf8'));
  const overview = modules.map(({ text = '', link = '' }) => ({ text, link }));
  return Object.fromEntries([
    ['/api/', [{ text: 'API reference', link: '/api/', items: overview }]],
    ...modules.map((module) => [
      module.link,
      [
        { text: 'API reference', link: '/api/' },
        { ...module, collapsed: false },
      ],
    ]),
  ]);
}

const guide = [
  { text: 'Guide', items: folder('docs/guide', 'docs/guide/index.md') },
  {
    text: 'In depth',
    items: links('docs/losses.md', 'docs/architectures.md', 'docs/second-order.md', 'benchmarks/README.md'),
  },
  { text: 'Packages', collapsed: true, items: folder('packages') },
  { text: 'Examples', collapsed: true, items: folder('examples', 'examples/README.md') },
  {
    text: 'How it is made',
    collapsed: true,
    items: [
      ...links('docs/design.md', 'docs/platforms.md', 'docs/releasing.md', 'CONTRIBUTING.md'),
      ...folder('docs/decisions'),
    ],
  },
];

export default defineConfig({
  title: '@gan/*',
  description: 'A laboratory for generative adversarial networks in TypeScript',
  base: process.env['DOCS_BASE'] ?? '/',
  // Pages stay where readers of the repository find them, and link to one another as they do there.
  srcDir: '..',
  srcExclude: ['README.md', 'packages/*/!(README).md', '{start,tests,tools,runs,docs/.vitepress}/**'],
  rewrites: (path) => placeOf(path) ?? path,
  lastUpdated: false,
  vite: { publicDir: 'docs/pictures' },
  // Lines of code have up to 120 characters.
  head: [
    [
      'style',
      {},
      ':root { --vp-layout-max-width: 1760px } .VPDoc.has-aside .content-container { max-width: 960px !important }',
    ],
  ],
  markdown: {
    config: (md) => {
      md.core.ruler.push('links-of-the-repository', ({ tokens, env }) => {
        for (const token of tokens.flatMap(({ children }) => children ?? [])) {
          const href = token.attrGet('href');
          if (token.type === 'link_open' && href !== null)
            token.attrSet('href', siteLink(relative(root, env.realPath ?? env.path).replaceAll('\\', '/'), href));
        }
      });
    },
  },
  themeConfig: {
    nav: [
      { text: 'Guide', link: siteLink('index.md', 'docs/guide/index.md') },
      { text: 'Losses', link: '/losses' },
      { text: 'Architectures', link: '/architectures' },
      { text: 'Examples', link: '/examples/' },
      { text: 'API', link: '/api/' },
    ],
    sidebar: {
      ...reference(),
      '/': guide,
    },
    outline: [2, 3],
    search: { provider: 'local' },
    socialLinks: [{ icon: 'github', link: repository }],
    footer: { message: 'Apache-2.0' },
  },
});

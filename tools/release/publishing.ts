import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { exactPeers } from './exact-peers.mjs';
import { environment, ran } from './ran.js';
import type { Registry } from './registry.js';

const root = fileURLToPath(new URL('../../', import.meta.url));
const manifestOf = async (folder: string) => JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));

/** A copy of the repository whose packages can be versioned and published. */
export interface Release {
  /** `@gan/core` and so on, with the version that was published. */
  readonly versions: Readonly<Record<string, string>>;
  /** Publishes what the registry does not have; what was published, as `<name>@<version>`. */
  readonly publish: () => Promise<readonly string[]>;
  readonly dispose: () => Promise<void>;
}

/** Copies all files that git knows, as they are now, and what was built of the packages. */
async function copied(folder: string): Promise<void> {
  const listed = await ran('git', ['ls-files', '--cached', '--others', '--exclude-standard', '-z'], { cwd: root });
  for (const path of listed.split('\0').filter(Boolean)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await cp(join(root, path), join(folder, path)).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error; // deleted, but not committed yet
    });
  }
  for (const name of await readdir(join(root, 'packages'))) {
    const member = join('packages', name);
    await cp(join(root, member, 'dist'), join(folder, member, 'dist'), { recursive: true });
  }
}

/** A folder with a `pnpm` in it, of the version that made the lockfile: changesets calls it twice for each package. */
async function pnpmIn(folder: string): Promise<string> {
  await mkdir(folder, { recursive: true });
  await ran('npm', ['install', '--prefix', folder, '--no-audit', '--no-fund', 'pnpm@12'], { cwd: folder });
  return join(folder, 'node_modules', '.bin');
}

/** Publishes a folder that is a package. @returns It, as `<name>@<version>`. */
export async function publishedFolder(registry: Registry, folder: string): Promise<string> {
  const { name, version } = await manifestOf(folder);
  const env = environment({ NPM_CONFIG_USERCONFIG: registry.config, npm_config_registry: registry.url });
  await ran('npm', ['publish', '--ignore-scripts', '--loglevel=error'], { cwd: folder, env });
  return `${name}@${version}`;
}

/** Versions the packages in a copy of the repository by its changesets, as a release does, or as a patch if there are none. */
export async function release(registry: Registry): Promise<Release> {
  const folder = await mkdtemp(join(tmpdir(), 'gan-release-'));
  await copied(folder);
  const changesets = (await readdir(join(folder, '.changeset'))).filter((name) => /^(?!README).*\.md$/.test(name));
  if (changesets.length === 0)
    await writeFile(join(folder, '.changeset', 'try.md'), "---\n'@gan/core': patch\n---\n\nA release to try.\n");
  const separator = process.platform === 'win32' ? ';' : ':';
  const env = environment({
    NPM_CONFIG_USERCONFIG: registry.config,
    npm_config_registry: registry.url,
    PATH: `${await pnpmIn(join(folder, '.pnpm'))}${separator}${process.env['PATH']}`,
    CI: 'true',
  });
  const git = (...args: readonly string[]) =>
    ran('git', ['-c', 'user.name=release', '-c', 'user.email=release@localhost', ...args], { cwd: folder });
  await git('init', '--quiet', '--initial-branch=main');
  await git('add', '--all');
  await git('commit', '--quiet', '--message=before');
  const changeset = (...args: readonly string[]) =>
    ran(process.execPath, [join(root, 'node_modules/@changesets/cli/bin.js'), ...args], { cwd: folder, env });
  await ran('pnpm', ['install', '--frozen-lockfile', '--prefer-offline'], { cwd: folder, env });
  await changeset('version');
  exactPeers(folder);
  const versions: Record<string, string> = {};
  for (const name of await readdir(join(folder, 'packages'))) {
    const { name: called, version } = await manifestOf(join(folder, 'packages', name));
    versions[called] = version;
  }
  return {
    versions,
    publish: async () => {
      const said = await changeset('publish', '--no-git-tag');
      const after = said.slice(Math.max(0, said.search(/packages published successfully/)));
      return /packages published successfully/.test(said)
        ? [...after.matchAll(/@gan\/[\w-]+@\d+\.\d+\.\d+/g)].map(([found]) => found)
        : [];
    },
    dispose: () => rm(folder, { recursive: true, force: true }),
  };
}

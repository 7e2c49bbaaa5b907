import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ran } from './ran.js';

const here = fileURLToPath(new URL('./registry/', import.meta.url));

/** A package registry on this machine. */
export interface Registry {
  /** A configuration of npm and pnpm that names it and nothing else. */
  readonly config: string;
  readonly url: string;
  readonly close: () => Promise<void>;
}

/** A port of the loopback interface that is free now. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { readonly port: number };
  server.close();
  await once(server, 'close');
  return port;
}

/**
 * Starts Verdaccio on the loopback interface: anyone may publish `@gan/*` there, which it keeps in a temporary folder; all
 * else comes from the registry that npm is configured for. It is installed first, from its own lockfile, if it is not.
 */
export async function loopbackRegistry(): Promise<Registry> {
  if (!existsSync(join(here, 'node_modules', 'verdaccio')))
    await ran('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: here });
  const upstream = (await ran('npm', ['config', 'get', 'registry'], { cwd: tmpdir() })).trim();
  const folder = await mkdtemp(join(tmpdir(), 'gan-registry-'));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}/`;
  const open = { access: '$all', publish: '$all', unpublish: '$all' };
  const settings = {
    storage: join(folder, 'storage'),
    uplinks: { upstream: { url: upstream, timeout: '120s', maxage: '60m' } },
    packages: { '@gan/*': open, '**': { ...open, proxy: 'upstream' } },
    // A package of libtorch is some 150 MB, and comes as text.
    max_body_size: '1gb',
    log: { type: 'stdout', level: 'error' },
  };
  // JSON is YAML.
  await writeFile(join(folder, 'config.yaml'), JSON.stringify(settings));
  const config = join(folder, 'npmrc');
  await writeFile(config, `registry=${url}\n//127.0.0.1:${port}/:_authToken=anyone\naudit=false\nfund=false\n`);
  const server = spawn(
    process.execPath,
    [join(here, 'node_modules/verdaccio/bin/verdaccio'), '--config', join(folder, 'config.yaml'), '--listen', url],
    { stdio: ['ignore', 'ignore', 'inherit'], cwd: folder },
  );
  await answering(`${url}-/ping`, server);
  return {
    config,
    url,
    close: async () => {
      server.kill();
      if (server.exitCode === null) await once(server, 'exit');
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function answering(address: string, server: ChildProcess): Promise<void> {
  for (let attempt = 0; attempt < 240; attempt++) {
    if (server.exitCode !== null) throw new Error(`the registry ended with exit code ${server.exitCode}`);
    const answer = await fetch(address).catch(() => undefined);
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  server.kill();
  throw new Error('the registry does not answer after a minute');
}

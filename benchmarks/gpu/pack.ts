import { createWriteStream } from 'node:fs';
import { chmod, cp, mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { createGzip } from 'node:zlib';
import { bundleSpecs } from '../../tests/specs/bundle-specs.js';
import { bundled } from '../../tests/specs/bundled.js';

/** What may be carried to a machine that is lent. */
export const LIMIT = 64 * 2 ** 20;

/** What was packed: bytes by file or folder. */
export type Packed = Readonly<Record<string, number>>;

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const require = createRequire(new URL('../../tests/package.json', import.meta.url));

/** Programs of ours, each in one file, by where it goes. */
const programs = {
  'gpu/session.mjs': here('./session.ts'),
  'gpu/gradients.mjs': here('./gradients.ts'),
  'gpu/ours.mjs': here('../peers/ours.ts'),
};

/**
 * Puts a session on a graphics processor into a folder that needs nothing of ours, nor Node, where it is unpacked: Node
 * itself, our programs, tfjs-core's specs, and PyTorch's side of the comparison.
 *
 * @param into A folder, which is made anew.
 * @throws TypeError if it comes to more than 64 MiB.
 */
export async function packed(into: string): Promise<Packed> {
  await rm(into, { recursive: true, force: true });
  for (const name of ['gpu', 'peers', 'models', 'node_modules/@koromix'])
    await mkdir(join(into, name), { recursive: true });
  await pipeline(
    [await readFile(process.execPath)],
    createGzip({ level: 9 }),
    createWriteStream(join(into, 'node.gz')),
  );
  for (const [to, entry] of Object.entries(programs)) await bundled(entry, join(into, to));
  await bundleSpecs(join(into, 'gpu', 'specs.mjs'));
  for (const folder of ['peers', 'models'])
    for (const name of (await readdir(here(`../${folder}`))).filter((file) => file.endsWith('.py')))
      await cp(here(`../${folder}/${name}`), join(into, folder, name));
  for (const name of ['jasmine-core', `@koromix/koffi-${process.platform}-${process.arch}`])
    await cp(dirname(require.resolve(`${name}/package.json`)), join(into, 'node_modules', name), {
      recursive: true,
      dereference: true,
    });
  await cp(here('./run.sh'), join(into, 'run.sh'));
  await chmod(join(into, 'run.sh'), 0o755);
  await writeFile(join(into, 'package.json'), '{ "type": "module" }\n');
  return measured(into);
}

async function measured(into: string): Promise<Packed> {
  const sizes: Record<string, number> = {};
  for (const name of await readdir(into, { recursive: true })) {
    const of = await stat(join(into, name));
    const first = name.split('/')[0]!;
    if (of.isFile()) sizes[first] = (sizes[first] ?? 0) + of.size;
  }
  const total = Object.values(sizes).reduce((all, size) => all + size, 0);
  if (total > LIMIT)
    throw new TypeError(`what is packed must be at most ${LIMIT} bytes, but is ${total}: ${JSON.stringify(sizes)}`);
  return sizes;
}

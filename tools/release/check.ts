/**
 * A release, tried on a registry of this machine: publishes all packages there, installs them from there in an empty folder,
 * and trains. `--matrix` does so with several package managers on several versions of Node; `--manager npm@12` and `--node 24`, as
 * often as one likes, with those alone. `--libtorch <folder>` publishes a package of libtorch as well, and trains on that one.
 */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { type Consumed, consumed, type Tools } from './consumer.js';
import { publishedFolder, release } from './publishing.js';
import { loopbackRegistry } from './registry.js';

const managers = ['npm@11', 'npm@12', 'pnpm@10', 'pnpm@12'];
const nodes = ['20', '22', '24', '26'];
const many = { type: 'string', multiple: true } as const;
const { values } = parseArgs({
  options: { matrix: { type: 'boolean', default: false }, manager: many, node: many, libtorch: { type: 'string' } },
});
const { manager: wanted = values.matrix ? managers : [], node: versions = values.matrix ? nodes : [] } = values;
const trials: readonly Tools[] = (wanted.length > 0 ? wanted : [undefined]).flatMap((manager) =>
  (versions.length > 0 ? versions : [undefined]).map((node) => ({
    ...(manager !== undefined && { manager }),
    ...(node !== undefined && { node: Number(node) }),
  })),
);

const registry = await loopbackRegistry();
try {
  const published = await release(registry);
  try {
    const names = Object.entries(published.versions).map(([name, version]) => `${name}@${version}`);
    const first = await published.publish();
    if ([...first].sort().join() !== names.sort().join())
      throw new Error(`${names.join(', ')} were to be published, but ${first.join(', ') || 'nothing'} was`);
    console.log(`published ${first.join(', ')}`);
    const second = await published.publish();
    if (second.length > 0) throw new Error(`nothing changed, but ${second.join(', ')} was published again`);
    console.log('published nothing the second time');
  } finally {
    await published.dispose();
  }
  const libtorch =
    values.libtorch === undefined ? undefined : await publishedFolder(registry, resolve(values.libtorch));
  if (libtorch !== undefined) console.log(`published ${libtorch}`);
  const failures: string[] = [];
  for (const tools of trials) {
    const title = `${tools.manager ?? 'npm'} on Node ${tools.node ?? process.versions.node}`;
    try {
      console.log(
        `${title}: ${told(await consumed(registry, { ...tools, ...(libtorch !== undefined && { libtorch }) }))}`,
      );
    } catch (error) {
      failures.push(title);
      console.error(`${title}: ${error instanceof Error ? error.message : error}`);
    }
  }
  if (failures.length > 0) throw new Error(`${failures.length} of ${trials.length} failed: ${failures.join(', ')}`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
} finally {
  await registry.close();
}

function told({ said, bytes, seconds }: Consumed): string {
  return `${said[0]}; ${(bytes / 1e6).toFixed(0)} MB, installed in ${seconds.toFixed(1)} s`;
}

import { copyFile, mkdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { ran } from '../release/ran.js';

interface Manifest {
  readonly binary: { readonly napi_versions: readonly number[] };
}

/** Which of the versions of Node's C interface that tfjs-node knows this Node has: it looks for its binding by that. */
function interfaceVersion(packageFolder: string): number {
  const { binary }: Manifest = createRequire(import.meta.url)(join(packageFolder, 'package.json'));
  return Math.max(...binary.napi_versions.filter((version) => version <= Number(process.versions.napi)));
}

/**
 * Compiles the binding of tfjs-node against the library in `tensorflow` and puts it where tfjs-node and tfjs-node-gpu, whose sources are
 * the same, look for it. It needs the headers of Node's C interface alone, which are those of every Node.
 *
 * @param folder With node_modules and tensorflow beneath it; it may be moved afterwards.
 * @throws Error with what the compiler says.
 */
export async function compileBinding(folder: string, compiler: string, env: NodeJS.ProcessEnv): Promise<void> {
  const modules = join(folder, 'node_modules');
  const [own, forGraphics] = ['tfjs-node', 'tfjs-node-gpu'].map((name) => join(modules, '@tensorflow', name));
  const version = interfaceVersion(own!);
  const place = (of: string) => join(of, 'lib', `napi-v${version}`);
  for (const of of [own!, forGraphics!]) await mkdir(place(of), { recursive: true });
  const binding = join(place(own!), 'tfjs_binding.node');
  const library = join(folder, 'tensorflow');
  await ran(
    compiler,
    [
      '-shared',
      '-fPIC',
      '-O2',
      '-std=c++17',
      `-DNAPI_VERSION=${version}`,
      `-I${join(modules, 'node-api-headers', 'include')}`,
      `-I${join(library, 'include')}`,
      ...['tfjs_backend.cc', 'tfjs_binding.cc'].map((source) => join(own!, 'binding', source)),
      `-L${library}`,
      '-l:libtensorflow_cc.so.2',
      '-l:libtensorflow_framework.so.2',
      // From the binding's folder up to node_modules, and beside it.
      '-Wl,-rpath,$ORIGIN/../../../../../tensorflow',
      '-o',
      binding,
    ],
    { cwd: folder, env },
  );
  await copyFile(binding, join(place(forGraphics!), 'tfjs_binding.node'));
}

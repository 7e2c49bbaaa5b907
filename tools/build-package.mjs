// Builds the package of the current folder: JavaScript by tsup (ESM and CJS), declarations by tsc, each for both kinds of module.
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { build } from 'tsup';

const manifest = JSON.parse(readFileSync('package.json', 'utf8'));
const bins = Object.values(manifest.bin ?? {}).map((path) => path.replace('./dist/', '').replace(/\.js$/, ''));
const entries = Object.entries(manifest.exports)
  .filter(([, target]) => typeof target === 'object')
  .map(([, target]) => target.import.default.replace('./dist/', '').replace(/\.js$/, ''));

rmSync('dist', { recursive: true, force: true });
await build({
  config: false,
  silent: true,
  entry: Object.fromEntries([...entries, ...bins].map((name) => [name, `src/${name}.ts`])),
  format: ['esm', 'cjs'],
  target: 'node20',
  platform: 'node',
  shims: true,
  splitting: true,
  sourcemap: false,
});

const tsc = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin', 'tsc');
const project = 'tsconfig.declarations.json';
writeFileSync(
  project,
  JSON.stringify({
    extends: './tsconfig.json',
    compilerOptions: { noEmit: false, declaration: true, emitDeclarationOnly: true, outDir: 'dist', rootDir: 'src' },
    include: ['src'],
    exclude: ['src/**/*.test.ts', 'src/**/*.fixture.ts', 'src/**/*.child.ts', 'src/**/*.cases.ts', 'dist'],
  }),
);
try {
  execFileSync(process.execPath, [tsc, '-p', project], { stdio: 'inherit' });
} finally {
  rmSync(project);
}

/** A declaration of an ES module says nothing about CommonJS: write the same text under `.d.cts`, its relative imports renamed. */
const relative = /((?:from|import)\s*\(?\s*['"]\.{1,2}\/[^'"]*?)\.js(['"])/g;
for (const name of readdirSync('dist', { recursive: true })) {
  if (!name.endsWith('.d.ts')) continue;
  const path = join('dist', name);
  writeFileSync(path.replace(/\.d\.ts$/, '.d.cts'), readFileSync(path, 'utf8').replace(relative, '$1.cjs$2'));
}

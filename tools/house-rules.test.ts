import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
  cwd: root,
  encoding: 'utf8',
})
  .split('\n')
  .filter((path) => path !== '' && existsSync(join(root, path)));
const text = (path: string): string => readFileSync(join(root, path), 'utf8');
const code = files.filter((path) => /\.(?:ts|mjs|js)$/.test(path));
const packaged = code.filter((path) => /^packages\/[^/]+\/src\//.test(path));
const packages = files.filter((path) => /^packages\/[^/]+\/package\.json$/.test(path));

/** What a file imports, statically or not. */
const imports = (path: string): readonly string[] =>
  [...text(path).matchAll(/(?:\bfrom|\bimport)\s*\(?\s*'([^']+)'/g)].map((match) => match[1]!);

/** Lines of text files that match, as `path:line`. */
const lines = (paths: readonly string[], pattern: RegExp): string[] =>
  paths.flatMap((path) =>
    text(path)
      .split('\n')
      .flatMap((line, i) => (pattern.test(line) ? [`${path}:${i + 1}`] : [])),
  );

describe('the house rules', () => {
  it('see the files of the project', () => {
    expect(packages.length).toBeGreaterThanOrEqual(7);
    expect(packaged).toContain('packages/gan-core/src/index.ts');
    expect(imports('packages/gan-core/src/train.ts')).toContain('./update.js');
  });

  it('let a package import @gan/core alone, and the engine the backend', () => {
    const wrong = packaged.flatMap((path) =>
      imports(path)
        .filter((from) => from.startsWith('@gan/') && !/^@gan\/core(?:\/testing)?$/.test(from))
        .filter((from) => !(path.startsWith('packages/gan-engine/') && from === '@gan/tfjs-backend-torch'))
        .map((from) => `${path} imports ${from}`),
    );
    expect(wrong).toEqual([]);
  });

  it('make @gan/core and TensorFlow.js peers of every package, so that there is one Tensor type', () => {
    const wrong = packages.flatMap((path) => {
      const { name, dependencies = {} } = JSON.parse(text(path));
      return ['@gan/core', '@tensorflow/tfjs-core', '@tensorflow/tfjs-layers']
        .filter((peer) => peer in dependencies)
        .map((peer) => `${name} depends on ${peer}`);
    });
    expect(wrong).toEqual([]);
  });

  it('keep one index a package (and one of @gan/core/testing)', () => {
    const wrong = packaged.filter(
      (path) => basename(path) === 'index.ts' && !/^packages\/[^/]+\/src\/(?:testing\/)?index\.ts$/.test(path),
    );
    expect(wrong).toEqual([]);
  });

  it('name files in kebab-case', () => {
    expect(code.filter((path) => !/^[a-z0-9]+(?:-[a-z0-9]+)*(?:\.[a-z0-9-]+)+$/.test(basename(path)))).toEqual([]);
  });

  it('keep files within 300 lines', () => {
    expect(code.filter((path) => text(path).trimEnd().split('\n').length > 300)).toEqual([]);
  });

  it('spell relative imports of the sources as the files that they become', () => {
    const wrong = packaged.flatMap((path) =>
      imports(path)
        .filter((from) => from.startsWith('.') && !/\.(?:js|mjs|json)$/.test(from))
        .map((from) => `${path} imports ${from}`),
    );
    expect(wrong).toEqual([]);
  });

  it('keep hosts of package registries and paths of machines out of every file', () => {
    const hosts = [
      'registry.npmjs',
      'registry.yarnpkg',
      'npmmirror',
      'files.pythonhosted',
      'pypi.org',
      'download.pytorch',
    ];
    const pattern = new RegExp(`${hosts.join('|').replaceAll('.', '\\.')}|(?<![\\w.~}])/(?:work|root)/\\w`);
    const readable = files.filter((path) => !/\.(?:png|gz|bin|safetensors|npy|idx|wav)$/.test(path));
    expect(lines(readable, pattern).filter((place) => !place.startsWith('tools/house-rules.test.ts'))).toEqual([]);
  });

  it('keep the lockfile free of addresses', () => {
    expect(lines(['pnpm-lock.yaml'], /https?:|tarball:/)).toEqual([]);
  });
});

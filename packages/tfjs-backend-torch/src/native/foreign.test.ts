import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { foreign } from './foreign.js';
import { TorchError } from './torch-error.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gan-foreign-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Puts a package where `require` of the folder finds it. */
const put = (name: string, source: string) => {
  mkdirSync(join(folder, 'node_modules', name), { recursive: true });
  writeFileSync(join(folder, 'node_modules', name, 'index.js'), source);
};
const requireThere = () => createRequire(join(folder, 'program.js'));

const platforms = ['linux-x64', 'linux-arm64', 'darwin-x64', 'darwin-arm64', 'win32-x64', 'win32-arm64'];

describe('foreign', () => {
  it('calls C on this platform', () => {
    const [library, name] = process.platform === 'win32' ? ['ucrtbase.dll', 'abs'] : ['libc.so.6', 'abs'];
    const c = foreign().load(process.platform === 'darwin' ? '/usr/lib/libSystem.B.dylib' : library!);
    expect(c.func(name!, 'int', ['int'])(-7)).toBe(7);
    expect(() => c.func('no_such_function', 'int', [])).toThrow('no_such_function');
  });

  it('comes with every platform that it is said to, in one version', () => {
    const manifest = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
    const names = Object.keys(manifest.optionalDependencies);
    expect(names.sort()).toEqual(platforms.map((platform) => `@koromix/koffi-${platform}`).sort());
    expect(new Set(Object.values(manifest.optionalDependencies)).size).toBe(1);
    expect(Object.keys(manifest.dependencies)).not.toContain('koffi');
  });

  it('names a platform that has no binary', () => {
    const ask = () => foreign('sunos-sparc');
    expect(ask).toThrow(TorchError);
    expect(ask).toThrow(/^libtorch is called through @koromix\/koffi-sunos-sparc, which is not installed: /);
  });

  it('tells a binary that is broken from one that is absent', () => {
    put('@koromix/koffi-linux-broken', "throw new Error('wrong ELF class');");
    expect(() => foreign('linux-broken', requireThere())).toThrow(
      'libtorch is called through @koromix/koffi-linux-broken, which cannot be loaded: wrong ELF class',
    );
    put('@koromix/koffi-linux-partial', "require('./linux_partial/koffi.node');");
    expect(() => foreign('linux-partial', requireThere())).toThrow(
      /koffi-linux-partial, which cannot be loaded: Cannot find/,
    );
  });
});

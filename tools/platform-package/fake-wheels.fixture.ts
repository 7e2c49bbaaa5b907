import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { zip } from '../../packages/gan-engine/src/install/fake-wheel.cases.js';
import type { Pins } from '../../packages/gan-engine/src/libtorch/pins.js';

/**
 * A pip that brings one wheel with these members, and pins of it.
 *
 * @param options.pinned What the pins say of it.
 * @param options.names What some members are to be called.
 */
export function fakeWheels(
  folder: string,
  options: {
    readonly members: Readonly<Record<string, Buffer>>;
    readonly pinned: Readonly<Record<string, Buffer>>;
    readonly names: Readonly<Record<string, string>>;
  },
): { readonly pins: Pins; readonly env: NodeJS.ProcessEnv } {
  const bin = join(folder, 'bin');
  mkdirSync(bin, { recursive: true });
  const wheel = zip(options.members);
  writeFileSync(join(folder, 'torch-1.whl'), wheel);
  writeFileSync(
    join(bin, 'pip3'),
    `#!${process.execPath}
const dest = process.argv.find((argument) => argument.startsWith('--dest='))?.slice(7);
if (dest) require('node:fs').copyFileSync(${JSON.stringify(join(folder, 'torch-1.whl'))}, dest + '/torch-1.whl');
`,
    { mode: 0o755 },
  );
  const files = Object.entries(options.pinned).map(([member, data]) => ({
    member,
    bytes: data.length,
    sha256: createHash('sha256').update(data).digest('hex'),
    ...(options.names[member] !== undefined && { as: options.names[member] }),
  }));
  const packages = [{ requirement: 'torch==1', wheel: 'torch-1.whl', bytes: wheel.length, files }];
  return { pins: { version: '9.9.9', python: '3.11', tags: ['any'], uv: 'any', packages }, env: { PATH: bin } };
}

import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import type { Pins } from '../libtorch/pins.js';

/** CRC-32 of a zip archive, bit by bit. */
function crc32(data: Buffer): number {
  let crc = ~0;
  for (const byte of data) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}

/** A zip archive (APPNOTE 6.3): local headers with deflated members, the central directory, its end. */
export function zip(members: Readonly<Record<string, Buffer>>): Buffer {
  const locals: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const [name, data] of Object.entries(members)) {
    const packed = deflateRawSync(data);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(8, 4);
    common.writeUInt32LE(crc32(data), 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(data.length, 18);
    common.writeUInt16LE(name.length, 22);
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), common, Buffer.from(name), packed]);
    const entry = Buffer.alloc(14);
    entry.writeUInt32LE(offset, 10);
    central.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x00'), common, entry, Buffer.from(name)]));
    locals.push(local);
    offset += local.length;
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(central.length, 4);
  end.writeUInt16LE(central.length, 6);
  end.writeUInt32LE(directory.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...locals, directory, Buffer.from('PK\x05\x06'), end]);
}

const library = Buffer.from('pretend library '.repeat(4000));
const companion = Buffer.from('pretend companion '.repeat(40));

/** What the fake wheels hold: a library that is wanted each, and one that is not. */
export const wheels: Readonly<Record<string, Buffer>> = {
  'torch-9.9.9.whl': zip({
    'torch/lib/libtorch_python.so': Buffer.from('not wanted'),
    'torch/lib/libtorch_cpu.so': library,
  }),
  'cudart-1.whl': zip({ 'nvidia/cu13/lib/libcudart.so.13': companion }),
};

const file = (member: string, data: Buffer) => ({
  member,
  bytes: data.length,
  sha256: createHash('sha256').update(data).digest('hex'),
});
const wheel = (name: string) => ({ wheel: name, bytes: wheels[name]!.length });

export const pins: Pins = {
  version: '9.9.9',
  python: '3.11',
  tags: ['any'],
  uv: 'any',
  packages: [
    { requirement: 'torch==9.9.9', ...wheel('torch-9.9.9.whl'), files: [file('torch/lib/libtorch_cpu.so', library)] },
    { requirement: 'cudart==1', ...wheel('cudart-1.whl'), files: [file('nvidia/cu13/lib/libcudart.so.13', companion)] },
  ],
};

/** What a fake tool does once it is asked to fetch; `dest` is where to, `calls` counts. */
export const behaviours = {
  good: `for (const name of names) copyFileSync(join(from, name), join(dest, name));`,
  damaged: `for (const name of names) writeFileSync(join(dest, name), readFileSync(join(from, name)).subarray(0, 200));`,
  flipped: `for (const name of names) { const data = readFileSync(join(from, name)); data[150] ^= 1; writeFileSync(join(dest, name), data); }`,
  slipping: `writeFileSync(join(dest, names[0]), Buffer.from(${JSON.stringify(
    zip({ '../escaped.txt': Buffer.from('outside') }).toString('base64'),
  )}, 'base64'));`,
  nothing: '',
  slow: `writeFileSync(join(process.env.TMPDIR, 'half.whl'), 'half'); setTimeout(() => {}, 10_000);`,
  slowish: `setTimeout(() => { for (const name of names) copyFileSync(join(from, name), join(dest, name)); }, 1500);`,
  refused: `console.error('Looking in indexes: https://user:secret@index.example/simple'); console.error('ERROR: 401 for https://user:secret@index.example/simple/torch/'); process.exit(1);`,
  full: `console.error("ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device"); process.exit(1);`,
  unpacked: `for (const [name, data] of Object.entries(members)) { mkdirSync(dirname(join(dest, name)), { recursive: true }); writeFileSync(join(dest, name), data); }`,
} as const;

/** Writes an executable `bin/<name>` that answers `--version` and else behaves as told. */
export function fakeTool(folder: string, name: 'pip3' | 'uv', behaviour: keyof typeof behaviours): void {
  const from = join(folder, 'index');
  mkdirSync(from, { recursive: true });
  mkdirSync(join(folder, 'bin'), { recursive: true });
  for (const [wheelName, data] of Object.entries(wheels)) writeFileSync(join(from, wheelName), data);
  const path = join(folder, 'bin', name);
  writeFileSync(
    path,
    `#!${process.execPath}
const { appendFileSync, copyFileSync, mkdirSync, readFileSync, writeFileSync } = require('node:fs');
const { dirname, join } = require('node:path');
if (process.argv.includes('--version')) process.exit(0);
appendFileSync(${JSON.stringify(join(folder, 'calls'))}, process.argv.slice(2).join(' ') + '\\n');
const from = ${JSON.stringify(from)}, names = ${JSON.stringify(Object.keys(wheels))};
const dest = process.argv.find((a) => /^--(dest|target)=/.test(a)).replace(/^--\\w+=/, '');
const members = ${JSON.stringify({
      'torch/lib/libtorch_cpu.so': library.toString(),
      'nvidia/cu13/lib/libcudart.so.13': companion.toString(),
    })};
${behaviours[behaviour]}
`,
  );
  chmodSync(path, 0o755);
}

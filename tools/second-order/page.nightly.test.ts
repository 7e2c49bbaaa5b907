import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { measure, USES } from './measure.js';
import { page } from './page.js';

describe.skipIf(!process.env['GAN_LIBTORCH'])('docs/second-order.md (needs libtorch: set GAN_LIBTORCH)', () => {
  it('is what measuring gives', async () => {
    const committed = readFileSync(new URL('../../docs/second-order.md', import.meta.url), 'utf8');
    expect(page(await measure(), USES)).toBe(committed);
  }, 1_800_000);
});

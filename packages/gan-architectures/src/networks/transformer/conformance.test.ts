import { conformance } from '../../network-conformance.fixture.js';
import { vitDiscriminator } from './vit-discriminator.js';
import { vitGenerator } from './vit-generator.js';

const small = { sample: [8, 8, 3], width: 6, blocks: 1, heads: 2 } as const;

conformance({
  generator: vitGenerator({ ...small, latents: [2, 3], mapping: 2 }),
  discriminator: vitDiscriminator(small),
  'discriminator of patches apart': vitDiscriminator({ ...small, patch: 2, overlap: 0 }),
});

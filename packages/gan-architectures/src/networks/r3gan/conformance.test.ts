import { conformance } from '../../network-conformance.fixture.js';
import { r3ganDiscriminator } from './r3gan-discriminator.js';
import { r3ganGenerator } from './r3gan-generator.js';

const small = { sample: [8, 8, 3], filters: 4, perGroup: 4, blocks: 1 } as const;

conformance({
  generator: r3ganGenerator({ ...small, latents: [2, 3] }),
  'generator of 3 classes': r3ganGenerator({ ...small, latents: 5, classes: 3 }),
  discriminator: r3ganDiscriminator(small),
  'discriminator of 3 classes': r3ganDiscriminator({ ...small, classes: 3 }),
});

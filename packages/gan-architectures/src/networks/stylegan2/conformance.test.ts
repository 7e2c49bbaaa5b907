import { conformance } from '../../network-conformance.fixture.js';
import { stylegan2Discriminator } from './stylegan2-discriminator.js';
import { stylegan2Generator } from './stylegan2-generator.js';
import { stylegan2Mapping } from './stylegan2-mapping.js';
import { stylegan2Synthesis } from './stylegan2-synthesis.js';

const small = { sample: [8, 8, 3], filters: 4, widest: 8 } as const;

conformance({
  mapping: stylegan2Mapping({ sample: small.sample, latents: 5, width: 6, classes: 3 }),
  synthesis: stylegan2Synthesis({ ...small, width: 6 }),
  generator: stylegan2Generator({ ...small, latents: 5, width: 6 }),
  discriminator: stylegan2Discriminator({ ...small, group: 1 }),
  'discriminator of 3 classes': stylegan2Discriminator({ ...small, classes: 3, group: 1 }),
});

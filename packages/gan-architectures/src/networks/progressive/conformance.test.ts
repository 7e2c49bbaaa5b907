import { conformance } from '../../network-conformance.fixture.js';
import { progressiveDiscriminator } from './progressive-discriminator.js';
import { progressiveGenerator } from './progressive-generator.js';

const small = { sample: [8, 8, 3], filters: 2, widest: 4 } as const;

conformance({
  generator: progressiveGenerator({ sample: [4, 4, 1], filters: 3, latents: [2, 3] }),
  'fading generator of 3 classes': progressiveGenerator({ ...small, latents: 5, classes: 3, growsTo: 16, fade: 2 }),
  discriminator: progressiveDiscriminator({ sample: [4, 4, 1], filters: 3, group: 1 }),
  'fading discriminator of 3 classes': progressiveDiscriminator({
    ...small,
    classes: 3,
    growsTo: 16,
    fade: 2,
    group: 1,
  }),
});

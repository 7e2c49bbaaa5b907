import { conformance } from '../../network-conformance.fixture.js';
import { bigganDeepDiscriminator } from './biggan-deep-discriminator.js';
import { bigganDeepGenerator } from './biggan-deep-generator.js';
import { bigganDiscriminator } from './biggan-discriminator.js';
import { bigganGenerator } from './biggan-generator.js';

const picture = { sample: [28, 28, 1], filters: 2, classes: 3, attention: 14 } as const;
const plain = { sample: [32, 32, 3], filters: 1 } as const;

conformance({
  'generator of 3 classes': bigganGenerator({ ...picture, latents: 6, embedding: 2 }),
  'generator without classes': bigganGenerator({ ...plain, latents: [4, 2] }),
  'discriminator of 3 classes': bigganDiscriminator(picture),
  'deep generator of 3 classes': bigganDeepGenerator({ ...picture, latents: 5, embedding: 2 }),
  'deep discriminator of 3 classes': bigganDeepDiscriminator(picture),
  'deep discriminator without classes': bigganDeepDiscriminator(plain),
});

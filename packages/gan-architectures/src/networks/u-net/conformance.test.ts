import { conformance } from '../../network-conformance.fixture.js';
import { unetDiscriminator } from './unet-discriminator.js';

conformance({
  'discriminator of pictures and pixels': unetDiscriminator({ sample: [16, 16, 3], filters: 2 }),
  'attending discriminator of 3 classes': unetDiscriminator({
    sample: [16, 16, 3],
    classes: 3,
    filters: 8,
    attention: 8,
  }),
});

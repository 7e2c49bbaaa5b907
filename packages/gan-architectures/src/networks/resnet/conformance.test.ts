import { conformance } from '../../network-conformance.fixture.js';
import { resnetDiscriminator } from './resnet-discriminator.js';
import { resnetGenerator } from './resnet-generator.js';

const residual = { sample: [32, 32, 3], filters: 2 } as const;
const attending = { ...residual, filters: 8, classes: 3, attention: 16 } as const;

conformance({
  generator: resnetGenerator({ ...residual, latents: [2, 3] }),
  'attending generator of 3 classes': resnetGenerator({ ...attending, latents: 5, spectral: true }),
  discriminator: resnetDiscriminator(residual),
  'attending discriminator of 3 classes': resnetDiscriminator(attending),
  'discriminator with layer norm': resnetDiscriminator({ ...residual, normalization: 'layer' }),
});

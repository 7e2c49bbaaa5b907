import { conformance } from '../../network-conformance.fixture.js';
import { snDcganDiscriminator } from './sn-dcgan-discriminator.js';
import { snDcganGenerator } from './sn-dcgan-generator.js';

const halvedThrice = { sample: [16, 16, 2], classes: 2, filters: 1 } as const;

conformance({
  'generator of 2 classes': snDcganGenerator({ ...halvedThrice, latents: 3 }),
  'discriminator of 2 classes': snDcganDiscriminator(halvedThrice),
});

import { conformance } from '../../network-conformance.fixture.js';
import { reconstructionEnergy } from '../../wrappers/reconstruction-energy.js';
import { beganAutoencoder } from './began-autoencoder.js';
import { beganGenerator } from './began-generator.js';

const picture = { sample: [16, 16, 2], filters: 2 } as const;

conformance({
  generator: beganGenerator({ ...picture, latents: 3 }),
  'generator with skips': beganGenerator({ ...picture, latents: [3, 2], repeats: 1, skips: true }),
  'generator whose residuals vanish': beganGenerator({ ...picture, latents: 3, fade: 5 }),
  autoencoder: beganAutoencoder({ ...picture, features: 3 }),
  'autoencoder with skips and vanishing residuals, as a judge': reconstructionEnergy(
    beganAutoencoder({ ...picture, skips: true, fade: 5 }),
    {
      power: 1,
    },
  ),
});

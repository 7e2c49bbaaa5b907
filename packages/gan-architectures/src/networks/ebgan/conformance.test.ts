import { conformance } from '../../network-conformance.fixture.js';
import { reconstructionEnergy } from '../../wrappers/reconstruction-energy.js';
import { ebganAutoencoder } from './ebgan-autoencoder.js';

const autoencoder = ebganAutoencoder({ sample: [16, 16, 2], filters: 2 });

conformance({ autoencoder, 'autoencoder as a judge': reconstructionEnergy(autoencoder) });

import { conformance } from '../../network-conformance.fixture.js';
import { mlpAutoencoder } from './mlp-autoencoder.js';
import { mlpDiscriminator } from './mlp-discriminator.js';
import { mlpGenerator } from './mlp-generator.js';

const point = { sample: [2, 3], units: 8 } as const;

conformance({
  'perceptron to points': mlpGenerator({ ...point, latents: 5 }),
  'perceptron to points of one class': mlpGenerator({ ...point, latents: 5, classes: 1 }),
  'perceptron from points': mlpDiscriminator(point),
  'perceptron from points of 3 classes, by projection': mlpDiscriminator({ ...point, classes: 3 }),
  'perceptron from points of 3 classes, by concatenation': mlpDiscriminator({
    ...point,
    classes: 3,
    condition: 'concatenation',
  }),
  'perceptron to a code and back': mlpAutoencoder({ ...point, features: 2 }),
});

import { checkNetwork } from '@gan/core/testing';
import { setBackend } from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import { beforeAll, describe, it } from 'vitest';
import {
  dcganDiscriminator,
  dcganGenerator,
  mlpDiscriminator,
  mlpGenerator,
  resnetDiscriminator,
  resnetGenerator,
  snDcganDiscriminator,
  snDcganGenerator,
} from './index.js';

const picture = { sample: [12, 12, 2], filters: 4 } as const;
const residual = { sample: [32, 32, 3], filters: 2 } as const;
const attending = { ...residual, filters: 8, classes: 3, attention: 16 } as const;
const halvedThrice = { sample: [16, 16, 2], classes: 2, filters: 1 } as const;
const point = { sample: [2, 3], units: 8 } as const;

describe('every network', () => {
  beforeAll(() => setBackend('cpu'));
  it.each([
    ['DCGAN generator', dcganGenerator({ ...picture, latents: 5 })],
    ['DCGAN generator of 3 classes', dcganGenerator({ ...picture, latents: [5, 2], classes: 3 })],
    ['DCGAN discriminator', dcganDiscriminator(picture)],
    ['DCGAN discriminator of 3 classes, by projection', dcganDiscriminator({ ...picture, classes: 3 })],
    [
      'DCGAN discriminator of 3 classes, by concatenation, with a sigmoid',
      dcganDiscriminator({ ...picture, classes: 3, condition: 'concatenation', head: 'sigmoid' }),
    ],
    ['perceptron to points', mlpGenerator({ ...point, latents: 5 })],
    ['perceptron to points of one class', mlpGenerator({ ...point, latents: 5, classes: 1 })],
    ['perceptron from points', mlpDiscriminator(point)],
    ['perceptron from points of 3 classes, by projection', mlpDiscriminator({ ...point, classes: 3 })],
    [
      'perceptron from points of 3 classes, by concatenation',
      mlpDiscriminator({ ...point, classes: 3, condition: 'concatenation' }),
    ],
    ['residual generator', resnetGenerator({ ...residual, latents: [2, 3] })],
    ['SAGAN generator of 3 classes', resnetGenerator({ ...attending, latents: 5, spectral: true })],
    ['residual discriminator', resnetDiscriminator(residual)],
    ['SAGAN discriminator of 3 classes', resnetDiscriminator(attending)],
    ['residual discriminator with layer norm', resnetDiscriminator({ ...residual, normalization: 'layer' })],
    ['SN-DCGAN generator of 2 classes', snDcganGenerator({ ...halvedThrice, latents: 3 })],
    ['SN-DCGAN discriminator of 2 classes', snDcganDiscriminator(halvedThrice)],
  ])('keeps the contract of a network: %s', async (name, network) => {
    await checkNetwork(network, { name });
  });
});

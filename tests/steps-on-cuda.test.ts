import { train, useEngine } from '@gan/core';
import { registerGradients } from '@gan/engine';
import { fusedAdam, fusedAverage, installFusedLayers, registerTorchGradients } from '@gan/tfjs-backend-torch';
import { engine as backend, setBackend } from '@tensorflow/tfjs-core';
import * as layers from '@tensorflow/tfjs-layers';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { benchmarkModel } from '../benchmarks/models/model.js';
import { randomData } from '../benchmarks/peers/training.js';
import { describeOnFakeCuda, happened } from '../packages/tfjs-backend-torch/src/fake-cuda.fixture.js';

/** Whole steps of every network that is measured, on libtorch's own code for CUDA, with a processor that is not there. */

const models: Readonly<Record<string, number>> = {
  dcgan: 64,
  resnet: 32,
  biggan: 32,
  stylegan2: 32,
  r3gan: 32,
  'wgan-gp': 32,
  unet: 32,
  ring: 0,
};

describeOnFakeCuda('a training on CUDA', [['cuda', 'float32']], () => {
  beforeAll(async () => {
    registerGradients();
    registerTorchGradients();
    installFusedLayers(layers);
    await setBackend('torch-cuda');
    useEngine({
      name: 'torch-cuda',
      device: 'none',
      version: '',
      threads: 1,
      deterministic: false,
      adam: fusedAdam,
      average: fusedAverage,
    });
  });
  afterAll(() => useEngine(undefined));

  for (const [name, size] of Object.entries(models))
    it(`of ${name} waits for the device when its losses are read, and for nothing else`, async () => {
      const { game } = (await benchmarkModel(name))({ size, variant: undefined });
      const before = backend().state.numTensors;
      const { data, dispose } = randomData(game, 4);
      const training = train(game, { data, batchSize: 4, seed: 1 });
      try {
        for await (const step of training) {
          const { waits, back, fromPageable, launches } = happened();
          // In the first step classes are looked at, and orthogonal weights are made on the host.
          if (step.index > 0)
            expect({ waits, back, fromPageable }, `step ${step.index}`).toEqual({ waits: 0, back: 0, fromPageable: 0 });
          expect(launches).toBeGreaterThan(50);
          const losses = Object.keys(await step.losses()).length;
          expect(happened()).toMatchObject({ waits: losses, back: losses, fromPageable: 0 });
          if (step.index >= 3) break;
        }
      } finally {
        training.dispose();
        dispose();
      }
      expect(backend().state.numTensors).toBe(before);
    }, 300_000);
});

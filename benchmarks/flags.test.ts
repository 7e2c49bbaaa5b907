import { describe, expect, it } from 'vitest';
import { augmentationFlags, memoryFlags, startFlags, stepFlags } from './flags.js';

describe('the flags of `step`', () => {
  it('have defaults', async () => {
    expect(await stepFlags(['--threads', '2'])).toEqual({
      model: 'dcgan',
      size: 28,
      batch: 64,
      peers: ['ours', 'torch'],
      steps: 30,
      warmup: 3,
      threads: 2,
      device: 'cpu',
      json: false,
      save: undefined,
    });
  });

  it('put our peer first, which the others start from, asked for or not', async () => {
    const { peers } = await stepFlags(['--peers', 'torch-channels-last,torch']);
    expect(peers).toEqual(['ours', 'torch', 'torch-channels-last']);
  });

  it.each([
    [['--size', '0'], "--size must be a whole number of at least 1, but is '0'"],
    [['--batch', 'many'], "--batch must be a whole number of at least 1, but is 'many'"],
    [['--steps', ''], "--steps must be a whole number of at least 1, but is ''"],
    [
      ['--model', 'vae'],
      "--model must be one of biggan, dcgan, r3gan, resnet, ring, stylegan2, term, unet, wgan-gp, but is 'vae'",
    ],
    [
      ['--peers', 'ours,jax'],
      "--peers must be one of ours, torch, torch-channels-last, torch-compile, tfjs-node, wasm, but is 'jax'",
    ],
    [['--speed', '2'], "Unknown option '--speed'"],
  ])('refuse %j', async (given, sentence) => {
    const refusal = stepFlags(given);
    await expect(refusal).rejects.toBeInstanceOf(TypeError);
    await expect(refusal).rejects.toThrow(sentence);
  });
});

describe('the flags of `start`', () => {
  it('count 10 starts unless said', () => {
    expect(startFlags(['--threads', '2'])).toEqual({ times: 10, threads: 2, json: false, save: undefined });
    expect(() => startFlags(['--times', '0'])).toThrow(
      new TypeError("--times must be a whole number of at least 1, but is '0'"),
    );
  });
});

describe('the flags of `memory`', () => {
  it('count 2,000 steps unless said', () => {
    expect(memoryFlags([]).steps).toBe(2000);
    expect(() => memoryFlags(['--steps', '1.5'])).toThrow(
      new TypeError("--steps must be a whole number of at least 1, but is '1.5'"),
    );
  });
});

describe('the flags of `augmentation`', () => {
  it('name pictures, variants and seeds', () => {
    const { pictures, variants, seeds, steps, results } = augmentationFlags([
      '--pictures',
      '50,100',
      '--variants',
      'none,apa',
    ]);
    expect({ pictures, variants, seeds, steps }).toEqual({
      pictures: [50, 100],
      variants: ['none', 'apa'],
      seeds: [1],
      steps: 600,
    });
    expect(results).toMatch(/results.augmentation\.json$/);
    expect(() => augmentationFlags(['--variants', 'flip'])).toThrow(
      new TypeError("--variants must be one of none, diffAugment, ada, apa, but is 'flip'"),
    );
  });
});

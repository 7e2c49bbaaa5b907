import { setFlagsFromString } from 'node:v8';
import { runInNewContext, runInThisContext } from 'node:vm';
import * as tf from '@tensorflow/tfjs-core';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { describeOnTorch } from './differential.fixture.js';
import { type LostTensor, reportLostTensors } from './lost-tensors.js';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/** Lets the garbage collector run, and tell of what it found. */
const collected = async (): Promise<void> => {
  for (let i = 0; i < 3; i++) {
    collect();
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
};

type Program = (core: typeof tf) => void;

/** A program of somebody's, in a file of their own: this one counts as machinery. */
const program = (text: string): Program => runInThisContext(`\n\n${text}`, { filename: '/home/ada/train.js' });

const warned = () => new Promise<Error & { detail?: string }>((resolve) => process.once('warning', resolve));

// Read when libtorch is loaded.
process.env['GAN_LOST_TENSORS'] = '1';

describeOnTorch('GAN_LOST_TENSORS', () => {
  it('has them reported from the start', async () => {
    await tf.setBackend('torch');
    const warning = warned();
    program('(tf) => { tf.fill([5], 1); }')(tf);
    await collected();
    expect((await warning).message).toContain('a tensor of float32 and shape [5]');
  });
});

describeOnTorch('tensors that are forgotten', () => {
  const lost: LostTensor[] = [];
  let end = (): void => {};

  beforeEach(async () => {
    await tf.setBackend('torch');
    await collected();
    lost.length = 0;
    end = reportLostTensors((one) => lost.push(one));
  });
  afterEach(() => end());

  it('are reported with where they were made, results of kernels and uploads alike', async () => {
    program('(tf) => { tf.fill([2, 3], 1); }')(tf);
    program("(tf) => { tf.tidy(() => { tf.keep(tf.tensor1d([1, 2], 'int32')); }); }")(tf);
    await collected();
    // In the order in which they are found, which is not said.
    expect(lost.map(({ shape, dtype }) => `${dtype} ${shape}`).sort()).toEqual(['float32 2,3', 'int32 2']);
    for (const { madeAt } of lost) {
      expect(madeAt[0]).toMatch(/\/home\/ada\/train\.js:3:\d+\)?$/);
      expect(madeAt.join('\n')).not.toMatch(/tfjs-core|tfjs-backend-torch/);
    }
  });

  it('are not those that were disposed of, tidied, or are still in use', async () => {
    const kept = tf.zeros([7]);
    program('(tf) => { tf.fill([2, 3], 1).dispose(); tf.tidy(() => { tf.add(1, 2); }); }')(tf);
    const shared = tf.clone(kept);
    kept.dispose();
    await collected();
    expect(lost).toEqual([]);
    expect(shared.shape).toEqual([7]);
    shared.dispose();
  });

  it('are not reported once that has ended, nor if they were made before', async () => {
    end();
    program('(tf) => { tf.fill([2, 3], 1); }')(tf);
    end = reportLostTensors((one) => lost.push(one));
    await collected();
    expect(lost).toEqual([]);
  });

  it('make a warning of the process unless something else is said', async () => {
    end = reportLostTensors();
    const warning = warned();
    program("(tf) => { tf.fill([4], 1, 'int32'); }")(tf);
    await collected();
    const { name, message, detail } = await warning;
    expect(name).toBe('LostTensorWarning');
    expect(message).toBe('a tensor of int32 and shape [4] was made here, forgotten and never disposed of');
    expect(detail).toMatch(/^ {4}at .*\/home\/ada\/train\.js:3:/);
  });
});

import { getGradient, registerGradient, unregisterGradient } from '@tensorflow/tfjs-core';
import { afterEach, describe, expect, it } from 'vitest';
import { keepingGradients } from './keep-gradients.js';

const gradient = (kernelName: string) => ({ kernelName, gradFunc: () => ({}) });

describe('keepingGradients', () => {
  afterEach(() => {
    for (const name of ['Own', 'New']) if (getGradient(name)) unregisterGradient(name);
  });

  it('puts back what was replaced meanwhile, and leaves what is new', () => {
    const [own, stock, fresh] = [gradient('Own'), gradient('Own'), gradient('New')];
    registerGradient(own);
    const result = keepingGradients(() => {
      registerGradient(stock);
      registerGradient(fresh);
      expect(getGradient('Own')).toBe(stock);
      return 7;
    });
    expect(result).toBe(7);
    expect(getGradient('Own')).toBe(own);
    expect(getGradient('New')).toBe(fresh);
  });

  it('does so where loading fails', () => {
    const own = gradient('Own');
    registerGradient(own);
    const failing = () => {
      registerGradient(gradient('Own'));
      throw new Error('half of it');
    };
    expect(() => keepingGradients(failing)).toThrow('half of it');
    expect(getGradient('Own')).toBe(own);
  });
});

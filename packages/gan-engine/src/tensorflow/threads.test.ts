import { describe, expect, it } from 'vitest';
import { tensorflowThreads } from './threads.js';

describe('tensorflowThreads', () => {
  it('tells it of the number wanted, whatever the environment says', () => {
    const env: NodeJS.ProcessEnv = { TF_NUM_INTRAOP_THREADS: '7' };
    expect(tensorflowThreads(2, undefined, env)).toBe(2);
    expect(env['TF_NUM_INTRAOP_THREADS']).toBe('2');
  });

  it('leaves what the environment says where nothing is wanted, and says 0 where that is nothing', () => {
    expect(tensorflowThreads(undefined, undefined, { TF_NUM_INTRAOP_THREADS: '3' })).toBe(3);
    const env: NodeJS.ProcessEnv = {};
    expect(tensorflowThreads(undefined, undefined, env)).toBe(0);
    expect(env).toEqual({});
  });

  it('keeps to what it was told, and refuses another number', () => {
    expect([tensorflowThreads(undefined, 2, {}), tensorflowThreads(2, 2, {})]).toEqual([2, 2]);
    expect(() => tensorflowThreads(3, 2, {})).toThrow(
      'TensorFlow was loaded with 2 threads, and cannot change to 3 in the same process; say how many threads when you first call engine()',
    );
    expect(() => tensorflowThreads(1, 0, {})).toThrow('loaded with threads of its own choice, and cannot change to 1');
  });
});

import { add, engine, fill, memory, ones, scalar, setBackend, tensor, tidy, zeros } from '@tensorflow/tfjs-core';
import { beforeEach, expect, it } from 'vitest';
import { doubles, readDoubles } from './doubles.js';
import { describeOnFakeCuda, happened } from './fake-cuda.fixture.js';
import { fusedAdam } from './fused/adam.js';
import { library } from './native/library.js';
import { pointerIn } from './native/pointer.js';
import type { Functions } from './native/symbols.js';
import { registerTorch } from './register.js';

const both = [
  ['cpu', 'float32'],
  ['cuda', 'float32'],
  ['cuda', 'float64'],
] as const;

/** What differs from nothing at all. */
const counts = () => Object.fromEntries(Object.entries(happened()).filter(([, count]) => count > 0));

/** The first use of a size takes memory from the device, which later ones share. */
const warm = () => tidy(() => add(zeros([2, 2]), 1).dataSync());

describeOnFakeCuda('a tensor on CUDA', both, () => {
  beforeEach(async () => {
    await setBackend('torch-cuda');
    warm();
    happened();
  });

  it('goes there from page-locked memory and is not waited for', () => {
    const x = tensor([1, 2, 3, 4], [2, 2]);
    expect(counts()).toEqual({ fromLocked: 1 });
    expect([...x.dataSync()]).toEqual([1, 2, 3, 4]);
    expect(counts()).toEqual({ back: 1, waits: 1 });
    x.dispose();
    expect(counts()).toEqual({});
  });

  it('is no copy where it is one number, or the same number throughout', () => {
    const [one, many] = [scalar(3), fill([2, 2], 7)];
    expect(counts()).toEqual({ launches: 2 });
    one.dispose();
    many.dispose();
  });

  it('is of doubles there without a copy more', async () => {
    await setBackend('torch-cuda-float64');
    const [x, y] = [tensor([0.1, 0.2]), doubles(Float64Array.of(0.1, 0.2))];
    const { fromLocked, waits, fromPageable, within } = happened();
    expect({ fromLocked, waits, fromPageable, within }).toEqual({
      fromLocked: 2,
      waits: 0,
      fromPageable: 0,
      within: 0,
    });
    expect([...readDoubles(y)]).toEqual([0.1, 0.2]);
    expect([...readDoubles(x)]).toEqual([...Float32Array.of(0.1, 0.2)]);
    x.dispose();
    y.dispose();
  });

  it('moves to the processor and back with the backend that uses it', async () => {
    const x = tensor([1, 2]);
    happened();
    await setBackend('torch');
    expect([...tidy(() => add(x, 1).dataSync())]).toEqual([2, 3]);
    expect(counts()).toEqual({ back: 1, waits: 1 });
    await setBackend('torch-cuda');
    tidy(() => void add(x, x));
    expect(happened()).toMatchObject({ fromLocked: 1, waits: 0, launches: 1 });
    x.dispose();
  });

  it('counts in the memory of its backend', () => {
    const before = memory() as unknown as { numBytesInTorch: number };
    const x = zeros([16, 16]);
    expect((memory() as unknown as { numBytesInTorch: number }).numBytesInTorch - before.numBytesInTorch).toBe(1024);
    x.dispose();
  });

  it('of doubles is trained by a step whose number is in float32, the bits that CUDA reads', async () => {
    await setBackend('torch-cuda-float64');
    const c = library().functions as { -readonly [N in keyof Functions]: Functions[N] };
    const { torch_call_dispatcher: call } = c;
    const types: number[] = [];
    // What a list hands out is still its own.
    const typeOf = (list: number): number => {
      const out = new Uint32Array(2);
      c.torch_list_get_item(list, 0, out);
      c.aoti_torch_get_dtype(pointerIn(out), out);
      return out[0]!;
    };
    c.torch_call_dispatcher = (name, overload, stack, packed) => {
      // self, grads, exp_avgs, exp_avg_sqs, max_exp_avg_sqs, state_steps
      if (name === 'aten::_fused_adam_')
        for (const at of [0, 5]) types.push(typeOf(pointerIn(stack as Uint32Array, at)));
      return call(name, overload, stack, packed);
    };
    try {
      const [parameters, gradients, first, second] = [[ones([3])], [ones([3])], [ones([3])], [ones([3])]];
      const numbers = { update: 7, learningRate: 0.1, beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0 };
      tidy(() => void fusedAdam({ parameters, gradients, first, second, ...numbers }));
      for (const [x] of [parameters, gradients, first, second]) x!.dispose();
    } finally {
      c.torch_call_dispatcher = call;
    }
    expect(types).toEqual([c.aoti_torch_dtype_float64(), c.aoti_torch_dtype_float32()]);
  });

  it('is timed from an idle device to an idle device', async () => {
    happened();
    await engine().backend.time(() => tidy(() => void add(zeros([2, 2]), 1)));
    expect(happened().waits).toBe(2);
  });

  it('is not computed with where that gives wrong numbers', async () => {
    const register = registerTorch({ folder: library().folder, device: 'cuda' });
    await expect(register).rejects.toThrow(/^aten::_prelu_kernel of libtorch \S+ gives \S+ where -1,3 is expected$/);
  });
});

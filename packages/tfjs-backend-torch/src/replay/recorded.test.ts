import '@tensorflow/tfjs-layers';
import {
  add,
  clone,
  concat,
  conv2d,
  dispose,
  grad,
  keep,
  leakyRelu,
  matMul,
  mean,
  mul,
  onesLike,
  randomNormal,
  reshape,
  scalar,
  setBackend,
  slice,
  square,
  sub,
  sum,
  type Tensor,
  type Tensor2D,
  type Tensor4D,
  tensor2d,
  tidy,
  topk,
  transpose,
} from '@tensorflow/tfjs-core';
import { beforeEach, expect, it } from 'vitest';
import { describeOnTorch } from '../differential.fixture.js';
import { batchNormTraining } from '../fused/batch-norm.js';
import { doubles, fusedAdam, readDoubles, registerTorchGradients } from '../index.js';
import { liveHandles } from '../native/handle.js';
import { witnessed } from '../native/witness.js';
import { type Recording, recorded } from './recorded.js';

const matrix = (rows: number, columns: number): Tensor2D => randomNormal([rows, columns]);

type Program = (...given: Tensor[]) => readonly Tensor[];

/** A program, written down on its first inputs; what it kept is freed by `dispose`. */
const written = (program: Program, inputs: readonly Tensor[], more: (recording: Recording) => void = () => {}) => {
  const { outputs, computation, refusal } = recorded((recording) => {
    for (const tensor of inputs) recording.input(tensor);
    more(recording);
    return tidy(() => [...program(...inputs)]);
  });
  dispose([...outputs]);
  return { computation, refusal };
};

const bits = (tensors: readonly Tensor[]) => tensors.map((tensor) => [tensor.shape, tensor.dtype, tensor.dataSync()]);

/** Does it again on other inputs, and runs it there: the same bits, and nothing more held than before. */
const expectSame = (program: Program, make: () => readonly Tensor[]): void => {
  const inputs = make();
  const { computation, refusal } = written(program, inputs);
  expect(refusal).toBeUndefined();
  for (let k = 0; k < 3; k++) {
    const others = make();
    const before = liveHandles();
    const again = computation!.run(others)!;
    const wanted = tidy(() => [...program(...others)]);
    expect(bits(again)).toEqual(bits(wanted));
    dispose([...again, ...wanted]);
    expect(liveHandles()).toBe(before);
    dispose([...others]);
  }
  computation!.dispose();
  dispose([...inputs]);
};

describeOnTorch('a computation that is done again', () => {
  let before = 0;
  beforeEach(() => {
    setBackend('torch');
    registerTorchGradients();
    before = liveHandles();
  });
  const nothingLeft = () => expect(liveHandles()).toBe(before);

  it('gives the same bits for arithmetic of matrices and constants', () => {
    expectSame(
      (a, b) => [add(mul(matMul(a as Tensor2D, b as Tensor2D), 0.3), [1, 2]), sum(a!, 1), onesLike(b!)],
      () => [matrix(5, 3), matrix(3, 2)],
    );
    nothingLeft();
  });

  it('gives the same bits for views, of inputs, of results and of views', () => {
    expectSame(
      (a) => {
        const turned = transpose(reshape(a!, [2, 3, 4]), [2, 0, 1]);
        const part = slice(turned, [1, 0, 1], [2, 2, 2]);
        return [part, reshape(square(turned), [-1]), transpose(matMul(reshape(part, [4, 2]), reshape(part, [2, 4])))];
      },
      () => [matrix(6, 4)],
    );
    nothingLeft();
  });

  it('gives inputs, constants and the same result twice as tensors of their own', () => {
    expectSame(
      (a) => {
        const twice = square(a!);
        return [twice, twice, add(a!, 0), scalar(7)];
      },
      () => [matrix(2, 2)],
    );
    nothingLeft();
  });

  it('gives the same bits for lists, several results and gradients of convolutions', () => {
    expectSame(
      (x, filter, scale, offset) => {
        const loss = (weights: Tensor): Tensor => {
          const maps = conv2d(concat([x!, x!], 3) as Tensor4D, weights as Tensor4D, 2, 'same');
          const { y, mean: middle } = batchNormTraining(maps, scale!, offset!, 1e-3);
          return add(mean(square(leakyRelu(y, 0.2))), sum(middle));
        };
        return [grad(loss)(filter!), loss(filter!), topk(reshape(x!, [-1]), 3).values];
      },
      () => [randomNormal([2, 6, 6, 2]), randomNormal([3, 3, 4, 5]), randomNormal([5]), randomNormal([5])],
    );
    nothingLeft();
  });

  it('does not do what nothing comes of', () => {
    const inputs = [matrix(2, 2)];
    const plain = written((a) => [square(a!)], inputs);
    const wordy = written((a) => {
      matMul(a as Tensor2D, sub(a!, 3) as Tensor2D);
      return [square(a!)];
    }, inputs);
    expect(wordy.computation!.fingerprint).toBe(plain.computation!.fingerprint);
    for (const { computation } of [plain, wordy]) computation!.dispose();
    dispose(inputs);
    nothingLeft();
  });

  it('does once what is done twice', () => {
    const inputs = [matrix(2, 2)];
    const once = written((a) => [mul(square(a!), 2)], inputs);
    const twice = written((a) => {
      square(a!);
      return [mul(square(a!), 2)];
    }, inputs);
    const other = written((a) => [mul(square(a!), -0), mul(square(a!), 0)], inputs);
    expect(twice.computation!.fingerprint).toBe(once.computation!.fingerprint);
    const [minus, plus] = other.computation!.run(inputs)!;
    expect(Object.is(minus!.dataSync()[0], -0)).toBe(true);
    expect(Object.is(plus!.dataSync()[0], 0)).toBe(true);
    for (const { computation } of [once, twice, other]) computation!.dispose();
    dispose([...inputs, minus!, plus!]);
    nothingLeft();
  });

  it('is told from another by its operators, its arguments and the numbers of its constants', () => {
    const inputs = [matrix(2, 3)];
    const programs: readonly Program[] = [
      (a) => [add(a!, [1, 2, 3])],
      (a) => [add(a!, [1, 2, 4])],
      (a) => [sub(a!, [1, 2, 3])],
      (a) => [mul(a!, 2)],
      (a) => [mul(a!, 3)],
      (a) => [sum(a!, 0)],
      (a) => [sum(a!, 1)],
      (a) => [reshape(a!, [3, 2])],
      (a) => [transpose(a!)],
    ];
    const prints = [...programs, ...programs].map((program) => {
      const { computation } = written(program, inputs);
      computation!.dispose();
      return computation!.fingerprint;
    });
    expect(new Set(prints).size).toBe(programs.length);
    expect(prints.slice(programs.length)).toEqual(prints.slice(0, programs.length));
    dispose(inputs);
    nothingLeft();
  });

  const refused: readonly [title: string, program: Program, reason: RegExp][] = [
    ['reads numbers', (a) => [mul(a!, a!.dataSync()[0]!)], /^numbers were read$/],
    ['asks Math.random', (a) => [mul(a!, Math.random())], /^Math\.random was asked$/],
    ['keeps what it made', (a) => [square(keep(square(a!)))], /^a tensor that was made on the way was kept$/],
    [
      'looks at what nobody told of',
      (a) => [square(witnessed(undefined, () => mul(a!, 2)))],
      /^a tensor was made of which nobody told$/,
    ],
    [
      'calls what changes its arguments',
      (a) => {
        const [parameters, gradients, first, second] = [1, 2, 3, 4].map((k) => [mul(a!, k)]) as Tensor[][];
        const numbers = { update: 1, learningRate: 1, beta1: 0, beta2: 0, epsilon: 1, weightDecay: 0 };
        return fusedAdam({ ...numbers, parameters, gradients, first, second } as never).parameters;
      },
      /^aten::_fused_adam_ changes what it is given$/,
    ],
  ];
  it.each(refused)('is refused to a program that %s, which runs all the same', (_, program, reason) => {
    const input = tensor2d([[3, 4]]);
    const { outputs, computation, refusal } = recorded(({ input: told }) => {
      told(input);
      return tidy(() => [...program(input)]);
    });
    expect(computation).toBeUndefined();
    expect(refusal).toMatch(reason);
    expect(outputs.length).toBe(1);
    expect(outputs[0]!.shape).toEqual([1, 2]);
  });

  it('is refused for the reason that the program itself says', () => {
    const input = matrix(1, 1);
    expect(
      written(
        (a) => [square(a!)],
        [input],
        ({ refuse }) => refuse('it is Monday'),
      ).refusal,
    ).toBe('it is Monday');
    input.dispose();
    nothingLeft();
  });

  it('is refused where two inputs are the same tensor now, and may be two later', () => {
    const input = matrix(2, 2);
    const twin = clone(input);
    expect(written((a, b) => [add(a!, b!)], [input, twin]).refusal).toBe('two inputs are the same tensor');
    dispose([input, twin]);
    nothingLeft();
  });

  it('is not done on inputs that are of another shape or lie otherwise', () => {
    const inputs = [matrix(3, 3)];
    const { computation } = written((a) => [square(a!)], inputs);
    const wide = matrix(3, 4);
    const turned = transpose(inputs[0]!);
    for (const other of [wide, turned]) expect(computation!.run([other])).toBeUndefined();
    dispose([...inputs, wide, turned]);
    computation!.dispose();
    nothingLeft();
  });

  it('tells doubles apart by all of their digits, and gives their bits', () => {
    setBackend('torch-float64');
    const inputs = [matrix(2, 2)];
    const prints = [1, 1 + 2 ** -40].map((factor) => {
      const program = (a: Tensor) => mul(a, doubles(Float64Array.of(factor), []));
      const { computation } = written((a) => [program(a!)], inputs);
      const [result] = computation!.run(inputs)!;
      const wanted = tidy(() => program(inputs[0]!));
      expect(readDoubles(result!)).toEqual(readDoubles(wanted));
      dispose([result!, wanted]);
      computation!.dispose();
      return computation!.fingerprint;
    });
    expect(new Set(prints).size).toBe(2);
    dispose(inputs);
    nothingLeft();
  });

  it('looks at other tensors as they are, and is not done once one of them is gone', () => {
    const other = matrix(2, 2);
    const inputs = [matrix(2, 2)];
    const { computation } = written((a) => [add(a!, other)], inputs);
    const [result] = computation!.run(inputs)!;
    const wanted = add(inputs[0]!, other);
    expect(bits([result!])).toEqual(bits([wanted]));
    dispose([result!, wanted, other]);
    expect(computation!.run(inputs)).toBeUndefined();
    dispose(inputs);
    computation!.dispose();
    nothingLeft();
  });

  it('is not written down, but run, on another backend', async () => {
    await setBackend('cpu');
    const input = tensor2d([[2]]);
    const { outputs, refusal } = recorded(() => [square(input)]);
    expect(refusal).toBe('it was not computed by libtorch');
    expect(outputs[0]!.dataSync()[0]).toBe(4);
    dispose([input, ...outputs]);
  });
});

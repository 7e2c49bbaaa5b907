import { expect, it } from 'vitest';
import { describeOnTorch } from '../differential.fixture.js';
import { library } from './library.js';
import { mangled, switchCuda } from './switches.js';

describeOnTorch('switchCuda', () => {
  const asked = (name: string): boolean => {
    const { handle } = library();
    const context = handle.func('_ZN2at13globalContextEv', 'uintptr_t', [])();
    return handle.func(`_ZNK2at7Context${name.length}${name}Ev`, 'bool', ['uintptr_t'])(context) as boolean;
  };
  /** By libtorch's numbers: of CUDA (1), its convolutions (1), whether factors are rounded to TensorFloat-32 (2). */
  const convolutionsAreRounded = (): boolean => {
    const { handle } = library();
    const context = handle.func('_ZN2at13globalContextEv', 'uintptr_t', [])();
    const name = '_ZNK2at7Context16float32PrecisionENS_14Float32BackendENS_9Float32OpE';
    return handle.func(name, 'int', ['uintptr_t', 'int', 'int'])(context, 1, 1) === 2;
  };
  const all = () => ({
    autotune: asked('benchmarkCuDNN'),
    deterministic: asked('deterministicCuDNN') && asked('deterministicAlgorithms'),
    fills: asked('deterministicFillUninitializedMemory'),
    products: asked('allowTF32CuBLAS'),
    convolutions: convolutionsAreRounded(),
  });

  it('tells libtorch', () => {
    switchCuda({ autotune: true, deterministic: false, tensorFloat32: true });
    expect(all()).toEqual({ autotune: true, deterministic: false, fills: false, products: false, convolutions: true });
    switchCuda({ autotune: false, deterministic: true, tensorFloat32: false });
    expect(all()).toEqual({ autotune: false, deterministic: true, fills: false, products: false, convolutions: false });
    expect(process.env['CUBLAS_WORKSPACE_CONFIG']).toBe(':4096:8');
  });

  it('knows the names that Microsoft gives the same functions', () => {
    // As torch_cpu.dll of PyTorch 2.15.0 exports them.
    expect(mangled('setBenchmarkCuDNN', 1, 'win32')).toBe('?setBenchmarkCuDNN@Context@at@@QEAAX_N@Z');
    expect(mangled('setDeterministicAlgorithms', 2, 'win32')).toBe(
      '?setDeterministicAlgorithms@Context@at@@QEAAX_N0@Z',
    );
  });

  it('refuses what excludes each other', () => {
    const both = () => switchCuda({ autotune: true, deterministic: true, tensorFloat32: true });
    expect(both).toThrow(/^autotune and deterministic exclude each other/);
  });
});

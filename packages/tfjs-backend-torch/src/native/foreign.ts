import { createRequire } from 'node:module';
import { TorchError } from './torch-error.js';

/** A shared library that was loaded. */
export interface ForeignLibrary {
  /** One of its functions, given the C types of its result and of what it takes. @throws Error if it has none of that name. */
  readonly func: (name: string, result: string, takes: readonly string[]) => (...values: readonly unknown[]) => unknown;
}

/** What is used of koffi, which calls C from JavaScript. */
export interface Foreign {
  /** Loads a library; its symbols are seen by those after it if `global`. @throws Error with the loader's sentence. */
  readonly load: (path: string, options?: { readonly global: boolean }) => ForeignLibrary;
  /** Writes a value of a C type to memory, given by its address. */
  readonly encode: (address: number, type: string, value: number | bigint) => void;
}

/**
 * koffi's compiled part, from the package that holds it for one platform (of which there is one for each C library of
 * Linux). koffi's own package is not asked for: all it adds here is an install script, which compiles where there is no
 * binary, and which a package manager that asks before it runs such scripts stops at.
 *
 * @param platform `linux-x64`
 * @param load What loads a package: from where this one lies, which is the place that a strict `node_modules` allows.
 * @throws TorchError naming the platform if that package is not installed, or if it cannot be loaded.
 */
export function foreign(
  platform = `${process.platform}-${process.arch}`,
  load: (name: string) => unknown = createRequire(import.meta.url),
): Foreign {
  const name = `@koromix/koffi-${platform}`;
  try {
    return load(name) as Foreign;
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    const absent = code === 'MODULE_NOT_FOUND' && message.includes(`'${name}'`);
    throw new TorchError(
      absent
        ? `libtorch is called through ${name}, which is not installed: it is an optional dependency of this package on ` +
            'Linux, macOS and Windows, on x64 and arm64, and comes unless optional dependencies are left out'
        : `libtorch is called through ${name}, which cannot be loaded: ${message}`,
      { cause },
    );
  }
}

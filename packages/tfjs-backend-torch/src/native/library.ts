import { existsSync, readdirSync, statSync } from 'node:fs';
import { dirname, isAbsolute, join } from 'node:path';
import { keepMemory } from './allocator.js';
import { boxes } from './boxes.js';
import { type Foreign, type ForeignLibrary, foreign } from './foreign.js';
import { assertWhole } from './library-file.js';
import { type Functions, laterSymbols, symbols } from './symbols.js';
import { TorchError } from './torch-error.js';

/** libtorch, loaded. */
export interface Library {
  /** The folder that it was loaded from. */
  readonly folder: string;
  /** `2.15.0` */
  readonly version: string;
  /** How many threads an operator uses. */
  readonly threads: number;
  readonly functions: Functions;
  /** The version as libtorch packs it, which calls announce as the one that they are made for. */
  readonly packed: bigint;
  /** Writes 64 bits to memory that libtorch handed out. */
  readonly poke: (pointer: number, value: number | bigint) => void;
  /** Memory for 64 bits, which libtorch frees when it is handed over. */
  readonly newBox: () => number;
}

/** The versions whose schemas are those of the tables: before, the C interface lacks what is used here; after, nobody knows. */
const [OLDEST, NEWEST] = [
  [2, 11],
  [2, 15],
] as const;
const RANGE = `${OLDEST.join('.')} to ${NEWEST.join('.')}`;

const names =
  process.platform === 'win32'
    ? { c10: 'c10.dll', torch: 'torch_cpu.dll' }
    : process.platform === 'darwin'
      ? { c10: 'libc10.dylib', torch: 'libtorch_cpu.dylib' }
      : { c10: 'libc10.so', torch: 'libtorch_cpu.so' };

let loaded: Library | undefined;

/** The library that was loaded. @throws TorchError before that. */
export function library(): Library {
  if (loaded === undefined) throw new TorchError('libtorch is not loaded: call registerTorch({ folder }) first');
  return loaded;
}

/**
 * What the Linux wheel's libtorch_cpu names as needed, GPU or not: beside it, or in the packages of NVIDIA that pip puts
 * next to torch (`nvidia/cu13/lib`).
 */
const companions = (folder: string): string[] => {
  const nvidia = join(dirname(dirname(folder)), 'nvidia');
  const packages = existsSync(nvidia) ? readdirSync(nvidia).map((name) => join(nvidia, name, 'lib')) : [];
  return [folder, ...packages.filter((path) => existsSync(path))].flatMap((path) =>
    readdirSync(path)
      .filter((name) => /^lib(cudart|cupti)\.so/.test(name))
      .map((name) => join(path, name)),
  );
};

const open = ({ load }: Foreign, path: string): ForeignLibrary => {
  assertWhole(path);
  try {
    return load(path, { global: true });
  } catch (cause) {
    const sentence = cause instanceof Error ? cause.message : String(cause);
    const missing = /(\S+\.so[\S]*): cannot open shared object file/.exec(sentence)?.[1];
    throw new TorchError(
      missing === undefined
        ? `${path} cannot be loaded: ${sentence}`
        : `${path} needs ${missing}, which is neither beside it nor in the neighbouring nvidia/*/lib`,
      { cause },
    );
  }
};

/** Looks up every function of the tables. @throws TorchError naming the first one that is absent and must not be. */
const bind = (handle: ForeignLibrary, path: string): Functions => {
  const functions: Record<string, unknown> = {};
  for (const [name, [result, ...takes]] of Object.entries({ ...symbols, ...laterSymbols }))
    try {
      functions[name] = handle.func(name, result, [...takes]);
    } catch (cause) {
      if (name in laterSymbols) continue;
      throw new TorchError(`${path} is not libtorch ${RANGE}: it has no function ${name}`, { cause });
    }
  return functions as unknown as Functions;
};

/** The version that the library itself reports: one byte each of major, minor and patch, from the top. */
const versionOf = (handle: ForeignLibrary, path: string): { readonly packed: bigint; readonly parts: number[] } => {
  let packed: bigint;
  try {
    packed = BigInt(handle.func('aoti_torch_abi_version', 'uint64_t', [])() as number | bigint);
  } catch (cause) {
    throw new TorchError(`${path} is not libtorch: it has no function aoti_torch_abi_version`, { cause });
  }
  return { packed, parts: [56n, 48n, 40n].map((shift) => Number((packed >> shift) & 0xffn)) };
};

const order = ([a, b]: readonly number[]): number => 1000 * a! + b!;

function assertFolder(folder: unknown): asserts folder is string {
  if (typeof folder !== 'string' || !isAbsolute(folder))
    throw new TypeError(
      `folder must be the absolute path of the folder that holds ${names.torch}, but is ${JSON.stringify(folder)}`,
    );
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory())
    throw new TypeError(`folder must be the folder that holds ${names.torch}, but ${folder} is no folder`);
  for (const name of Object.values(names))
    if (!existsSync(join(folder, name)))
      throw new TypeError(`folder must hold ${name}, but ${folder} has no such file`);
}

/**
 * Loads libtorch into the process, for good: it cannot be unloaded or exchanged.
 *
 * @param folder Absolute path of the folder that holds libtorch_cpu.
 * @throws TypeError if the folder is none of that kind, or another one is already loaded; TorchError if the library is
 *   damaged, no libtorch, too old, too new, or lacks something it needs.
 */
export async function loadLibrary(folder: string): Promise<Library> {
  assertFolder(folder);
  if (loaded !== undefined) {
    if (loaded.folder === folder) return loaded;
    throw new TypeError(`folder must be ${loaded.folder}, which this process has loaded, but is ${folder}`);
  }
  const koffi = foreign();
  keepMemory(koffi);
  for (const path of companions(folder)) open(koffi, path);
  open(koffi, join(folder, names.c10));
  const path = join(folder, names.torch);
  const handle = open(koffi, path);
  const { packed, parts } = versionOf(handle, path);
  const version = parts.join('.');
  if (order(parts) < order(OLDEST) || order(parts) > order(NEWEST))
    throw new TorchError(`${path} is libtorch ${version}, but ${RANGE} is needed`);
  const functions = bind(handle, path);
  functions.aoti_torch_grad_mode_set_enabled(false);
  const threads = new Uint32Array(1);
  functions.torch_get_num_threads(threads);
  const poke = (pointer: number, value: number | bigint) => koffi.encode(pointer, 'uint64_t', value);
  const newBox = boxes(koffi, functions);
  loaded = { folder, version, packed, threads: threads[0]!, functions, poke, newBox };
  return loaded;
}

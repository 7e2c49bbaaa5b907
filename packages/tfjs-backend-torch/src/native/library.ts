import { existsSync, statSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { keepMemory } from './allocator.js';
import { bind, devicesOf, hasMetal, type OnDevice } from './bind.js';
import { boxes } from './boxes.js';
import { cudaOf } from './cuda.js';
import type { Device } from './device.js';
import { type ForeignLibrary, foreign } from './foreign.js';
import { companionsOf, names } from './library-names.js';
import { openLibrary } from './open-library.js';
import { type Functions, laterSymbols, symbols, type Twins } from './symbols.js';
import { TorchError } from './torch-error.js';
import { isKnown, RANGE, versionOf } from './version.js';

/** libtorch, loaded. */
export interface Library {
  /** The folder that it was loaded from. */
  readonly folder: string;
  /** libtorch_cpu itself. */
  readonly handle: ForeignLibrary;
  readonly path: string;
  /** `2.15.0` */
  readonly version: string;
  /** How many threads an operator uses. */
  readonly threads: number;
  readonly functions: Functions;
  /** What has a function for each device, or why the device cannot be used. */
  readonly on: Readonly<Record<Device, OnDevice | TorchError>>;
  /** The version as libtorch packs it, which calls announce as the one that they are made for. */
  readonly packed: bigint;
  /** Writes 64 bits to memory that libtorch handed out. */
  readonly poke: (pointer: number, value: number | bigint) => void;
  /** Memory for 64 bits, which libtorch frees when it is handed over. */
  readonly newBox: () => number;
}

let loaded: Library | undefined;

/** The library that was loaded. @throws TorchError before that. */
export function library(): Library {
  if (loaded === undefined) throw new TorchError('libtorch is not loaded: call registerTorch({ folder }) first');
  return loaded;
}

/** The folder that this process has loaded libtorch from, if it has. */
export const loadedFolder = (): string | undefined => loaded?.folder;

/** What a device has. @throws TorchError that says why, if it cannot be used. */
export function onOf(device: Device): OnDevice {
  const found = library().on[device];
  if (found instanceof TorchError) throw found;
  return found;
}

/** The functions of a device. @throws TorchError as `onOf` does. */
export const twinsOn = (device: Device): Twins => onOf(device).twins;

function assertFolder(folder: unknown): asserts folder is string {
  if (typeof folder !== 'string' || !isAbsolute(folder))
    throw new TypeError(
      `folder must be the absolute path of the folder that holds ${names.torch}, but is ${JSON.stringify(folder)}`,
    );
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory())
    throw new TypeError(`folder must be the folder that holds ${names.torch}, but ${folder} is no folder`);
  for (const name of [names.c10, names.torch])
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
  // What Metal has no operator for, the processor does: libtorch asks when it is loaded.
  if (hasMetal) process.env['PYTORCH_ENABLE_MPS_FALLBACK'] ??= '1';
  for (const path of companionsOf(folder)) openLibrary(koffi, path);
  openLibrary(koffi, join(folder, names.c10));
  const path = join(folder, names.torch);
  const handle = openLibrary(koffi, path);
  const { packed, parts } = versionOf(handle, path);
  const version = parts.join('.');
  if (!isKnown(parts)) throw new TorchError(`${path} is libtorch ${version}, but ${RANGE} is needed`);
  const functions = bind({ handle, path }, { ...symbols, ...laterSymbols }) as unknown as Functions;
  const on = devicesOf({ handle, path }, cudaOf(koffi, folder));
  functions.aoti_torch_grad_mode_set_enabled(false);
  const threads = new Uint32Array(1);
  functions.torch_get_num_threads(threads);
  const poke = (pointer: number, value: number | bigint) => koffi.encode(pointer, 'uint64_t', value);
  const newBox = boxes(koffi, functions);
  loaded = { folder, handle, path, version, packed, threads: threads[0]!, functions, on, poke, newBox };
  return loaded;
}

import type { Cuda } from './cuda.js';
import type { Device } from './device.js';
import { laterSymbols, type Twins, twins } from './symbols.js';
import { TorchError } from './torch-error.js';
import { RANGE } from './version.js';

/** A library, and where it came from. */
type Opened = Pick<Cuda, 'handle' | 'path'>;

/** What belongs to one device. */
export interface OnDevice {
  readonly twins: Twins;
  /** What the processor is called: `cpu`, or its own name. */
  readonly name: string;
}

/** Whether Metal Performance Shaders (MPS) may be there. */
export const hasMetal = process.platform === 'darwin' && process.arch === 'arm64';

/** Looks up functions of a library. @throws TorchError naming the first one that is absent and must not be. */
export const bind = (
  { handle, path }: Opened,
  table: Readonly<Record<string, readonly [result: string, ...takes: string[]]>>,
): Record<string, never> => {
  const functions: Record<string, unknown> = {};
  for (const [name, [result, ...takes]] of Object.entries(table))
    try {
      functions[name] = handle.func(name, result, [...takes]);
    } catch (cause) {
      if (name in laterSymbols) continue;
      throw new TorchError(`${path} is not libtorch ${RANGE}: it has no function ${name}`, { cause });
    }
  return functions as Record<string, never>;
};

/** The twins of a device, by the names that all devices share. */
const twinsOf = (of: Device, where: Opened): Twins => {
  const own = Object.entries(twins).map(([name, signature]) => [`aoti_torch_${of}_${name}`, signature] as const);
  const functions = Object.values(bind(where, Object.fromEntries(own)));
  return Object.fromEntries(Object.keys(twins).map((name, index) => [name, functions[index]])) as unknown as Twins;
};

/** What a device has, or why it cannot be used. */
const one = (of: Device, where: Opened, name: string): OnDevice | TorchError => {
  try {
    return { twins: twinsOf(of, where), name };
  } catch (cause) {
    if (cause instanceof TorchError) return cause;
    throw cause;
  }
};

/** The same of all devices. */
export const devicesOf = (cpu: Opened, cuda: Cuda | TorchError): Readonly<Record<Device, OnDevice | TorchError>> => ({
  cpu: { twins: twinsOf('cpu', cpu), name: 'cpu' },
  cuda: cuda instanceof TorchError ? cuda : one('cuda', cuda, cuda.name),
  mps: hasMetal
    ? one('mps', cpu, 'Metal')
    : new TorchError('Metal Performance Shaders (MPS) are part of Macs with Apple silicon, and this machine is none'),
});

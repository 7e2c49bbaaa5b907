import type { ForeignLibrary } from './foreign.js';
import { TorchError } from './torch-error.js';

/** The versions whose schemas are those of the tables: before, the C interface lacks what is used here; after, nobody knows. */
const [OLDEST, NEWEST] = [
  [2, 11],
  [2, 15],
] as const;

export const RANGE = `${OLDEST.join('.')} to ${NEWEST.join('.')}`;

/** The version that the library itself reports: one byte each of major, minor and patch, from the top. */
export const versionOf = (
  handle: ForeignLibrary,
  path: string,
): { readonly packed: bigint; readonly parts: readonly number[] } => {
  let packed: bigint;
  try {
    packed = BigInt(handle.func('aoti_torch_abi_version', 'uint64_t', [])() as number | bigint);
  } catch (cause) {
    throw new TorchError(`${path} is not libtorch: it has no function aoti_torch_abi_version`, { cause });
  }
  return { packed, parts: [56n, 48n, 40n].map((shift) => Number((packed >> shift) & 0xffn)) };
};

const order = ([a, b]: readonly number[]): number => 1000 * a! + b!;

/** Whether a version is one of those. */
export const isKnown = (parts: readonly number[]): boolean =>
  order(parts) >= order(OLDEST) && order(parts) <= order(NEWEST);

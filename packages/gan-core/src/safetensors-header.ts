import { readOnly } from './widened.js';

/** The dtypes read and written here, in the order in which the reference implementation lays them out. */
export const dtypes = [
  { name: 'float64', code: 'F64', size: 8 },
  { name: 'float32', code: 'F32', size: 4 },
  { name: 'int32', code: 'I32', size: 4 },
  { name: 'uint8', code: 'U8', size: 1 },
  { name: 'bool', code: 'BOOL', size: 1 },
] as const;

/** All that are read. */
export const readable = [...dtypes, ...readOnly] as const;

/** What the header says of a tensor. The offsets count from the end of the header. */
export interface Entry {
  readonly dtype: (typeof readable)[number]['code'];
  readonly shape: readonly number[];
  readonly data_offsets: readonly [number, number];
}

/** How many elements a shape has. */
export const volume = (shape: readonly number[]): number => shape.reduce((product, side) => product * side, 1);

/** Whole numbers of at least 0. */
export const isShape = (value: unknown): value is readonly number[] =>
  Array.isArray(value) && value.every((side) => Number.isSafeInteger(side) && side >= 0);

type Refuse = (problem: string) => never;

/**
 * The header's tensors in the order of their places, and its metadata, every claim checked.
 *
 * @param size How many bytes follow the header.
 */
export function checkedHeader(
  bytes: Uint8Array,
  size: number,
  refuse: Refuse,
): { readonly entries: readonly (readonly [string, Entry])[]; readonly metadata: Readonly<Record<string, string>> } {
  const text = decoded(bytes, refuse);
  const header = parsed(text, refuse);
  const { __metadata__: metadata = {}, ...tensors } = header;
  if (!isRecord(metadata) || Object.values(metadata).some((value) => typeof value !== 'string'))
    return refuse('__metadata__ must map names to strings');
  const entries = Object.entries(tensors).map(([name, entry]) => [name, checkedEntry(name, entry, refuse)] as const);
  const keys = Object.keys(header).length + 3 * entries.length + Object.keys(metadata).length;
  if (colons(text) !== keys) return refuse('a name occurs twice in the header');

  entries.sort(([, { data_offsets: a }], [, { data_offsets: b }]) => a[0] - b[0] || a[1] - b[1]);
  let end = 0;
  for (const [name, { data_offsets }] of entries) {
    if (data_offsets[0] !== end)
      return refuse(
        `tensor '${name}' begins at byte ${data_offsets[0]} of the data, but the one before it ends at ${end}`,
      );
    end = data_offsets[1];
  }
  if (end !== size) return refuse(`the header describes ${end} bytes of data, but the file has ${size}`);
  return { entries, metadata: metadata as Record<string, string> };
}

function decoded(bytes: Uint8Array, refuse: Refuse): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return refuse('the header is not UTF-8');
  }
}

function parsed(text: string, refuse: Refuse): Readonly<Record<string, unknown>> {
  if (!text.startsWith('{')) return refuse(`the header must begin with '{'`);
  try {
    return JSON.parse(text);
  } catch (error) {
    return refuse(`the header is not JSON (${(error as Error).message})`);
  }
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function checkedEntry(name: string, entry: unknown, refuse: Refuse): Entry {
  if (!isRecord(entry) || Object.keys(entry).length !== 3)
    return refuse(`tensor '${name}' must have dtype, shape and data_offsets, and no more`);
  const { dtype, shape, data_offsets: offsets } = entry;
  const kind = readable.find(({ code }) => code === dtype);
  if (!kind)
    return refuse(
      `tensor '${name}' has dtype ${JSON.stringify(dtype)}, but only ${readable.map(({ code }) => code).join(', ')} are read`,
    );
  if (!isShape(shape) || !Number.isSafeInteger(volume(shape) * kind.size))
    return refuse(`tensor '${name}' has no valid shape`);
  if (!isShape(offsets) || offsets.length !== 2) return refuse(`tensor '${name}' has no valid data_offsets`);
  const [begin, end] = offsets as readonly [number, number];
  if (end - begin !== volume(shape) * kind.size)
    return refuse(`tensor '${name}' needs ${volume(shape) * kind.size} bytes for its shape, but has ${end - begin}`);
  return { dtype: kind.code, shape, data_offsets: [begin, end] };
}

/** The colons of a JSON text outside of its strings: as many as it has keys, those that occur twice included. */
function colons(text: string): number {
  let count = 0;
  let inString = false;
  for (let at = 0; at < text.length; at++) {
    const letter = text[at];
    if (inString && letter === '\\') at++;
    else if (letter === '"') inString = !inString;
    else if (letter === ':' && !inString) count++;
  }
  return count;
}

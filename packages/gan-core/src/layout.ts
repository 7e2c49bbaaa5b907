/** Numbers in row-major order, with a shape. */
export interface Laid {
  readonly shape: readonly number[];
  readonly values: ArrayLike<number>;
}

interface Axis {
  readonly name: string;
  readonly size?: number;
}

/** Axes of a tensor, each of them one or several merged; none stands for a size of 1. */
type Side = readonly (readonly Axis[])[];

function sideOf(text: string, notation: string): Side {
  const parts = text.match(/\([^()]*\)|[^\s()]+/g) ?? [];
  return parts.map((part) => {
    const names = part.replace(/[()]/g, ' ').trim().split(/\s+/);
    return names.flatMap((name) => {
      if (name === '1') return [];
      const [, of, size] = /^([a-z]\w*)(?:=(\d+))?$/.exec(name) ?? [];
      if (of === undefined) throw new TypeError(`'${name}' is no axis in the layout '${notation}'`);
      return [size === undefined ? { name: of } : { name: of, size: Number(size) }];
    });
  });
}

/**
 * How one tensor is laid out as another, in words: `'o i h w -> h w i o'` makes a kernel of TensorFlow.js of one of
 * PyTorch. Axes in parentheses are one, the first of them outermost: `'(c h=4 w=4) i -> i (h w c)'` takes one apart, for
 * which all its sizes but one must be known, and merges them in another order. `1` is an axis of size 1. An axis that is
 * on the right alone, with its size, repeats the numbers: `'c -> (h=4 w=4 c)'`.
 *
 * @returns A function of a tensor, which gives a sentence instead if the tensor's shape is not that of the left.
 * @throws TypeError if the notation is none.
 */
export function layout(notation: string): (given: Laid) => Laid | string {
  const [left = '', right, ...rest] = notation.split('->');
  if (right === undefined || rest.length > 0) throw new TypeError(`a layout is 'axes -> axes', but is '${notation}'`);
  const [from, to] = [sideOf(left, notation), sideOf(right, notation)];
  const given = new Set(from.flat().map(({ name }) => name));
  const wanted = to.flat();
  const names = new Set(wanted.map(({ name }) => name));
  for (const { name, size } of wanted)
    if (!given.has(name) && size === undefined)
      throw new TypeError(`'${name}' is on the right of the layout '${notation}' alone, without a size`);
  const lost = [...given].find((name) => !names.has(name));
  if (lost !== undefined) throw new TypeError(`'${lost}' is on the left of the layout '${notation}' alone`);
  if (given.size !== from.flat().length || names.size !== wanted.length)
    throw new TypeError(`an axis occurs twice on one side of the layout '${notation}'`);
  return (tensor) => {
    const sizes = sizesOf(from, tensor.shape);
    if (!sizes) return `${tensor.shape.join('x') || 'a scalar'} is not '${left.trim()}'`;
    const strides = new Map<string, number>();
    [...from.flat()].reverse().reduce((stride, { name }) => {
      strides.set(name, stride);
      return stride * sizes.get(name)!;
    }, 1);
    const sizeOf = ({ name, size = 0 }: Axis): number => sizes.get(name) ?? size;
    return {
      shape: to.map((axes) => axes.reduce((product, axis) => product * sizeOf(axis), 1)),
      values: gathered(
        tensor.values,
        wanted.map((axis) => [sizeOf(axis), strides.get(axis.name) ?? 0] as const),
      ),
    };
  };
}

/** The size of each axis on the left; undefined if the shape is another. */
function sizesOf(side: Side, shape: readonly number[]): ReadonlyMap<string, number> | undefined {
  const sizes = new Map<string, number>();
  if (side.length !== shape.length) return undefined;
  for (const [i, axes] of side.entries()) {
    const known = axes.reduce((product, { size = 1 }) => product * size, 1);
    const open = axes.filter(({ size }) => size === undefined);
    const left = shape[i]! / known;
    if (!Number.isInteger(left) || open.length > 1 || (open.length === 0 && left !== 1)) return undefined;
    for (const { name, size = left } of axes) sizes.set(name, size);
  }
  return sizes;
}

/** Numbers read with a stride for each axis, the last axis fastest. */
function gathered(values: ArrayLike<number>, axes: readonly (readonly [size: number, stride: number])[]): Float64Array {
  const result = new Float64Array(axes.reduce((product, [size]) => product * size, 1));
  const at = axes.map(() => 0);
  let place = 0;
  for (let i = 0; i < result.length; i++) {
    result[i] = values[place]!;
    for (let axis = axes.length - 1; axis >= 0; axis--) {
      const [size, stride] = axes[axis]!;
      place += stride;
      if (++at[axis]! < size) break;
      place -= size * stride;
      at[axis] = 0;
    }
  }
  return result;
}

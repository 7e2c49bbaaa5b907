import { type Shape, shown } from '@gan/core';

/**
 * The values of one port, sample after sample. For a shape, floats are taken as they are and the bytes of a picture are
 * mapped from 0 .. 255 to -1 .. 1; for a class count, any of these holds class ids.
 */
export type Column = Float32Array | Uint8Array | Int32Array | readonly number[];

/** What the samples of a data set can consist of: shapes without the batch, and class counts. */
export type SamplePorts = Readonly<Record<string, Shape | number>>;

/** How many numbers of a column belong to one sample. */
export const stride = (port: Shape | number): number =>
  typeof port === 'number' ? 1 : port.reduce((product, side) => product * side, 1);

/** A port `[height, width, channels]` is a picture. */
export const isPicture = (port: Shape | number): port is Shape => typeof port !== 'number' && port.length === 3;

/** @throws TypeError unless every port is a shape or a class count. */
export function assertSamplePorts(ports: SamplePorts): void {
  if (Object.keys(ports).length === 0) throw new TypeError('ports must name at least one shape or class count');
  for (const [name, port] of Object.entries(ports)) {
    const sides: readonly unknown[] = Array.isArray(port) ? port : [port];
    if (!sides.every((side) => Number.isSafeInteger(side) && (side as number) >= 1))
      throw new TypeError(
        `port '${name}' must be a shape as in [28, 28, 1] or a number of classes, but is ${shown(port)}`,
      );
  }
}

/**
 * @param limit The largest magnitude that a picture may hold.
 * @returns How many samples the columns hold.
 * @throws TypeError if a column is missing, superfluous, of a length that its port does not divide or the others do not
 *   share, or holds what is no class id, no finite number or, in a picture, beyond the limit.
 */
export function countSamples(ports: SamplePorts, columns: Readonly<Record<string, Column>>, limit: number): number {
  for (const name of Object.keys(columns))
    if (!Object.hasOwn(ports, name)) throw new TypeError(`arrays has '${name}', but ports has no such name`);

  let first: { readonly name: string; readonly samples: number } | undefined;
  for (const [name, port] of Object.entries(ports)) {
    const column = columns[name];
    if (!(Array.isArray(column) || ArrayBuffer.isView(column)))
      throw new TypeError(`arrays.${name} must be a typed array or an array of numbers, but is ${shown(column)}`);
    const samples = column.length / stride(port);
    if (!Number.isInteger(samples) || samples === 0)
      throw new TypeError(`arrays.${name} must hold a multiple of ${stride(port)} numbers, but holds ${column.length}`);
    first ??= { name, samples };
    if (samples !== first.samples)
      throw new TypeError(
        `arrays.${name} holds ${samples} samples, but arrays.${first.name} holds ${first.samples}; both must be the same`,
      );
    assertValues(name, port, column, limit);
  }
  return first!.samples;
}

function assertValues(name: string, port: Shape | number, column: Column, limit: number): void {
  const refuse = (at: number, expected: string): never => {
    const sample = Math.floor(at / stride(port));
    throw new TypeError(`arrays.${name} holds ${column[at]} in sample ${sample}, but ${expected}`);
  };
  if (typeof port === 'number') {
    for (let i = 0; i < column.length; i++)
      if (!(Number.isInteger(column[i]) && column[i]! >= 0 && column[i]! < port))
        refuse(i, `the class ids of ${port} classes are the whole numbers from 0 to ${port - 1}`);
    return;
  }
  if (column instanceof Uint8Array) return;
  const bound = isPicture(port) ? limit : Number.POSITIVE_INFINITY;
  for (let i = 0; i < column.length; i++) {
    if (!Number.isFinite(column[i])) refuse(i, 'samples are made of finite numbers');
    if (Math.abs(column[i]!) > bound)
      refuse(i, `a picture lies in [-${bound}, ${bound}] (as bytes in a Uint8Array in 0 .. 255)`);
  }
}

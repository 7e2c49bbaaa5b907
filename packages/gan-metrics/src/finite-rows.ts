/**
 * Rows of `width` numbers that can be reckoned with.
 *
 * @param name What a sentence calls them, in the plural.
 * @param before How many rows came earlier, so that the sentence counts from the first.
 * @throws TypeError if there is a part of a row, or a number that is not finite.
 */
export function assertFiniteRows(name: string, rows: ArrayLike<number>, width: number, before = 0): void {
  if (rows.length % width !== 0)
    throw new TypeError(`${name} must be rows of ${width} numbers, but ${rows.length} is no multiple of it`);
  for (let i = 0; i < rows.length; i++)
    if (!Number.isFinite(rows[i]))
      throw new TypeError(
        `${name} must be finite, but number ${i % width} of row ${before + Math.floor(i / width)} is ${rows[i]}`,
      );
}

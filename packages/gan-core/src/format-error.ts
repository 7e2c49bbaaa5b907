/** A file or a value from outside that is not what it claims to be: where, what was found, what was expected. */
export class FormatError extends Error {
  override readonly name = 'FormatError';
  /** The file, folder or address that is at fault. */
  readonly where: string;

  constructor(where: string, problem: string, options?: ErrorOptions) {
    super(`${where}: ${problem}`, options);
    this.where = where;
  }
}

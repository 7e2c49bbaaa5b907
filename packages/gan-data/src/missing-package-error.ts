/** An optional package that a data set needs is not there, or does not load: which, and what to do. */
export class MissingPackageError extends Error {
  override readonly name = 'MissingPackageError';
  /** As in `npm install <package>`. */
  readonly package: string;

  /**
   * @param of What needs the package.
   * @param options.cause What resolving or loading it threw.
   */
  constructor(of: string, name: string, options: { readonly cause: unknown }) {
    const { cause } = options;
    const absent = cause instanceof Error && 'code' in cause && /^(ERR_)?MODULE_NOT_FOUND$/.test(String(cause.code));
    const problem = absent ? 'is not installed' : `does not load (${cause instanceof Error ? cause.message : cause})`;
    super(`${of} needs the package '${name}', which ${problem}: npm install ${name}`, options);
    this.package = name;
  }
}

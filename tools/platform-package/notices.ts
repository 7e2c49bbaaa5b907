import { closeSync, openSync, readdirSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { elfNeeds } from './elf-needs.js';

/** What is given away with a package, and on which terms. */
export interface Notice {
  readonly name: string;
  /** Its SPDX expression, or the title of its terms. */
  readonly licence: string;
  /** How the names of the files begin that hold its terms. */
  readonly texts: readonly string[];
  /** Where its source is, for terms that ask for it. */
  readonly source?: string;
}

const gcc = {
  licence: 'GPL-3.0-or-later WITH GCC-exception-3.1',
  texts: ['gpl-3.0', 'gcc-runtime-library-exception-3.1'],
};
const gccSource = (library: string) => `https://gcc.gnu.org/git/?p=gcc.git;a=tree;f=${library}`;
const pytorch: Notice = {
  name: 'PyTorch, with what it has built in',
  licence: 'BSD-3-Clause and others',
  texts: ['torch--'],
};
const cuda = { licence: 'End User License Agreement of the NVIDIA CUDA Toolkit', texts: ['nvidia--'] };

/** Of libraries that are files of a package, by their names without version. */
const ofFiles: Readonly<Record<string, Notice>> = {
  'libtorch_cpu.so': pytorch,
  'libc10.so': pytorch,
  'libgomp.so': { name: 'libgomp, as AlmaLinux 8 builds it (GCC 8.5.0)', ...gcc, source: gccSource('libgomp') },
  'libgfortran.so': { name: 'libgfortran (GCC)', ...gcc, source: gccSource('libgfortran') },
  'libcudart.so': { name: 'NVIDIA CUDA Runtime', ...cuda },
  'libcupti.so': { name: 'NVIDIA CUDA Profiling Tools Interface', ...cuda },
};

/** Of libraries that are known to be linked into others, by a text that each has in it. */
const ofTraces: readonly (readonly [trace: string, notice: Notice])[] = [
  [
    'oneAPI Math Kernel Library',
    { name: 'Intel oneMKL', licence: 'Intel Simplified Software License', texts: ['mkl--'] },
  ],
  ['_gfortran_', ofFiles['libgfortran.so']!],
];

/** What comes with Linux and GCC's compiled programs everywhere, and is not given away. */
const OF_THE_SYSTEM =
  /^(?:ld-linux-(?:x86-64|aarch64)\.so\.\d|lib(?:c|m|dl|rt|pthread|util|gcc_s)\.so\.\d|libstdc\+\+\.so\.6)$/;

/**
 * The notices that a folder of ELF libraries needs: of each library in it, of each that is linked into one of them as
 * far as it leaves a trace that is known here, and of none else.
 *
 * @throws TypeError naming a library that has no notice here, or that is needed but is neither in the folder nor a part of
 *   the system; naming a file that is no ELF library.
 */
export function noticesOf(folder: string): readonly Notice[] {
  const files = readdirSync(folder).sort();
  const notices = files.flatMap((file) => {
    const own = ofFiles[file.replace(/(\.so)(?:\.\d+)+$/, '$1')];
    if (own === undefined) throw new TypeError(`${file} must have a notice in tools/platform-package, but has none`);
    const path = join(folder, file);
    for (const needed of elfNeeds(path))
      if (!files.includes(needed) && !OF_THE_SYSTEM.test(needed))
        throw new TypeError(
          `what ${file} needs must lie beside it or be a part of the system, but ${needed} is neither`,
        );
    return [own, ...tracesIn(path)];
  });
  return [...new Set(notices)];
}

/** The notices of what is linked into a file. */
function tracesIn(path: string): readonly Notice[] {
  const found = new Set<Notice>();
  const overlap = Math.max(...ofTraces.map(([trace]) => trace.length));
  const bytes = Buffer.alloc((1 << 22) + overlap);
  const file = openSync(path, 'r');
  try {
    for (let position = 0; ; position += bytes.length - overlap) {
      const part = bytes.subarray(0, readSync(file, bytes, 0, bytes.length, position));
      for (const [trace, notice] of ofTraces) if (part.includes(trace, 0, 'latin1')) found.add(notice);
      if (part.length < bytes.length) return [...found];
    }
  } finally {
    closeSync(file);
  }
}

/**
 * What the licence texts of a package lack, or have too many.
 *
 * @throws TypeError naming a notice without its terms, or a text that no notice asks for.
 */
export function assertComplete(notices: readonly Notice[], texts: readonly string[]): void {
  for (const { name, texts: prefixes } of notices)
    for (const prefix of prefixes)
      if (!texts.some((text) => text.startsWith(prefix)))
        throw new TypeError(`the terms of ${name} must be in a file ${prefix}…, but there is none`);
  const wanted = notices.flatMap((notice) => notice.texts);
  for (const text of texts)
    if (!wanted.some((prefix) => text.startsWith(prefix)))
      throw new TypeError(`a text must be the terms of a library in the package, but ${text} is of none`);
}

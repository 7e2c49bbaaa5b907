import type { Foreign } from './foreign.js';

const TRIM_THRESHOLD = -1;
const MMAP_THRESHOLD = -3;
const MMAP_MAX = -4;

/**
 * Keeps freed memory in the process: with glibc every large result is otherwise mapped afresh, and a training step spends
 * a tenth of its time in page faults. Other C libraries are left as they are.
 */
export function keepMemory({ load }: Foreign): void {
  if (process.platform !== 'linux') return;
  try {
    const mallopt = load('libc.so.6').func('mallopt', 'int', ['int', 'int']);
    mallopt(MMAP_THRESHOLD, 2 ** 30);
    mallopt(TRIM_THRESHOLD, 2 ** 31 - 1);
    mallopt(MMAP_MAX, 0);
  } catch {
    // musl has no mallopt: only speed is lost.
  }
}

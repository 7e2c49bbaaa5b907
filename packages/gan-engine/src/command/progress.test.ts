import { describe, expect, it } from 'vitest';
import { progressOn } from './progress.js';

/** What is written for the same course of events; a second passes between two of them. */
function written(isTTY: boolean, cuda = false): string {
  let text = '';
  let time = 0;
  const plan = { version: '9.9.9', cuda, download: 200e6, kept: 100e6, folder: '/cache' };
  const show = progressOn({ isTTY, columns: 80, write: (piece) => (text += piece) }, plan, () => (time += 1000));
  show({ stage: 'waiting', by: 'process 7 on ada', done: 0, total: 0 });
  show({ stage: 'waiting', by: 'process 7 on ada', done: 0, total: 0 });
  for (const done of [0, 50e6, 52e6, 200e6]) show({ stage: 'downloading', by: 'pip', done, total: 200e6 });
  for (const done of [0, 100e6]) show({ stage: 'checking', by: 'SHA-256', done, total: 100e6 });
  return text;
}

describe('progressOn', () => {
  it('writes a line for each stage and tenth where there is no terminal', () => {
    expect(written(false).split('\n')).toEqual([
      'waiting for process 7 on ada, which is installing it',
      'libtorch 9.9.9 for the CPU: 200 MB to download (pip), of which 100 MB unpacked stay in /cache',
      'downloading 0 of 200 MB',
      'downloading 50 of 200 MB',
      'downloading 200 of 200 MB',
      'checking 0 of 100 MB',
      'checking 100 of 100 MB',
      '',
    ]);
  });

  it('says that it is for CUDA', () => {
    expect(written(false, true)).toContain('\nlibtorch 9.9.9 for CUDA: 200 MB to download (pip), of which');
  });

  it('moves one bar for each stage on a terminal', () => {
    const lines = written(true).split('\n');
    expect(lines).toHaveLength(5);
    expect(lines[2]).toContain('\rdownloading [######..................] 50 of 200 MB, 25 MB/s\u001b[K');
    expect(lines[2]?.endsWith(`\rdownloading [${'#'.repeat(24)}] 200 of 200 MB\u001b[K`)).toBe(true);
    expect(lines[3]?.endsWith(`\rchecking [${'#'.repeat(24)}] 100 of 100 MB\u001b[K`)).toBe(true);
    expect(lines[4]).toBe('');
  });
});

import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { cacheFolder } from './cache-folder.js';

describe('cacheFolder', () => {
  const home = '/home/ada';

  it('is in the cache folder of each system', () => {
    const of = (platform: NodeJS.Platform, environment = {}) => cacheFolder({ environment, platform, home });
    expect(of('linux')).toBe(join(home, '.cache', 'gan', 'data'));
    expect(of('darwin')).toBe(join(home, 'Library', 'Caches', 'gan', 'data'));
    expect(of('win32')).toBe(join(home, 'AppData', 'Local', 'gan', 'data'));
    expect(of('win32', { LOCALAPPDATA: '/local' })).toBe(join('/local', 'gan', 'data'));
  });

  it('honours XDG_CACHE_HOME where it is absolute', () => {
    const of = (said: string) => cacheFolder({ environment: { XDG_CACHE_HOME: said }, platform: 'linux', home });
    expect(of('/big/cache')).toBe(join('/big/cache', 'gan', 'data'));
    expect(of('relative')).toBe(join(home, '.cache', 'gan', 'data'));
    expect(of('')).toBe(join(home, '.cache', 'gan', 'data'));
  });
});

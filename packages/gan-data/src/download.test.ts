import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FormatError, random } from '@gan/core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { download } from './download.js';

const stream = random(5);
const content = Uint8Array.from({ length: 100_000 }, () => stream.integer(256));
const file = {
  name: 'numbers.bin',
  bytes: content.length,
  sha256: createHash('sha256').update(content).digest('hex'),
};

let folder: string;
let servers: Server[];
beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'gan-download-')), 'cache');
  servers = [];
});
afterEach(() => {
  for (const server of servers) {
    server.closeAllConnections();
    server.close();
  }
  rmSync(join(folder, '..'), { recursive: true });
});

/** A mirror on this machine. */
const mirror = async (answer: RequestListener): Promise<string> => {
  const server = createServer(answer);
  servers.push(server);
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
};

/** Knows ranges; sends `most` bytes a request and then cuts the connection. `asked` collects where it was asked from. */
const ranged =
  ({ most = Number.POSITIVE_INFINITY, body = content, asked = [] as number[] } = {}): RequestListener =>
  (request, response) => {
    const from = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')![1]);
    asked.push(from);
    const rest = body.subarray(from);
    response.writeHead(206, {
      'content-length': rest.length,
      'content-range': `bytes ${from}-${body.length - 1}/${body.length}`,
    });
    if (rest.length <= most) response.end(rest);
    else response.write(rest.subarray(0, most), () => request.socket.end());
  };

const fetched = (mirrors: readonly string[], more: { readonly stall?: number } = {}) =>
  download(file, { folder, mirrors, rest: 1, ...more });
const whole = (path: string) => Buffer.compare(readFileSync(path), content) === 0;

describe('download', () => {
  it('fetches a file once, under its name and nothing beside it', async () => {
    const asked: number[] = [];
    const address = await mirror(ranged({ asked }));
    const path = await fetched([`${address}/`]);
    expect(path).toBe(join(folder, 'numbers.bin'));
    expect(whole(path)).toBe(true);
    expect(existsSync(`${path}.part`)).toBe(false);
    expect(await fetched([address])).toBe(path);
    expect(asked).toEqual([0]);
  });

  it('goes on after each of many cuts', async () => {
    const asked: number[] = [];
    const path = await fetched([await mirror(ranged({ most: 5_000, asked }))]);
    expect(whole(path)).toBe(true);
    // 100,000 bytes, at most 5,000 a time; how many of them arrive before the cut is up to the system.
    expect(asked.length).toBeGreaterThan(19);
    expect([...asked].sort((a, b) => a - b)).toEqual(asked);
  });

  it('goes on from what another process left', async () => {
    mkdirSync(folder);
    writeFileSync(join(folder, 'numbers.bin.part'), content.subarray(0, 60_000));
    const asked: number[] = [];
    expect(whole(await fetched([await mirror(ranged({ asked }))]))).toBe(true);
    expect(asked).toEqual([60_000]);
  });

  it('begins anew where a server knows no ranges', async () => {
    mkdirSync(folder);
    writeFileSync(join(folder, 'numbers.bin.part'), content.subarray(0, 60_000));
    const address = await mirror((_, response) => response.end(content));
    expect(whole(await fetched([address]))).toBe(true);
  });

  it('goes on at the next mirror after a cut, a refusal, a lie about the size, and silence', async () => {
    const asked: number[] = [];
    const mirrors = await Promise.all([
      mirror(ranged({ most: 30_000 })),
      mirror((_, response) => response.writeHead(403).end()),
      mirror((_, response) => response.end('<html>please log in</html>')),
      mirror(() => {}),
      mirror(ranged({ asked })),
    ]);
    expect(whole(await fetched(mirrors, { stall: 200 }))).toBe(true);
    expect(asked).toHaveLength(1);
    expect(asked[0]).toBeGreaterThan(0);
    expect(asked[0]).toBeLessThanOrEqual(30_000);
  });

  it('tries each mirror alone when one of them has another file of the same size', async () => {
    const other = Uint8Array.from(content, (byte) => byte ^ 1);
    const gone = await mirror((_, response) => response.writeHead(404).end());
    const mirrors = [await mirror(ranged({ body: other, most: 50_000 })), gone, await mirror(ranged())];
    expect(whole(await fetched(mirrors))).toBe(true);
  });

  it('starts over when what was left was damaged', async () => {
    mkdirSync(folder);
    writeFileSync(join(folder, 'numbers.bin.part'), new Uint8Array(60_000));
    const asked: number[] = [];
    expect(whole(await fetched([await mirror(ranged({ asked }))]))).toBe(true);
    expect(asked).toEqual([60_000, 0]);
  });

  it('lets several fetch the same file at the same time', async () => {
    const address = await mirror(ranged({ most: 20_000 }));
    for (const path of await Promise.all([fetched([address]), fetched([address]), fetched([address])]))
      expect(whole(path)).toBe(true);
    expect(existsSync(join(folder, 'numbers.bin.part'))).toBe(false);
  });

  it('says what each mirror answered when none has the file, and leaves no file of that name', async () => {
    const gone = await mirror(() => {});
    servers.pop()?.close();
    const mirrors = [await mirror((_, response) => response.writeHead(404).end()), gone];
    await expect(fetched(mirrors)).rejects.toThrow(
      new FormatError(
        'numbers.bin',
        `could not be fetched: ${mirrors[0]}/numbers.bin: answered 404; ${gone}/numbers.bin: fetch failed (ECONNREFUSED). Without a connection, put the file into ${folder} by hand`,
      ),
    );
    expect(readdirSync(folder)).toEqual([]);
    await expect(fetched([])).rejects.toThrow('numbers.bin: could not be fetched: no mirror is named. Without');
  });

  it('says so when every mirror has another file', async () => {
    const address = await mirror(ranged({ body: new Uint8Array(content.length) }));
    // SHA-256 of 100,000 zero bytes, by coreutils: head -c 100000 /dev/zero | sha256sum
    await expect(fetched([address])).rejects.toThrow(
      `numbers.bin: could not be fetched: what came from ${address} has the SHA-256 9192c25b734fcbadbe32dadc28089c60db0e39f90cc20ce2e5733f57261acc0c, but`,
    );
    expect(existsSync(join(folder, 'numbers.bin.part'))).toBe(false);
  });

  it('refuses another file in its place', async () => {
    mkdirSync(folder);
    const path = join(folder, 'numbers.bin');
    writeFileSync(path, content.subarray(1));
    await expect(fetched([])).rejects.toThrow(
      new FormatError(path, 'holds 99999 bytes, but the published file 100000; remove it and it is fetched anew'),
    );
  });

  it('refuses a folder that cannot be written', async () => {
    writeFileSync(folder, 'a file where the folder should be');
    await expect(fetched(['http://127.0.0.1:1'])).rejects.toThrow(
      new FormatError(
        folder,
        'cannot be written (EEXIST), so nothing can be fetched into it; name another folder in the options or in XDG_CACHE_HOME',
      ),
    );
  });
});

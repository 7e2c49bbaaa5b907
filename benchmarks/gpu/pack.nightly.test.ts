import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { interpreter } from '../python/interpreter.js';
import { LIMIT, packed } from './pack.js';
import type { Session } from './report.js';

/** The session that is packed for a graphics processor, on the processor, with no Node on the path. */

const folder = mkdtempSync(join(tmpdir(), 'gan-gpu-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const python = interpreter();

describe.skipIf(process.platform !== 'linux')('a packed session', () => {
  it('is small enough to be carried', async () => {
    const sizes = Object.values(await packed(join(folder, 'pack')));
    expect(sizes.reduce((all, size) => all + size, 0)).toBeLessThan(LIMIT);
  }, 300_000);

  it.skipIf(python === undefined)(
    'compares, differentiates and runs specs without anything of ours (needs PyTorch: npm run bench -- setup)',
    () => {
      const given = [
        '--device',
        'cpu',
        '--models',
        'ring:0:64',
        '--steps',
        '2',
        '--ops',
        'relu',
        '--specs',
        '^ops/relu_',
      ];
      execFileSync('sh', [join(folder, 'pack', 'run.sh'), ...given], {
        env: { PATH: '/usr/bin:/bin', PYTHON: python, OUT: join(folder, 'out') },
        stdio: ['ignore', 'ignore', 'inherit'],
      });
      const session = JSON.parse(readFileSync(join(folder, 'out', 'session.json'), 'utf8')) as Required<Session>;
      expect(session.engine).toContain('torch-cpu');
      expect(session.steps['ring:0:64']).toMatchObject({ peers: { ours: { steps: 2 }, torch: { steps: 2 } } });
      expect(session.specs).toMatchObject({ failed: [], excluded: 0 });
      expect(session.specs).toHaveProperty(
        'passed',
        expect.toSatisfy((passed: number) => passed > 10),
      );
      expect(session.gradients).toEqual({
        found: expect.arrayContaining([expect.objectContaining({ name: 'relu', verdicts: ['right'] })]),
      });
    },
    600_000,
  );
});

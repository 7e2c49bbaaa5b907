import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { parseFlags } from '../flags.mjs';
import { main } from './main.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const tiny = '--engine wasm --steps 40 --filters 2 --latents 4 --batch 8 --samples 100 --seed 5'.split(' ');

/** Runs the main job in a process of its own, and looks at it while it runs. */
function start(args: readonly string[], onOutput: (text: string, child: ChildProcess) => void = () => undefined) {
  return new Promise<{ readonly code: number | null; readonly output: string }>((resolve) => {
    const child = spawn(process.execPath, ['--import', 'tsx', 'start/src/main.fixture.ts', ...args], {
      cwd: root,
      env: { ...process.env, TSX_TSCONFIG_PATH: join(root, 'tsconfig.json') },
    });
    let output = '';
    const hear = (chunk: Buffer) => {
      output += chunk;
      onOutput(output, child);
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.on('close', (code) => resolve({ code, output }));
  });
}

describe('npm start', () => {
  let out: string;
  let straight: { readonly code: number | null; readonly output: string };
  const file = (...path: readonly string[]) => join(out, ...path);
  const json = (...path: readonly string[]) => JSON.parse(readFileSync(file(...path), 'utf8'));

  beforeAll(async () => {
    out = mkdtempSync(join(tmpdir(), 'gan-start-'));
    straight = await start([...tiny, '--out', out, '--name', 'straight']);
  });
  afterAll(() => rmSync(out, { recursive: true }));

  /** What the main job says when it refuses. */
  async function refusal(...args: string[]): Promise<string> {
    const said = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    try {
      expect(await main(parseFlags(['--out', out, ...args]))).toBe(2);
      expect(said).toHaveBeenCalledTimes(1);
      return String(said.mock.calls[0]![0]);
    } finally {
      said.mockRestore();
    }
  }

  it('trains, and writes configuration, log, grids, checkpoint and summary', () => {
    expect(straight.code, straight.output).toBe(0);
    expect(readdirSync(file('straight')).sort()).toEqual([
      'checkpoint',
      'config.json',
      'grids',
      'metrics.jsonl',
      'summary.json',
    ]);
    expect(readdirSync(file('straight', 'grids')).sort()).toEqual(['final-averaged.png', 'final-raw.png']);
    expect(json('straight', 'config.json')).toMatchObject({
      engine: 'wasm',
      steps: 40,
      filters: 2,
      latents: 4,
      batch: 8,
      seed: 5,
    });
    const steps = readFileSync(file('straight', 'metrics.jsonl'), 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line).step);
    expect(steps).toEqual([0, 1, 10, 20, 30, 40]);
  });

  it('sums a run up in numbers', () => {
    const summary = json('straight', 'summary.json');
    expect(summary).toMatchObject({ engine: 'wasm', steps: 40, seed: 5, samples: 100, sampled: 'averaged' });
    const numbers = [
      'seconds',
      'imagesPerSecond',
      'threads',
      'cpuSeconds',
      'frechetStart',
      'frechetEnd',
      'frechetEndRaw',
      'frechetEndAveraged',
      'frechetHalves',
    ];
    for (const key of numbers) expect(summary[key], key).toBeGreaterThan(0);
    const shares = ['classAgreement', 'classAgreementStart', 'probabilityReal', 'probabilityFake'];
    for (const key of shares) expect(summary[key] >= 0 && summary[key] <= 1, key).toBe(true);
    expect(summary.frechetEnd).toBe(summary.frechetEndAveraged);
    expect(summary.versions.node).toBe(process.versions.node);
  });

  it('stops at Ctrl-C within two seconds, saves, and goes on with the same bits', async () => {
    let pressed = 0;
    const stopped = await start([...tiny, '--out', out, '--name', 'stopped'], (text, child) => {
      if (pressed > 0 || !text.includes('step  1/40')) return;
      pressed = performance.now();
      child.kill('SIGINT');
    });
    expect(performance.now() - pressed).toBeLessThan(2000);
    expect(stopped.code, stopped.output).toBe(130);
    expect(stopped.output).toContain(`npm start -- --resume stopped --out ${out}`);
    expect(existsSync(file('stopped', 'summary.json'))).toBe(false);
    expect(json('stopped', 'checkpoint', 'manifest.json').step).toBeLessThan(40);

    const resumed = await start(['--resume', 'stopped', '--out', out]);
    expect(resumed.code, resumed.output).toBe(0);
    const bytes = (run: string) => readFileSync(file(run, 'checkpoint', 'tensors.safetensors'));
    expect(bytes('stopped').equals(bytes('straight'))).toBe(true);
    const measured = ({
      frechetStart,
      frechetEnd,
      frechetEndRaw,
      classAgreement,
      probabilityFake,
    }: Record<string, unknown>) => ({
      frechetStart,
      frechetEnd,
      frechetEndRaw,
      classAgreement,
      probabilityFake,
    });
    expect(measured(json('stopped', 'summary.json'))).toEqual(measured(json('straight', 'summary.json')));
  });

  it('refuses the name of a run that exists', async () => {
    expect(await refusal('--name', 'straight')).toMatch(
      /^there is a run 'straight' in .* already: --resume straight goes on/,
    );
  });

  it('refuses to go on with a run that is done, or that there is not', async () => {
    expect(await refusal('--resume', 'straight')).toBe(
      'the run has done its 40 steps: --steps must be more than that to go on, but is 40',
    );
    expect(await refusal('--resume', 'nobody')).toMatch(/^there is no run 'nobody' in /);
  });

  it('refuses a folder that cannot be written', async () => {
    writeFileSync(file('no-folder'), '');
    expect(await refusal('--out', join(out, 'no-folder', 'runs'))).toMatch(/cannot be written/);
    expect(readFileSync(file('no-folder'), 'utf8')).toBe('');
  });

  it('refuses a damaged checkpoint and a damaged configuration', async () => {
    const tensors = file('straight', 'checkpoint', 'tensors.safetensors');
    truncateSync(tensors, 1000);
    expect(await refusal('--resume', 'straight', '--steps', '50')).toContain(tensors);
    writeFileSync(file('stopped', 'config.json'), '{"steps": "many"}');
    expect(await refusal('--resume', 'stopped', '--steps', '50')).toMatch(/config\.json is damaged: /);
  });
});

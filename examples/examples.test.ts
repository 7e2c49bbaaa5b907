import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const here = fileURLToPath(new URL('.', import.meta.url));
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gan-examples-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Runs an example as its README says, for two steps, in an empty folder; its output, and its exit code. */
async function run(example: string) {
  const child = spawn(process.execPath, ['--import', import.meta.resolve('tsx'), join(here, example, 'main.ts')], {
    cwd: folder,
    env: { ...process.env, STEPS: '2', TSX_TSCONFIG_PATH: join(here, '..', 'tsconfig.json') },
  });
  let output = '';
  const listen = (text: Buffer) => {
    output += text;
  };
  child.stdout.on('data', listen);
  child.stderr.on('data', listen);
  const [code] = await once(child, 'close');
  return { output, code };
}

/** What those say that measure their emoji before and after. */
const measuredEmoji = (example: string): RegExp =>
  new RegExp(
    String.raw`at the start \{[\s\S]*after 2 steps \{\s+'frechet-distance/pixels-8x8': \d+\.\d+,\s+'frechet-distance-of-real/pixels-8x8': \d+\.\d+\s+\}\s+runs/${example}/page.png; .*CC BY-SA 4.0`,
  );

/** What each says at the end, whatever the engine, and the files it leaves in runs/<example>. */
const examples: Readonly<Record<string, { readonly says: RegExp; readonly leaves?: readonly string[] }>> = {
  '01-ring': { says: /after 2 steps \{\s+'modes-covered': \d/ },
  '02-digits': { says: /after 2 steps: runs\/02-digits\/page.png/, leaves: ['page.png'] },
  '03-conditional-digits': {
    says: /after 2 steps \{ 'class-agreement\/digit-classifier': 0?[.\d]+ \}/,
    leaves: ['page.png'],
  },
  '04-your-own-loss': { says: /'discriminator\/square-hinge': [\s\S]*after 2 steps \{ 'modes-covered': \d/ },
  '05-your-own-network': { says: /4 steps, and again from step 2: 32 tensors\s+the same bits/ },
  '06-your-own-pictures': { says: /256 pictures in [\s\S]*after 2 steps/, leaves: ['discs', 'page.png'] },
  '07-a-game-of-four': {
    says: /translators\/cycle-consistency\(b,backB\)[\s\S]*after 2 steps, points of the spiral on the blobs: \{ modes: \d/,
  },
  '08-resume': { says: /played from step 2 to 4\s+played from step 0 to 4\s+the same bits/, leaves: ['checkpoint'] },
  '09-emoji-stylegan2': { says: measuredEmoji('09-emoji-stylegan2'), leaves: ['game.svg', 'page.png'] },
  '10-emoji-sagan': { says: measuredEmoji('10-emoji-sagan'), leaves: ['page.png'] },
  '11-emoji-dcgan': { says: measuredEmoji('11-emoji-dcgan'), leaves: ['page.png'] },
  '12-digits-acgan': {
    says: /after 2 steps \{\s+'class-agreement\/digit-classifier': [\s\S]*'frechet-distance-of-real\/digit-classifier': \d+\.\d+\s+\}\s+runs\/12-digits-acgan\/page.png/,
    leaves: ['page.png'],
  },
  '13-digits-biggan': {
    says: /at the start \{[\s\S]*after 2 steps \{\s+'frechet-distance\/digit-classifier': [\s\S]*'class-agreement\/digit-classifier': [.\d]+\s+\}\s+runs\/13-digits-biggan\/page.png/,
    leaves: ['page.png'],
  },
  '14-digits-infogan': {
    says: /after 2 steps \{\s+'frechet-distance\/digit-classifier': [\s\S]*'frechet-distance-of-real\/digit-classifier': \d+\.\d+\s+\}\s+runs\/14-digits-infogan\/page.png/,
    leaves: ['page.png'],
  },
  '15-emoji-progressive': {
    says: /8 x 8: 0 tensors[\s\S]*at the start \{[\s\S]*16 x 16: \d\d tensors of the stage before[\s\S]*after 2 steps \{\s+'frechet-distance\/pixels-8x8': \d+\.\d+[\s\S]*\}\s+runs\/15-emoji-progressive\/page-32.png; .*CC BY-SA 4.0/,
    leaves: ['page-16.png', 'page-32.png', 'page-8.png'],
  },
  '16-emoji-r3gan': { says: measuredEmoji('16-emoji-r3gan'), leaves: ['page.png'] },
  '17-emoji-fastgan': {
    says: /transferred-1: after 2 steps \{[\s\S]*none-1: after 2 steps \{[\s\S]*runs\/17-emoji-fastgan; .*CC BY-SA 4.0/,
    leaves: ['none-1.png', 'others.png', 'transferred-1.png'],
  },
  '18-emoji-transformer': { says: measuredEmoji('18-emoji-transformer'), leaves: ['page.png'] },
};

const names = (await readdir(here)).filter((name) => /^\d\d-/.test(name)).sort();

describe('the examples', () => {
  it('are all known here', () => {
    expect(names).toEqual(Object.keys(examples));
  });

  // One after the other: the first that wants emoji of a size draws them for all.
  it.each(names)('%s runs and says what it did', { timeout: 300_000 }, async (name) => {
    const { says, leaves = [] } = examples[name]!;
    const { output, code } = await run(name);
    expect(output).toMatch(says);
    expect(code).toBe(0);
    expect(await readdir(join(folder, 'runs', name)).catch(() => [])).toEqual(leaves);
  });

  it.each(names)('%s is one idea in at most 60 lines', async (name) => {
    const lines = (await readFile(join(here, name, 'main.ts'), 'utf8')).trimEnd().split('\n');
    expect(lines.length).toBeLessThanOrEqual(60);
  });
});

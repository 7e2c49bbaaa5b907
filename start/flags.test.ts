import { describe, expect, it } from 'vitest';
import { help, parseFlags, refuseSwallowedFlags, UsageError } from './flags.mjs';

/** What a wrong command line is told. */
const refused = (...args: string[]): string => {
  try {
    parseFlags(args);
  } catch (error) {
    expect(error).toBeInstanceOf(UsageError);
    return (error as Error).message;
  }
  throw new Error('nothing was refused');
};

describe('the flags of npm start', () => {
  it('are all optional', () => {
    expect(parseFlags([])).toEqual({});
  });

  it('are read with and without an equals sign, numbers as numbers', () => {
    expect(parseFlags(['--steps', '50', '--engine=wasm', '--name', 'try', '--decay', '0.99'])).toEqual({
      steps: 50,
      engine: 'wasm',
      name: 'try',
      decay: 0.99,
    });
  });

  it('refuse what is unknown, with what there is', () => {
    expect(refused('--stepz', '50')).toMatch(
      /^--stepz is not a flag of npm start; it takes --steps, --engine, .* and --help$/,
    );
    expect(refused('50')).toBe("'50' is not a flag; --help lists those of npm start");
  });

  it.each([
    [['--steps', '0'], "--steps must be a whole number of at least 1, but is '0'"],
    [['--steps', '-5'], "--steps must be a whole number of at least 1, but is '-5'"],
    [['--steps', '1.5'], "--steps must be a whole number of at least 1, but is '1.5'"],
    [['--steps', ''], "--steps must be a whole number of at least 1, but is ''"],
    [['--steps', '--seed'], "--steps must be a whole number of at least 1, but is '--seed'"],
    [['--steps'], '--steps must be followed by a value'],
    [['--batch', '1'], "--batch must be a whole number of at least 2, but is '1'"],
    [['--seed', 'x'], "--seed must be a whole number of at least 0, but is 'x'"],
    [['--decay', '1'], "--decay must be at least 0 and less than 1, but is '1'"],
    [['--samples', '6000'], "--samples must be a whole number from 100 to 5000, but is '6000'"],
    [['--out', ''], "--out must be a folder, but is ''"],
  ])('refuse %j in one sentence with the value and what was expected', (args, sentence) => {
    expect(refused(...args)).toBe(sentence);
  });

  it('name the engines when one is unknown', () => {
    expect(refused('--engine', 'gpu')).toMatch(
      /^--engine must be one of tfjs-node-gpu, torch-cuda, .*, cpu, but is 'gpu'$/,
    );
  });

  it.each(['../up', 'a/b', 'a\\b', '.hidden', 'dot.', '', 'x'.repeat(65), 'new\nline'])(
    'refuse %j as the name of a run',
    (name) => {
      expect(refused('--name', name)).toContain("--name must be 1 to 64 letters, digits, '-', '_' and '.'");
    },
  );

  it('take ordinary names', () => {
    for (const name of ['a', 'try', 'digits-1', 'v1.2_b', '2026'])
      expect(parseFlags(['--name', name])).toEqual({ name });
  });

  it('leave a resumed run what it has settled', () => {
    expect(parseFlags(['--resume', 'try', '--steps', '60'])).toEqual({ resume: 'try', steps: 60 });
    expect(refused('--resume', 'try', '--seed', '2')).toBe('--seed cannot change when a run is resumed: leave it out');
  });

  it('are told from flags that npm swallowed', () => {
    expect(() => refuseSwallowedFlags({ npm_config_cache: 'x' })).not.toThrow();
    expect(() => refuseSwallowedFlags({ npm_config_steps: '50' })).toThrow(
      'npm kept --steps for itself: flags go after --, as in npm start -- --steps ...',
    );
  });

  it('are all listed by the help', () => {
    for (const flag of ['--steps', '--engine', '--name', '--resume', '--seed', '--batch', '--out', '--help'])
      expect(help()).toContain(`  ${flag}`);
  });
});

import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EngineError } from '../engine-error.js';
import { projectOfTensorflow } from './project.js';

let folder: string;
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'gan-tfjs-')));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('projectOfTensorflow', () => {
  it('sees what the project in GAN_TFJS_NODE has installed', () => {
    const place = join(folder, 'node_modules', '@tensorflow', 'tfjs-node');
    mkdirSync(place, { recursive: true });
    writeFileSync(join(place, 'index.js'), '');
    expect(projectOfTensorflow({ GAN_TFJS_NODE: folder }).resolve('@tensorflow/tfjs-node')).toBe(
      join(place, 'index.js'),
    );
  });

  it.each([{}, { GAN_TFJS_NODE: '' }])('sees what this package sees where that says nothing (%j)', (env) => {
    expect(projectOfTensorflow(env).resolve('@tensorflow/tfjs-core')).toMatch(/tfjs-core/);
  });

  it.each([
    ['built', /^GAN_TFJS_NODE must be the absolute path of the folder .* but built is not absolute$/],
    ['/no/such/folder', /but \/no\/such\/folder is no folder$/],
  ])('refuses %s as the user would want to know, whatever engine is looked for', (stated, sentence) => {
    const trial = () => projectOfTensorflow({ GAN_TFJS_NODE: stated });
    expect(trial).toThrow(sentence);
    expect(trial).toThrow(EngineError);
  });
});

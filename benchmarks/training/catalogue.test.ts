import { readdirSync, readFileSync } from 'node:fs';
import * as architectures from '@gan/architectures';
import { type Training, train } from '@gan/core';
import { engine } from '@gan/engine';
import { beforeAll, describe, expect, it } from 'vitest';
import { randomData } from '../peers/training.js';
import { catalogue } from './catalogue.js';
import { digit, emoji } from './datasets.js';
import { gameOf } from './trial.js';

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8');
const root = '../..';

/** What the package exports of its folder of networks, by the names of factories: those of networks end so. */
const factories = [
  ...read(`${root}/packages/gan-architectures/src/index.ts`).matchAll(
    /export \{([^}]*)\} from '.\/networks\/([^/]+)\//g,
  ),
].flatMap(([, names, family]) =>
  names!
    .split(',')
    .map((name) => name.trim())
    .filter((name) => /^[a-z]\w*(?:Generator|Discriminator|Autoencoder|Mapping|Synthesis|Decoder)$/.test(name))
    .map((name) => ({ name, family: family! })),
);

/** The mapping and the synthesis that an example trains, in one. */
const composed = ['stylegan2Generator'];

const used = (sources: readonly string[]) => (name: string) =>
  sources.some((source) => new RegExp(`\\b${name}\\(`).test(source));
const inExamples = used(
  readdirSync(new URL(`${root}/examples`, import.meta.url))
    .filter((name) => /^\d\d-/.test(name))
    .map((name) => read(`${root}/examples/${name}/main.ts`)),
);
const inCatalogue = used(['emoji', 'digit'].map((name) => read(`./${name}-entries.ts`)));

beforeAll(() => engine());

describe('the catalogue of trainings', () => {
  it('sees the networks of the package', () => {
    expect(factories.length).toBeGreaterThan(30);
    expect(new Set(factories.map(({ family }) => family)).size).toBeGreaterThan(15);
    for (const { name } of factories) expect(architectures).toHaveProperty(name);
  });

  it('trains every network that no example trains', () => {
    const untrained = factories.map(({ name }) => name).filter((name) => !inExamples(name) && !inCatalogue(name));
    expect(untrained).toEqual(composed);
  });

  it.each(['jury', 'atScale', 'severalGenerators', 'reconstructionEnergy'])(
    'trains judges or generators of %s',
    (name) => {
      expect(inCatalogue(name)).toBe(true);
    },
  );

  it.each(Object.entries(catalogue))(
    'has a game for %s, of which a step is played',
    async (_, entry) => {
      const game = gameOf({ ...entry, filters: 4 });
      const { sample } = entry.data === 'emoji' ? emoji : digit;
      expect(game.samples['sample']).toEqual({ data: sample });
      const { data, dispose } = randomData(game, 4);
      const training = train(game as never, { data: data as never, batchSize: 4, seed: 1 }) as Training;
      for await (const step of training) {
        const losses = await step.losses();
        expect(Object.keys(losses).length).toBeGreaterThanOrEqual(2);
        for (const value of Object.values(losses)) expect(value).toSatisfy(Number.isFinite);
        break;
      }
      training.dispose();
      dispose();
    },
    240_000,
  );

  it.each(Object.entries(catalogue))('shows on the page of %s what its generator can be asked for', (_, entry) => {
    const inputs = gameOf({ ...entry, filters: 4 }).networks['generator']!.inputs;
    for (const [name, values] of Object.entries(entry.page ?? {})) {
      const port = inputs[name];
      expect(port).toBeTypeOf('number');
      expect(new Set(values)).toEqual(new Set(Array.from({ length: port as number }, (_, k) => k)));
    }
  });
});

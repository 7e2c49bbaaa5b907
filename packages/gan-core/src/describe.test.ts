import { memory } from '@tensorflow/tfjs-core';
import { expect, describe as group, it } from 'vitest';
import { describe } from './describe.js';
import { drawing } from './drawing.js';
import type { Game } from './game.js';
import { gameGraph } from './game-graph.js';
import { cycle, discriminator, generator, logistic, optimizer } from './games.fixture.js';
import { gan } from './gan.js';

group('describe', () => {
  it('tells networks with their costs, samples, players and terms, and leaves nothing behind', async () => {
    const before = memory().numTensors;
    // 2 x 8 + 8 and 8 x 2 + 2 numbers, 16 + 16 products; of a judge 8 x 1 + 1 and 16 + 8.
    expect(await describe(cycle())).toBe(`\
networks  takes     gives         parameters  state  multiply-adds
toA       source 2  sample 2              42      0             32
toB       source 2  sample 2              42      0             32
judgeA    sample 2  score linear          33      0             24
judgeB    sample 2  score linear          33      0             24

samples  from
a        data, 2
b        data, 2
fakeA    toA(source = b)
fakeB    toB(source = a)
backA    toA(source = fakeB)
backB    toB(source = fakeA)
oldA     12 earlier fakeA
oldB     12 earlier fakeB

players      train           optimizer  updates  accumulate  averaged
judges       judgeA, judgeB  adam             1           1
translators  toA, toB        adam             1           1       0.9

terms              weight  of                                       played by
logistic(a,oldA)        1  real = a, fake = oldA, judged by judgeA  judges, translators
logistic(b,oldB)        1  real = b, fake = oldB, judged by judgeB  judges, translators
distance(a,backA)      10  left = a, right = backA                  translators
distance(b,backB)      10  left = b, right = backB                  translators`);
    expect(memory().numTensors).toBe(before);
  });
});

group('the players of a description', () => {
  it('say what they look ahead to, and whether they sit out', async () => {
    const played = gan({
      generator: generator(),
      discriminator: discriminator(),
      objective: [logistic()],
      optimizer,
      averaged: () => 0.5,
      unrolled: 5,
      turns: { discriminator: 2, generator: 1 },
    });
    expect((await describe(played)).split('\n').filter((line) => /adam/.test(line))).toEqual([
      'discriminator  discriminator  adam             1           1                                 some',
      'generator      generator      adam             1           1  by update  5 of discriminator  some',
    ]);
  });
});

group('gameGraph', () => {
  it('leads from samples through judges to terms', () => {
    const nodes = gameGraph(cycle() as unknown as Game);
    const from = Object.fromEntries(nodes.map((node) => [node.title, node.from]));
    expect(from['fakeA']).toEqual(['sample b']);
    expect(from['oldA']).toEqual(['sample fakeA']);
    expect(from['judgeA']).toEqual(['sample a', 'sample oldA']);
    expect(from['logistic(a,oldA)']).toEqual(['judge judgeA']);
    expect(from['distance(b,backB)']).toEqual(['sample b', 'sample backB']);
    expect(nodes.find(({ title }) => title === 'judgeB')!.player).toBe('judges');
    expect(nodes.find(({ title }) => title === 'oldB')!.player).toBe(undefined);
  });
});

group('drawing', () => {
  it('is an SVG with a box for each part, a line for each way, and the players below', () => {
    const svg = drawing(cycle());
    const count = (pattern: RegExp) => [...svg.matchAll(pattern)].length;
    // 8 samples, 2 judges, 4 terms, and the ground; 6 ways to samples, 4 to judges, 2 from those, 4 to distances.
    expect(count(/<rect /g)).toBe(15);
    expect(count(/<path /g)).toBe(16);
    expect(count(/<circle /g)).toBe(2);
    expect(svg).toMatch(/^<svg xmlns="http:\/\/www.w3.org\/2000\/svg" width="\d+" height="\d+"/);
    expect(svg).toContain('>translators</text>');
  });
});

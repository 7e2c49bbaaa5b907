/** CycleGAN, whole: two translators between two clouds of points, two judges with a memory, and no point has a partner. */
import { mlpDiscriminator, mlpGenerator } from '@gan/architectures';
import { adam, type Dataset, game, on, random, sample, train, weighted } from '@gan/core';
import { ring, swissRoll } from '@gan/data';
import { engine } from '@gan/engine';
import { cycleConsistency, leastSquares } from '@gan/losses';
import { modeCoverage } from '@gan/metrics';

const steps = Number(process.env['STEPS'] ?? 2000);
console.log(`on ${(await engine()).name}`);

const [blobs, spiral] = [ring({ deviation: 0.1 }), swissRoll()];
const data: Dataset<{ readonly a: readonly [2]; readonly b: readonly [2] }> = {
  ports: { a: [2], b: [2] },
  size: Number.POSITIVE_INFINITY,
  batch: async (which) => {
    const { sample: a, classes } = await blobs.batch(which);
    const { sample: b } = await spiral.batch(which);
    classes.dispose();
    return { a, b };
  },
};

const translator = mlpGenerator({ sample: [2], latents: 2 }); // what it starts from is a point, too
const judge = mlpDiscriminator({ sample: [2] });
const optimizer = adam({ learningRate: (update) => 2e-3 * (1 - update / (steps + 1)), beta1: 0.5, beta2: 0.99 });
const cycle = game({
  networks: { toA: translator, toB: translator, judgeA: judge, judgeB: judge },
  samples: {
    a: { data: [2] },
    b: { data: [2] },
    fakeA: { by: 'toA', from: { latents: 'b' } },
    fakeB: { by: 'toB', from: { latents: 'a' } },
    backA: { by: 'toA', from: { latents: 'fakeB' } },
    backB: { by: 'toB', from: { latents: 'fakeA' } },
    seenA: { pool: 'fakeA', size: 1024 }, // judges also look at fakes of earlier steps
    seenB: { pool: 'fakeB', size: 1024 },
  },
  objective: [
    on({ real: 'a', fake: 'seenA', judge: 'judgeA' }, leastSquares()),
    on({ real: 'b', fake: 'seenB', judge: 'judgeB' }, leastSquares()),
    on({ left: 'a', right: 'backA' }, weighted(3, cycleConsistency())),
    on({ left: 'b', right: 'backB' }, weighted(3, cycleConsistency())),
  ],
  players: {
    judges: { trains: ['judgeA', 'judgeB'], optimizer },
    translators: { trains: ['toA', 'toB'], optimizer, averaged: 0.99 },
  },
});
const training = train(cycle, { data, batchSize: 256, seed: 1 });
for await (const step of training) {
  if (step.index % 500 === 0) console.log(`step ${step.index}`, await step.losses());
  if (training.steps >= steps) break;
}

const { b } = await data.batch({ index: 0, size: 1000, random: random(2) });
const translated = await sample(training.network('toA'), { count: 1000, latents: b, seed: 3 });
const covered = modeCoverage((await translated.array()) as number[][], blobs);
console.log(`after ${training.steps} steps, points of the spiral on the blobs:`, covered);

import { clone, type Tensor } from '@tensorflow/tfjs-core';
import type { Checkpoint, Json, StoredTensor } from './checkpoint.js';
import { differences } from './differences.js';
import { currentEngine } from './engine.js';
import type { Game } from './game.js';
import { live, placesOf, rebuilt, same, spelled, storedTensor } from './places.js';
import { mapped } from './records.js';
import { type Run, tensorsOfRun } from './run.js';
import { disposeAll, scoped } from './tensors.js';
import type { Origin } from './training.js';

/** Everything a run consists of, read from the engine: in float32, also from one that holds doubles, which goes on rounded. */
export async function savedRun(
  game: Game,
  run: Run,
  { seed, batchSize }: { readonly seed: number; readonly batchSize: number },
): Promise<Checkpoint> {
  const engine = currentEngine();
  const { step } = run;
  const updates = { ...run.updates };
  const identity = identityOf(game, run);
  /** Clones hold this moment while it is being read. */
  const snapshot = placesOf(tensorsOfRun(run)).map(([place, value]): [string, Tensor] => [place, clone(value)]);
  try {
    const stored = await Promise.all(
      snapshot.map(async ([place, value]): Promise<[string, StoredTensor]> => [place, await storedTensor(value)]),
    );
    return {
      manifest: {
        format: 1,
        step,
        seed,
        batchSize,
        updates,
        game: identity,
        engine: engine
          ? {
              name: engine.name,
              version: engine.version,
              device: engine.device,
              threads: engine.threads,
              ...(engine.precision === 'float64' && { precision: engine.precision }),
            }
          : null,
      },
      tensors: Object.fromEntries(stored),
    };
  } finally {
    for (const [, value] of snapshot) value.dispose();
  }
}

/** What makes two runs the same model. */
function identityOf({ networks, samples, objective, players }: Game, { weights }: Run): Json {
  return JSON.parse(
    JSON.stringify({
      networks: mapped(networks, ({ inputs, outputs }, name) => ({
        inputs,
        outputs,
        parameters: mapped(weights[name]!.parameters, spelled),
        state: mapped(weights[name]!.state, spelled),
      })),
      samples,
      objective: objective.map(({ name, binding }) => ({ name, binding })),
      players: mapped(players, ({ trains, optimizer, updates = 1, accumulate = 1, averaged = null, unrolls }) => ({
        trains,
        optimizer: optimizer.name,
        updates,
        accumulate,
        averaged: typeof averaged === 'function' ? 'scheduled' : averaged,
        unrolls,
      })),
    }),
  );
}

/** The run that a checkpoint holds, in place of a fresh one, which is freed. */
export function resumedRun(
  game: Game,
  fresh: Run,
  { manifest, tensors }: Checkpoint,
): { readonly run: Run; readonly origin: Origin } {
  try {
    const faults = [
      ...differences(manifest.game as Json, identityOf(game, fresh)).map(
        ({ path, before, after }) => `${path} is ${before} in the checkpoint, but ${after} in the game`,
      ),
      ...misfits(fresh, tensors),
    ];
    if (faults.length > 0)
      throw new TypeError(
        `the checkpoint is of another model: ${faults.slice(0, 5).join('; ')}${faults.length > 5 ? `; and ${faults.length - 5} more` : ''}`,
      );
    const parts = scoped(() => ({
      ...rebuilt(partsToMatch(fresh), (place) => live(tensors[place]!)),
      pools: mapped(fresh.pools, (_, pool) => poolIn(tensors, pool)),
    }));
    const run: Run = { ...fresh, ...parts, step: manifest.step, updates: manifest.updates as Run['updates'] };
    return { run, origin: { taken: Object.keys(tensors), missing: [], misshapen: [], unused: [] } };
  } finally {
    disposeAll(tensorsOfRun(fresh));
  }
}

/** Pools fill as training goes: their shape is the checkpoint's business. */
function partsToMatch(run: Run): Omit<ReturnType<typeof tensorsOfRun>, 'pools'> {
  const { pools: _, ...parts } = tensorsOfRun(run);
  return parts;
}

const poolIn = (tensors: Checkpoint['tensors'], pool: string): Record<string, Tensor> => {
  const stored = tensors[`pools/${pool}/samples`];
  return stored ? { samples: live(stored) } : {};
};

function misfits(fresh: Run, tensors: Checkpoint['tensors']): string[] {
  const wanted = placesOf(partsToMatch(fresh));
  const known = new Set(wanted.map(([place]) => place));
  return [
    ...wanted.flatMap(([place, value]) =>
      same(tensors[place], value) ? [] : [`'${place}' is absent or of another shape in the checkpoint`],
    ),
    ...Object.keys(tensors).flatMap((place) =>
      known.has(place) || place.startsWith('pools/') ? [] : [`the game has no place for '${place}'`],
    ),
  ];
}

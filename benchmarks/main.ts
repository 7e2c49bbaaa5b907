/** `npm run bench -- install | setup | step | start | memory | cost | modes | augmentation | training | gpu`: see README.md. Exit code 2 for what cannot be done as asked, 1 for a result that does not count. */
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { measuredAugmentation } from './augmentation/augmentation.js';
import { augmentationTable } from './augmentation/table.js';
import { measuredCost } from './cost/cost.js';
import { merged } from './cost/merged.js';
import { costTable } from './cost/table.js';
import {
  augmentationFlags,
  costFlags,
  gpuFlags,
  installFlags,
  memoryFlags,
  modesFlags,
  startFlags,
  stepFlags,
  trainingFlags,
} from './flags.js';
import { measuredInstall } from './install/install.js';
import { installTable } from './install/table.js';
import { measuredMemory } from './memory/memory.js';
import { memoryTable } from './memory/table.js';
import { measuredModes } from './modes/modes.js';
import { modesTable } from './modes/table.js';
import { builtPeer } from './peers/built.js';
import { PeerError } from './peers/peer.js';
import { setUp } from './python/setup.js';
import { measuredStart, startTable } from './start/start.js';
import { measuredStep } from './step/step.js';
import { table } from './step/table.js';
import { trainingTable } from './training/table.js';
import { measuredTraining } from './training/training.js';

const [command, ...rest] = process.argv.slice(2);

async function run(): Promise<void> {
  if (command === 'setup') {
    await setUp(rest[0]);
  } else if (command === 'step') {
    const { json, save, ...options } = await stepFlags(rest);
    const result = await measuredStep(options, builtPeer);
    await show(result, json ? undefined : table(result), save);
  } else if (command === 'gpu') {
    const { packed } = await import('./gpu/pack.js');
    const sizes = await packed(gpuFlags(rest).pack);
    await show(sizes, undefined, undefined);
  } else if (command === 'start') {
    const { json, save, ...options } = startFlags(rest);
    const result = await measuredStart(options);
    await show(result, json ? undefined : startTable(result), save);
  } else if (command === 'memory') {
    const { json, save, ...options } = memoryFlags(rest);
    const result = await measuredMemory(options);
    await show(result, json ? undefined : memoryTable(result), save);
  } else if (command === 'cost') {
    const { json, save, ...options } = costFlags(rest);
    const measured = await measuredCost(options);
    const result = save && existsSync(save) ? merged(JSON.parse(await readFile(save, 'utf8')), measured) : measured;
    await show(result, json ? undefined : costTable(measured), save);
  } else if (command === 'modes') {
    const { json, ...options } = modesFlags(rest);
    const result = await measuredModes(options, (line) => console.error(line));
    await show(result, json ? undefined : modesTable(result), undefined);
    if (result.failures.length > 0) process.exitCode = 1;
  } else if (command === 'augmentation') {
    const { json, ...options } = augmentationFlags(rest);
    const result = await measuredAugmentation(options, (line) => console.error(line));
    await show(result, json ? undefined : augmentationTable(result), undefined);
  } else if (command === 'training') {
    const { json, save, ...options } = trainingFlags(rest);
    const result = await measuredTraining(options, (line) => console.error(line));
    await show(result, json ? undefined : trainingTable(result), save);
  } else if (command === 'install') {
    const { json, save, ...options } = installFlags(rest);
    const result = await measuredInstall(options);
    await show(result, json ? undefined : installTable(result), save);
  } else {
    throw new TypeError(
      `the benchmarks are setup, step, start, memory, cost, modes, augmentation, training, gpu and install, but ${command ?? 'none'} was asked for`,
    );
  }
}

async function show(result: object, text: string | undefined, save: string | undefined): Promise<void> {
  const json = JSON.stringify(result, null, 2);
  console.log(text ?? json);
  if (save) await writeFile(save, `${json}\n`);
}

try {
  await run();
} catch (error) {
  if (!(error instanceof TypeError || error instanceof PeerError)) throw error;
  console.error(error.message);
  process.exitCode = error instanceof TypeError ? 2 : 1;
}

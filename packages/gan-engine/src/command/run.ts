import type { EngineName } from '@gan/core';
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { engineNames } from '../engine.js';
import { EngineError } from '../engine-error.js';
import { torchAdvice } from '../engines/advice.js';
import { installLibtorch } from '../install/install-libtorch.js';
import { plannedInstall } from '../install/planned-install.js';
import { findLibtorch } from '../libtorch/find-libtorch.js';
import { pinnedVersion, pinnedVersions } from '../libtorch/pins.js';
import { diagnose, diagnosisText } from './doctor.js';
import { progressOn } from './progress.js';

/**
 * Runs `gan-engine` with the arguments after its name.
 *
 * @returns The exit code: 0; 1 when what was asked for cannot be had, with a sentence on stderr; 2 for arguments that it
 *   does not know; 130 when interrupted.
 */
export async function run(arguments_: readonly string[]): Promise<number> {
  try {
    await program().parseAsync(arguments_, { from: 'user' });
    return 0;
  } catch (cause) {
    if (cause instanceof CommanderError) return cause.exitCode === 0 ? 0 : 2;
    if (cause instanceof Interruption) return 130;
    if (!(cause instanceof EngineError)) throw cause;
    process.stderr.write(`${cause.message}\n`);
    return 1;
  }
}

class Interruption extends Error {}

function program(): Command {
  const command = new Command('gan-engine')
    .description('Installs, finds and examines the compute engine of @gan/*.')
    .exitOverride()
    .showHelpAfterError('(gan-engine --help lists what there is)');
  command
    .command('install')
    .description('put the pinned libtorch for the CPU into the cache folder, from its official wheel')
    .option('--cuda', 'that for NVIDIA graphics processors as well, with the libraries of CUDA')
    .option('--force', 'install anew what is there')
    .addOption(new Option('--version <version>', 'of PyTorch').choices(pinnedVersions).default(pinnedVersion))
    .action(install);
  command
    .command('doctor')
    .description('choose an engine, measure it, and say what would be faster')
    .addOption(new Option('--engine <name>', 'this engine and no other').choices(engineNames))
    .option('--threads <count>', 'threads an operator may use', count)
    .option('--json', 'print JSON')
    .action(doctor);
  command.command('where').description('print the folder of the libtorch that would be used').action(where);
  // Each subcommand ends as its parent does.
  for (const sub of command.commands) sub.copyInheritedSettings(command);
  return command;
}

function count(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 1)
    throw new InvalidArgumentError('It must be a whole number of at least 1.');
  return value;
}

interface Install {
  readonly force?: boolean;
  readonly cuda?: boolean;
  readonly version: string;
}

async function install({ force = false, cuda = false, version }: Install): Promise<void> {
  const plan = plannedInstall({ version, cuda });
  const controller = new AbortController();
  const stop = () => controller.abort(new Interruption());
  process.once('SIGINT', stop).once('SIGTERM', stop);
  try {
    const { folder, fresh } = await installLibtorch({
      force,
      cuda,
      version,
      signal: controller.signal,
      onProgress: progressOn(process.stderr, plan),
    });
    process.stdout.write(
      `libtorch ${version}${cuda ? ' with CUDA' : ''} ${fresh ? 'is now' : 'was already'} in ${folder}\n`,
    );
  } finally {
    process.off('SIGINT', stop).off('SIGTERM', stop);
  }
}

async function doctor(options: { engine?: EngineName; threads?: number; json?: boolean }): Promise<void> {
  const { engine, threads, json } = options;
  const diagnosis = await diagnose({ ...(engine && { use: engine }), ...(threads !== undefined && { threads }) });
  process.stdout.write(`${json ? JSON.stringify(diagnosis, null, 2) : diagnosisText(diagnosis)}\n`);
}

async function where(): Promise<void> {
  const { found, skipped } = await findLibtorch();
  if (found[0] === undefined) {
    const passed = skipped.map(({ where, reason }) => `${where}: ${reason}`).join('; ');
    throw new EngineError(`there is no libtorch on this machine${passed && ` that can be used (${passed})`}`, {
      remedy: torchAdvice(),
    });
  }
  process.stdout.write(`${found[0].folder}\n`);
}

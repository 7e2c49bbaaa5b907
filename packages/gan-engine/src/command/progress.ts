import type { InstallProgress } from '../install/build-folder.js';
import type { PlannedInstall } from '../install/planned-install.js';

/** Where text goes: a stream that may be a terminal. */
export interface Screen {
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
  readonly write: (text: string) => unknown;
}

const words = { waiting: 'waiting for', downloading: 'downloading', checking: 'checking' } as const;
const megabytes = (bytes: number) => Math.round(bytes / 1e6);

/**
 * Shows how an installation goes: what it will fetch and where to, then one bar that moves on a terminal, elsewhere a line per stage and tenth.
 *
 *     downloading [###########.............] 251 of 554 MB, 38 MB/s
 */
export function progressOn(
  screen: Screen,
  plan: PlannedInstall | undefined,
  now: () => number = Date.now,
): (progress: InstallProgress) => void {
  let stage: string | undefined;
  let start = 0;
  let tenth = -1;
  return (progress) => {
    const changed = stage !== progress.stage;
    if (changed && stage !== undefined && screen.isTTY) screen.write('\n');
    if (changed) [stage, start, tenth] = [progress.stage, now(), -1];
    if (changed && progress.stage === 'downloading' && plan)
      screen.write(
        `libtorch ${plan.version} for ${plan.cuda ? 'CUDA' : 'the CPU'}: ${megabytes(plan.download)} MB to download (${progress.by}), ` +
          `of which ${megabytes(plan.kept)} MB unpacked stay in ${plan.folder}\n`,
      );
    if (progress.stage === 'waiting') {
      if (changed) screen.write(`waiting for ${progress.by}, which is installing it${screen.isTTY ? '' : '\n'}`);
      return;
    }
    const share = progress.total === 0 ? 1 : progress.done / progress.total;
    const seconds = (now() - start) / 1000;
    const speed = seconds >= 1 && share < 1 ? `, ${megabytes(progress.done / seconds)} MB/s` : '';
    const amount = `${megabytes(progress.done)} of ${megabytes(progress.total)} MB`;
    if (screen.isTTY) {
      const bar = '#'.repeat(Math.round(share * 24)).padEnd(24, '.');
      const line = `${words[progress.stage]} [${bar}] ${amount}${speed}`;
      screen.write(
        `\r${line.slice(0, (screen.columns || 80) - 1)}\u001b[K${progress.stage === 'checking' && share >= 1 ? '\n' : ''}`,
      );
    } else if (Math.floor(share * 10) > tenth) {
      tenth = Math.floor(share * 10);
      screen.write(`${words[progress.stage]} ${amount}\n`);
    }
  };
}

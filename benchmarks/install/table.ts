import type { InstallResult } from './install.js';

/** The result as a table in Markdown, each beside ours with libtorch, or the first where that is not among them. */
export function installTable({ machine, registry, installations }: InstallResult): string {
  const base = installations.find(({ peer }) => peer === 'ours-libtorch') ?? installations[0]!;
  const rows = installations.map(({ peer, installed, seconds, bytes, said }) => {
    const ratios = installed && base.installed ? [seconds / base.seconds, bytes / base.bytes] : [];
    const [time, size] = ratios.map((ratio) => ratio.toFixed(2));
    return [
      peer,
      `${seconds.toFixed(1)} s`,
      time ?? '',
      `${(bytes / 1e6).toFixed(0)} MB`,
      size ?? '',
      said ?? 'installed',
    ];
  });
  const title = ['peer', 'time', `÷ ${base.peer}`, 'on disk', `÷ ${base.peer}`, 'outcome'];
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [
    `${machine.processor}, ${machine.cores} cores; npm's packages from the ${registry} registry`,
    '',
    line(title),
    line(title.map(() => '---')),
    ...rows.map(line),
  ].join('\n');
}

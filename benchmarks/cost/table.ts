import type { CostResult } from './cost.js';

/** Costs for people, in Markdown. */
export function costTable({ variants, step, machine, versions }: CostResult): string {
  const rows = Object.entries(variants).map(([name, { ours, torch }]) => [
    name,
    `${ours.medianMs.toFixed(1)} ms`,
    ours.multiple.toFixed(2),
    torch ? `${torch.medianMs.toFixed(1)} ms` : '',
    torch ? torch.multiple.toFixed(2) : '',
    `${ours.undisturbed} of ${ours.steps}`,
  ]);
  const software = Object.entries(versions).map(([peer, of]) => `${peer} on libtorch ${of['libtorch']}`);
  return [
    `DCGAN ${step.size}x${step.size}, batch ${step.batch}, ${step.threads} threads of ${machine.cores} cores of ${machine.processor}; ${software.join(', ')}`,
    '',
    ...[['term', 'step', 'of plain', 'PyTorch', 'of plain', 'undisturbed'], Array(6).fill('---'), ...rows].map(
      (cells) => `| ${cells.join(' | ')} |`,
    ),
  ].join('\n');
}

import type { StepResult } from './step.js';

/** A result for people. */
export function table({ peers, ratio, step, threads, versions, machine, losses }: StepResult): string {
  const rows = [
    ['peer', 'median', 'minimum', 'processor', 'steps', 'threads', 'versions'],
    ...Object.entries(peers).map(([name, { medianMs, minimumMs, cpuMs, steps, undisturbed }]) => [
      name,
      `${medianMs.toFixed(1)} ms`,
      `${minimumMs.toFixed(1)} ms`,
      `${cpuMs.toFixed(1)} ms`,
      `${steps} (${undisturbed} undisturbed)`,
      String(threads[name]),
      Object.entries(versions[name]!)
        .map((pair) => pair.join(' '))
        .join(', '),
    ]),
  ];
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  const [first] = losses['ours']!;
  return [
    `${step.model} ${step.size}x${step.size}, batch ${step.batch}, ${step.device}, ${machine.cores} cores of ${machine.processor}`,
    ...rows.map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column]!))
        .join('  ')
        .trimEnd(),
    ),
    ...(ratio === undefined ? [] : [`ours / torch: ${ratio.toFixed(2)}`]),
    `the first losses agree: ${Object.entries(first!)
      .map(([player, loss]) => `${player} ${loss.toFixed(5)}`)
      .join(', ')}`,
  ].join('\n');
}

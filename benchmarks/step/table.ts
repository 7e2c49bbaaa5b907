import type { StepResult } from './step.js';

/** A result for people. */
export function table(result: StepResult): string {
  const { peers, leftOut, step, threads, versions, machine, losses, sample, multiplyAdds, peakGigaflops } = result;
  const rows = [
    ['peer', 'median', 'ours / it', 'GFLOP/s', 'of peak', 'minimum', 'processor', 'steps', 'threads', 'versions'],
    ...Object.entries(peers).map(([name, of]) => [
      name,
      `${of.medianMs.toFixed(1)} ms`,
      of.ratio.toFixed(2),
      of.gigaflops.toFixed(1),
      `${(100 * of.shareOfPeak).toFixed(0)}%`,
      `${of.minimumMs.toFixed(1)} ms`,
      `${of.cpuMs.toFixed(1)} ms`,
      `${of.steps} (${of.undisturbed} undisturbed)`,
      threads[name] === 0 ? '?' : String(threads[name]),
      Object.entries(versions[name]!)
        .map((pair) => pair.join(' '))
        .join(', '),
    ]),
  ];
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  const [first] = losses['ours']!;
  return [
    `${step.model} ${sample.join('x')}, batch ${step.batch}, ${step.device}, ${machine.cores} cores of ${machine.processor}`,
    ...rows.map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column]!))
        .join('  ')
        .trimEnd(),
    ),
    ...Object.entries(leftOut).map(
      ([name, reason]) => `left out: ${reason.startsWith(name) ? '' : `${name}: `}${reason}`,
    ),
    `a step is ${(multiplyAdds / 1e9).toFixed(3)} thousand millions of multiply-adds; the peak is ${peakGigaflops.toFixed(1)} GFLOP/s`,
    `the first losses agree: ${Object.entries(first!)
      .map(([player, loss]) => `${player} ${loss.toFixed(5)}`)
      .join(', ')}`,
  ].join('\n');
}

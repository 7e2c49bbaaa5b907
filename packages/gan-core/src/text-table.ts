/** Columns side by side, numbers to the right; a column that is empty, but the first, is left out. */
export function tableOf(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const kept = head.map((_, c) => c).filter((c) => c === 0 || rows.some((row) => row[c] !== ''));
  const all = [head, ...rows];
  const widths = head.map((_, c) => Math.max(...all.map((row) => row[c]!.length)));
  const numeric = head.map((_, c) => rows.length > 0 && rows.every((row) => /^[\d.]*( [kMGT])?$/.test(row[c]!)));
  return all
    .map((row) =>
      kept
        .map((c) => (numeric[c] ? row[c]!.padStart(widths[c]!) : row[c]!.padEnd(widths[c]!)))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

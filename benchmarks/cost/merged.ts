import type { CostResult } from './cost.js';

/** What two measurements must share to stand in one table. */
const conditions = ({ step: { size, batch, threads, device }, machine, versions }: CostResult): string =>
  [
    `${size} x ${size}, batch ${batch}`,
    `${threads} threads`,
    device,
    `${machine.cores} cores of ${machine.processor}`,
    ...Object.entries(versions).map(([peer, of]) => `${peer} on libtorch ${of['libtorch']}`),
  ].join(', ');

/**
 * A measurement of some terms put in the place of what an earlier one, of all terms, says of them. Each multiple stays that of
 * the run that it was measured in; `plain` is of the later one.
 *
 * @throws TypeError if they are not of the same step, machine and libraries.
 */
export function merged(before: CostResult, now: CostResult): CostResult {
  const shared = Object.keys(before.versions).filter((peer) => peer in now.versions);
  const of = ({ versions }: CostResult) => Object.fromEntries(shared.map((peer) => [peer, versions[peer]!]));
  const [then, here] = [before, now].map((result) => conditions({ ...result, versions: of(result) }));
  if (then !== here)
    throw new TypeError(`--save would mix what was measured on ${then} with what was measured on ${here}`);
  return {
    ...now,
    variants: { ...before.variants, ...now.variants },
    versions: { ...before.versions, ...now.versions },
  };
}

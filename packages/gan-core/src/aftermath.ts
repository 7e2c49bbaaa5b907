import type { Move } from './moves.js';
import type { Tensors, Weights } from './network.js';
import type { Round } from './term.js';

/** Puts a player's new parameters, `<network>/<parameter>`, into the weights of its networks. */
export function moveTo(weights: Record<string, Weights>, trains: readonly string[], parameters: Tensors): void {
  for (const network of trains) weights[network] = { ...weights[network]!, parameters: partOf(network, parameters) };
}

/** A network's own among a player's parameters. */
const partOf = (network: string, parameters: Tensors): Tensors =>
  Object.fromEntries(
    Object.entries(parameters).flatMap(([name, tensor]) =>
      name.startsWith(`${network}/`) ? [[name.slice(network.length + 1), tensor]] : [],
    ),
  );

/** Lets the terms act on the new weights, which they may replace; gives their new states. */
export function aftermath(
  moves: readonly Move[],
  rounds: readonly Round[],
  weights: Record<string, Weights>,
  states: Readonly<Record<string, Tensors>>,
): Record<string, Tensors> {
  const terms: Record<string, Tensors> = { ...states };
  moves.forEach(({ term, side, position }, k) => {
    if (!term.after || (side === 'generator' && term.discriminator)) return;
    const { parameters, state } = term.after(rounds[k]!);
    const judge = term.binding['judge'] as string;
    if (parameters) weights[judge] = { ...weights[judge]!, parameters };
    if (state) terms[position] = state;
  });
  return terms;
}

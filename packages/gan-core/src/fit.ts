import { assertCount, assertDecay, assertKnownOptions, shown } from './checks.js';
import type { Port, Ports, Role, Source } from './contract.js';
import type { Game } from './game.js';
import type { Player } from './player.js';
import type { Bound } from './term.js';
import { ancestors, sideOf } from './wiring.js';

/** The run-time half of `contract.ts`: the same rules in the same order, the same sentences. */

type Networks = Game['networks'];
type Samples = Game['samples'];
type Fault = string | undefined;

/** A port in words: `28x28x1`, `10 classes`, `sigmoid`. */
export const portShown = (port: Port | undefined): string =>
  typeof port === 'object' ? port.join('x') : typeof port === 'number' ? `${port} classes` : (port ?? 'unknown');

/** The sentence if two ports differ. */
export const clash = (a: Port | undefined, b: Port | undefined, sentence: string): Fault =>
  a === undefined || b === undefined || portShown(a) === portShown(b) ? undefined : sentence;

const first = (faults: Iterable<Fault>): Fault => [...faults].find((fault) => fault !== undefined);

/** The port of a sample, if it can be told. */
function portOf(networks: Networks, samples: Samples, name: string): Port | undefined {
  const source = Object.hasOwn(samples, name) ? samples[name] : undefined;
  if (!source) return undefined;
  if ('data' in source) return source.data;
  if ('normal' in source) return source.normal;
  if ('uniform' in source) return source.uniform;
  if ('categorical' in source) return source.categorical;
  if ('pool' in source) return portOf(networks, samples, source.pool);
  if ('between' in source) return portOf(networks, samples, source.between[0]);
  return networks[source.by]?.outputs[source.output ?? 'sample'];
}

const wired = (role: Role, input: string): string =>
  typeof role === 'string' ? (input === 'sample' ? role : input) : (role[input] ?? input);

const wiringFault = (networks: Networks, samples: Samples, who: string, role: Role): Fault =>
  first(
    Object.entries(networks[who]!.inputs).map(([input, port]) => {
      const from = wired(role, input);
      if (!Object.hasOwn(samples, from)) return `'${who}' takes '${input}', but the game has no sample '${from}'`;
      const has = portOf(networks, samples, from);
      return clash(has, port, `'${who}' takes ${portShown(port)} as '${input}', but '${from}' is ${portShown(has)}`);
    }),
  );

/** A role that is one name feeds the input `sample`; a judge that has none wants its inputs named. */
const roleFault = (networks: Networks, samples: Samples, who: string, role: Role): Fault => {
  const inputs = Object.keys(networks[who]!.inputs);
  return typeof role === 'string' && !inputs.includes('sample')
    ? `'${who}' has no input 'sample' for '${role}' to feed: name its inputs, as in { ${inputs[0]}: '${role}' }`
    : wiringFault(networks, samples, who, role);
};

const absent = (samples: Samples, role: Role): Fault =>
  first(
    (typeof role === 'string' ? [role] : Object.values(role)).map((name) =>
      Object.hasOwn(samples, name) ? undefined : `the game has no sample '${name}'`,
    ),
  );

const kinds = ['data', 'normal', 'uniform', 'categorical', 'by', 'pool', 'between'];

function sourceFault(networks: Networks, samples: Samples, source: Source): Fault {
  if (!kinds.some((kind) => kind in source))
    return `it comes from ${shown(Object.keys(source))}; a sample comes from one of ${kinds.join(', ')}`;
  if ('by' in source) {
    if (!Object.hasOwn(networks, source.by)) return `the game has no network '${source.by}'`;
    const output = source.output ?? 'sample';
    return (
      wiringFault(networks, samples, source.by, source.from ?? {}) ??
      (Object.hasOwn(networks[source.by]!.outputs, output) ? undefined : `'${source.by}' has no output '${output}'`)
    );
  }
  if ('pool' in source) return absent(samples, source.pool);
  if ('between' in source) {
    const [a, b] = source.between;
    const [portA, portB] = [portOf(networks, samples, a), portOf(networks, samples, b)];
    return (
      absent(samples, a) ??
      absent(samples, b) ??
      clash(portA, portB, `'${a}' is ${portShown(portA)}, but '${b}' is ${portShown(portB)}`)
    );
  }
  return undefined;
}

function termFault(networks: Networks, samples: Samples, { reads, samples: needs, binding }: Bound): Fault {
  const unbound = needs.find((role: string) => !(role in binding));
  if (unbound) return `the term is bound to no sample as '${unbound}'`;
  const { judge } = binding;
  const heads = Object.entries(reads as Ports);
  if (judge === undefined)
    return heads.length > 0
      ? 'the term is bound to no judge'
      : first(needs.map((role: string) => absent(samples, binding[role]!)));
  if (typeof judge !== 'string' || !Object.hasOwn(networks, judge)) return `the game has no network '${judge}'`;
  const { outputs } = networks[judge]!;
  return (
    first(
      heads.map(([head, kind]) =>
        Object.hasOwn(outputs, head)
          ? clash(
              outputs[head],
              kind,
              `the term reads '${head}' as ${portShown(kind)}, but '${judge}' gives ${portShown(outputs[head])}`,
            )
          : `the term reads '${head}', but '${judge}' has no such head`,
      ),
    ) ??
    first(
      needs.map((role: string) =>
        role === 'real' || role === 'fake'
          ? roleFault(networks, samples, judge, binding[role]!)
          : absent(samples, binding[role]!),
      ),
    )
  );
}

/** The head of a network that no term reads, if there is one. */
const unreadHead = (outputs: Ports, terms: readonly { readonly reads: Ports }[]): Fault =>
  first(
    Object.entries(outputs).map(([head, kind]) =>
      typeof kind === 'string' && kind !== 'features' && !terms.some(({ reads }) => head in reads)
        ? `no term reads the head '${head}'`
        : undefined,
    ),
  );

/** @throws TypeError with where it is and a sentence, for the first thing in a game that does not fit. */
export function fitGame(played: Game): void {
  const { networks, samples, objective, players } = played;
  const refuse = (where: string, fault: Fault) => {
    if (fault !== undefined) throw new TypeError(`${where}: ${fault}`);
  };
  for (const name of Object.keys(samples)) refuse(`samples.${name}`, circle(played, name));
  objective.forEach((term, i) => {
    refuse(`objective[${i}] (${term.name})`, termFault(networks, samples, term));
  });
  for (const [name, source] of Object.entries(samples))
    refuse(`samples.${name}`, sourceFault(networks, samples, source));
  for (const [name, { outputs }] of Object.entries(networks))
    refuse(
      `networks.${name}`,
      unreadHead(
        outputs,
        objective.filter(({ binding }) => binding['judge'] === name),
      ),
    );
  for (const [name, player] of Object.entries(players)) {
    const stranger = player.trains.find((network) => !Object.hasOwn(networks, network));
    refuse(`players.${name}`, stranger === undefined ? undefined : `the game has no network '${stranger}'`);
    assertCount(`players.${name}.updates`, player.updates ?? 1);
    assertCount(`players.${name}.accumulate`, player.accumulate ?? 1);
    if (player.averaged !== undefined && typeof player.averaged !== 'function')
      assertDecay(`players.${name}.averaged`, player.averaged);
    assertKnownOptions(`players.${name}`, player, playerOptions);
    if (player.plays !== undefined && typeof player.plays !== 'function')
      throw new TypeError(`players.${name}.plays must be a function of the step, but is ${shown(player.plays)}`);
    refuse(`players.${name}.unrolls`, unrollingFault(played, name));
    for (const term of objective) refuse(`players.${name}`, bothSides(played, player, term));
    const learns = objective.some((term) => sideOf(played, player, term) !== undefined);
    refuse(`players.${name}`, learns ? undefined : `no term gives ${shown(player.trains)} anything to learn from`);
  }
}

const playerOptions = ['trains', 'optimizer', 'updates', 'accumulate', 'averaged', 'plays', 'unrolls'];

/** A player looks ahead to another one, who changes none of its networks. */
function unrollingFault({ players }: Game, name: string): Fault {
  const { trains, unrolls } = players[name]!;
  if (unrolls === undefined) return undefined;
  assertKnownOptions(`players.${name}.unrolls`, unrolls, ['player', 'updates']);
  assertCount(`players.${name}.unrolls.updates`, unrolls.updates, 0);
  const other = Object.hasOwn(players, unrolls.player) ? players[unrolls.player] : undefined;
  if (!other) return `the game has no player ${shown(unrolls.player)}; it has ${Object.keys(players).join(', ')}`;
  const common = other.trains.find((network) => trains.includes(network));
  return common === undefined
    ? undefined
    : `'${unrolls.player}' trains '${common}' as well: who looks ahead and who is looked at are two players`;
}

/** A player cannot play against itself. */
const bothSides = (played: Game, { trains }: Player, { name, binding, discriminator, generator }: Bound): Fault => {
  const { judge, ...roles } = binding;
  const judges = typeof judge === 'string' && trains.includes(judge) && discriminator !== undefined;
  const makes = Object.values(roles).some((role) =>
    ancestors(played, role).some((network) => trains.includes(network)),
  );
  return judges && makes && generator
    ? `it trains both sides of ${name}: who judges and who is judged are two players`
    : undefined;
};

function circle(played: Game, name: string): Fault {
  try {
    ancestors(played, name);
    return undefined;
  } catch (error) {
    if (error instanceof RangeError) return 'it comes from itself';
    throw error;
  }
}

/** @throws TypeError if the data lacks what the game takes. */
export function fitData({ samples }: Game, ports: Ports): void {
  for (const [name, source] of Object.entries(samples)) {
    if (!('data' in source)) continue;
    const fault = Object.hasOwn(ports, name)
      ? clash(
          ports[name],
          source.data,
          `the game takes ${portShown(source.data)} as '${name}', but the data has ${portShown(ports[name])}`,
        )
      : `the game takes '${name}', but the data has none`;
    if (fault) throw new TypeError(`data: ${fault}`);
  }
}

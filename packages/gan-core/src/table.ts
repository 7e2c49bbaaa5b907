import { add, clone, keep, mul, sub, type Tensor } from '@tensorflow/tfjs-core';
import type { Judged, Role } from './contract.js';
import type { Game } from './game.js';
import type { Mode, Tensors, Weights } from './network.js';
import { pooled } from './pool.js';
import type { Random } from './random.js';
import { mapped } from './records.js';
import { disposeAll } from './tensors.js';
import type { Application, Bound, Round } from './term.js';
import { ancestors, makerOf, wiresOf } from './wiring.js';

/** What the players of one update see: samples and judgements, each made once, when first asked for. */
export interface Table {
  readonly sample: (name: string) => Tensor;
  /**
   * What a network is shown, in copies of its own, and what it says of that, by output; its state moves on. A judge is
   * told as what a term looks at it first.
   */
  readonly applied: (network: string, role: Role, as?: Judged) => Application;
  readonly round: (term: Bound, state: Tensors, random: Random) => Round;
  /** Every network's weights, with the state that applying it left behind. */
  readonly weights: Record<string, Weights>;
  readonly pools: Record<string, Tensors>;
  /**
   * This table once more, where some networks may get other weights: what depends on none of them is shared, the rest
   * is made anew, with randomness of its own. Freed with this one.
   */
  readonly apart: (networks: readonly string[], random: Random) => Table;
  /** Frees what was made, save the survivors. */
  readonly clear: (survivors: object) => void;
}

/** What an update starts from. */
export interface Deal {
  readonly weights: Readonly<Record<string, Weights>>;
  readonly pools: Readonly<Record<string, Tensors>>;
  readonly batch: Tensors;
  readonly size: number;
  readonly random: Random;
  readonly step: number;
  /** The networks that are being trained: pools show their samples fresh. */
  readonly trains: readonly string[];
}

/** A table that another one shares what it can with. */
interface Shared {
  readonly table: Table;
  /** The networks whose weights may differ. */
  readonly apart: readonly string[];
  /** What the first table frees. */
  readonly made: Tensor[];
}

/** Lays the table for one update. What is made outlives inner scopes until it is cleared. */
export function table(game: Game, deal: Deal, shared?: Shared): Table {
  const { batch, size, random, trains } = deal;
  const { networks, samples } = game;
  const weights = { ...deal.weights };
  const pools = { ...deal.pools };
  const memory = new Map<string, Tensors>();
  const applications = new Map<string, Application>();
  const made = shared?.made ?? [];

  const hold = <T extends Tensors>(tensors: T): T => {
    for (const tensor of Object.values(tensors)) made.push(keep(tensor));
    return tensors;
  };
  const once = (key: string, make: () => Tensors): Tensors => {
    const known = memory.get(key);
    if (known) return known;
    const fresh = hold(make());
    memory.set(key, fresh);
    return fresh;
  };
  const mode = (stream: Random, role?: Judged): Mode => ({
    training: true,
    random: stream,
    get step() {
      return deal.step;
    },
    ...(role && { role }),
  });
  const fed = (wires: Readonly<Record<string, string>>): Tensors =>
    Object.fromEntries(Object.entries(wires).map(([input, from]) => [input, sample(from)]));

  /** The table that has it already, if it depends on none of the networks that differ here. */
  const sharing = (role: Role, network?: string): Table | undefined =>
    shared && ![network, ...ancestors(game, role)].some((each) => each && shared.apart.includes(each))
      ? shared.table
      : undefined;

  const applied = (network: string, role: Role, as?: Judged): Application => {
    const wires = wiresOf(game, network, role);
    const other = sharing(wires, network);
    if (other) return other.applied(network, role, as);
    const key = JSON.stringify([network, wires]);
    const known = applications.get(key);
    if (known) return known;
    const inputs = hold(mapped(fed(wires), (tensor) => clone(tensor)));
    const before = weights[network]!;
    const { outputs, state } = networks[network]!.apply(before, inputs, mode(random.stream('apply', key), as));
    hold(outputs);
    hold(Object.fromEntries(Object.entries(state).filter(([name, tensor]) => tensor !== before.state[name])));
    weights[network] = { parameters: before.parameters, state };
    const fresh = { inputs, outputs };
    applications.set(key, fresh);
    return fresh;
  };

  const sample = (name: string): Tensor => {
    const source = samples[name];
    if (!source) throw new TypeError(`the game has no sample '${name}'`);
    const other = sharing(name);
    if (other) return other.sample(name);
    if ('data' in source) {
      const given = batch[name];
      if (!given) throw new TypeError(`the game takes '${name}', but the data has none`);
      return given;
    }
    if ('by' in source) return applied(source.by, source.from ?? {}).outputs[source.output ?? 'sample']!;
    if ('pool' in source && ancestors(game, source.pool).some((network) => trains.includes(network)))
      return sample(source.pool);
    return once(`sample ${name}`, () => {
      const stream = random.stream('sample', name);
      if ('normal' in source) return { sample: stream.normal([size, ...source.normal]) };
      if ('uniform' in source) {
        const unit = stream.uniform([size, ...source.uniform]);
        return { sample: sub(mul(unit, 2), 1) };
      }
      if ('categorical' in source) return { sample: stream.categorical([size], source.categorical) };
      if ('pool' in source) {
        const { shown, pool } = pooled(pools[name]!, sample(source.pool), source.size, stream);
        pools[name] = hold(pool);
        return { sample: shown };
      }
      const [a, b] = source.between.map(sample) as [Tensor, Tensor];
      const share = stream.uniform([size, ...a.shape.slice(1).map(() => 1)]);
      return { sample: add(a, mul(share, sub(b, a))) };
    }).sample!;
  };

  const round = ({ name: title, binding }: Bound, state: Tensors, stream: Random): Round => {
    const { judge, ...roles } = binding as Readonly<Record<string, Role>>;
    const role = (name: string): Role => {
      const bound = roles[name];
      if (bound === undefined) throw new TypeError(`${title} is bound to no sample as '${name}'`);
      return bound;
    };
    const judgeName = (): string => {
      if (typeof judge !== 'string') throw new TypeError(`${title} is bound to no judge`);
      return judge;
    };
    const own = new Map<string, Tensor>();
    const bound = (name: string): Tensor | Tensors => {
      const of = role(name);
      const tensors = fed(typeof of === 'string' ? { sample: of } : of);
      return name === 'real' || name === 'fake' ? tensors : tensors['sample']!;
    };
    const judged = (name: Judged): Application => applied(judgeName(), role(name), name);
    return {
      get real() {
        return judged('real').outputs;
      },
      get fake() {
        return judged('fake').outputs;
      },
      judged,
      samples: Object.defineProperties(
        {} as Round['samples'],
        Object.fromEntries(Object.keys(roles).map((name) => [name, { enumerable: true, get: () => bound(name) }])),
      ),
      judge: (inputs, parameters) => {
        const network = judgeName();
        const { parameters: own, state: judgeState } = weights[network]!;
        const all = Object.fromEntries(
          Object.keys(networks[network]!.inputs).map((input) => [input, inputs[input] ?? sample(input)]),
        );
        return networks[network]!.apply(
          { parameters: parameters ?? own, state: judgeState },
          all,
          mode(stream.stream('judge')),
        ).outputs;
      },
      get parameters() {
        return weights[judgeName()]!.parameters;
      },
      maker: (name) => {
        const { by, from, output } = makerOf(game, role(name), name);
        return {
          inputs: fed(wiresOf(game, by, from)),
          output,
          parameters: weights[by]!.parameters,
          apply: (inputs, parameters = weights[by]!.parameters) =>
            networks[by]!.apply({ parameters, state: weights[by]!.state }, inputs, mode(stream.stream('maker', name)))
              .outputs,
        };
      },
      state,
      once: (name, make) => {
        const known = own.get(name);
        if (known) return known;
        const { fresh } = hold({ fresh: make() });
        own.set(name, fresh);
        return fresh;
      },
      random: stream,
      get step() {
        return deal.step;
      },
    };
  };

  const self: Table = {
    sample,
    applied,
    round,
    weights,
    pools,
    apart: (others, stream) =>
      table(game, { ...deal, weights, pools, random: stream }, { table: self, apart: others, made }),
    clear: (survivors) => disposeAll(made, survivors),
  };
  return self;
}

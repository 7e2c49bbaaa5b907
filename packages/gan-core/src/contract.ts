/**
 * The type-level half of the contract: what a part states as a value, and the sentence when two parts do not fit.
 * `fit.ts` is its run-time half, in the same order and with the same sentences.
 */

/** What a head emits: `linear` is unbounded, `sigmoid` lies in (0, 1), `logits` feeds a softmax, `features` need not be read. */
export type Head = 'linear' | 'sigmoid' | 'logits' | 'features';
/** A shape without the batch, as in `[28, 28, 1]`. */
export type Shape = readonly number[];
/** A shape without the batch, a number of classes, or a head. */
export type Port = Shape | number | Head;
/** What a part takes, gives or has, by name. */
export type Ports = Readonly<Record<string, Port>>;

/** Where a named sample of a game comes from. */
export type Source =
  /** The data set, by the same name. */
  | { readonly data: Shape | number }
  /** The standard normal distribution. */
  | { readonly normal: Shape }
  /** Uniform in [-1, 1). */
  | { readonly uniform: Shape }
  /** A class, each as likely as the others. */
  | { readonly categorical: number }
  /** A network, fed with other samples: each input takes the sample of its name unless `from` names another. */
  | { readonly by: string; readonly from?: Readonly<Record<string, string>>; readonly output?: string }
  /** What `pool` was in earlier updates, with probability 1/2 each; who trains its makers sees it fresh. */
  | { readonly pool: string; readonly size: number }
  /** A uniformly random point on the segment between two samples, of its own for each pair. */
  | { readonly between: readonly [string, string] };
export type Sources = Readonly<Record<string, Source>>;

/** What a term's role stands for: a sample's name, or for a judge of several inputs a name for each. */
export type Role = string | Readonly<Record<string, string>>;
/** A term's roles, and under `judge` the network that it questions. */
export type Binding = Readonly<Record<string, Role>>;
/** The roles that a judge gives an opinion of. */
export type Judged = 'real' | 'fake';

interface Net {
  readonly inputs: Ports;
  readonly outputs: Ports;
}
type Nets = Readonly<Record<string, Net>>;

/** `unknown` (which vanishes in an intersection) when nothing clashes, else the sentence. */
export type Unless<Sentence> = [Sentence] extends [never] ? unknown : Sentence;

type Joined<S extends readonly unknown[]> = S extends readonly [
  infer H extends number,
  ...infer R extends readonly unknown[],
]
  ? R extends readonly []
    ? `${H}`
    : `${H}x${Joined<R>}`
  : '?';

/** A port in words: `28x28x1`, `10 classes`, `sigmoid`. */
export type Shown<P> = P extends readonly unknown[]
  ? Joined<P>
  : P extends number
    ? `${P} classes`
    : P extends string
      ? P
      : 'unknown';

/** The sentence if two ports differ. A widened `number` or a choice of heads goes with anything it may be: the run-time check knows more. */
export type Clash<A, B, Sentence> = [Readonly<A>] extends [Readonly<B>]
  ? never
  : [Readonly<B>] extends [Readonly<A>]
    ? never
    : Sentence;

/** The port of sample `K`; `unknown` when it cannot be told. */
type PortOf<N extends Nets, S extends Sources, K> = K extends keyof S
  ? S[K] extends { readonly data: infer P }
    ? P
    : S[K] extends { readonly normal: infer P }
      ? P
      : S[K] extends { readonly uniform: infer P }
        ? P
        : S[K] extends { readonly categorical: infer P }
          ? P
          : S[K] extends { readonly pool: infer From }
            ? PortOf<N, S, From>
            : S[K] extends { readonly between: readonly [infer From, ...unknown[]] }
              ? PortOf<N, S, From>
              : S[K] extends { readonly by: infer B extends keyof N }
                ? N[B]['outputs'][S[K] extends { readonly output: infer Output extends string } ? Output : 'sample']
                : unknown
  : unknown;

/** The sample that feeds input `I` under wiring `W`. */
type Wired<W, I> = W extends string ? (I extends 'sample' ? W : I) : I extends keyof W ? W[I] : I;

/** A sentence for every input of network `Who` that its wiring does not feed, or feeds with the wrong thing. */
type WiringClash<N extends Nets, S extends Sources, I extends Ports, W, Who extends string> = {
  [K in keyof I & string]: Wired<W, K> extends infer From extends string
    ? From extends keyof S
      ? Clash<
          PortOf<N, S, From>,
          I[K],
          `'${Who}' takes ${Shown<I[K]>} as '${K}', but '${From}' is ${Shown<PortOf<N, S, From>>}`
        >
      : `'${Who}' takes '${K}', but the game has no sample '${From}'`
    : never;
}[keyof I & string];

/** A role that is one name feeds the input `sample`; a judge that has none wants its inputs named. */
type RoleClash<N extends Nets, S extends Sources, I extends Ports, W, Who extends string> = W extends string
  ? 'sample' extends keyof I
    ? WiringClash<N, S, I, W, Who>
    : `'${Who}' has no input 'sample' for '${W}' to feed: name its inputs, as in { ${keyof I & string}: '${W}' }`
  : WiringClash<N, S, I, W, Who>;

type Absent<S, Name> = Name extends keyof S ? never : Name extends string ? `the game has no sample '${Name}'` : never;

/** What is wrong with a source of the game. */
export type SourceClash<N extends Nets, S extends Sources, Q> = Q extends { readonly by: infer B extends string }
  ? B extends keyof N
    ?
        | WiringClash<N, S, N[B]['inputs'], Q extends { readonly from: infer W } ? W : {}, B>
        | ((Q extends { readonly output: infer O extends string } ? O : 'sample') extends infer O extends string
            ? O extends keyof N[B]['outputs']
              ? never
              : `'${B}' has no output '${O}'`
            : never)
    : `the game has no network '${B}'`
  : Q extends { readonly pool: infer From }
    ? Absent<S, From>
    : Q extends { readonly between: readonly [infer A, infer B] }
      ?
          | Absent<S, A>
          | Absent<S, B>
          | Clash<
              PortOf<N, S, A>,
              PortOf<N, S, B>,
              `'${A & string}' is ${Shown<PortOf<N, S, A>>}, but '${B & string}' is ${Shown<PortOf<N, S, B>>}`
            >
      : never;

/** What is wrong with the heads that a term reads of judge `J`. */
type HeadClash<Has extends Ports, Reads extends Ports, J extends string> = {
  [K in keyof Reads & string]: K extends keyof Has
    ? Clash<Has[K], Reads[K], `the term reads '${K}' as ${Shown<Reads[K]>}, but '${J}' gives ${Shown<Has[K]>}`>
    : `the term reads '${K}', but '${J}' has no such head`;
}[keyof Reads & string];

type Unbound<B, Needs> =
  Exclude<Needs, keyof B> extends infer M extends string ? `the term is bound to no sample as '${M}'` : never;

type IsAny<T> = 0 extends 1 & T ? true : false;

/** What is wrong with a bound term: `{ reads, samples, binding }`. Of one whose types were widened away, only the run time can tell. */
export type TermClash<N extends Nets, S extends Sources, T> = T extends {
  readonly reads: infer R extends Ports;
  readonly samples: readonly (infer Needs extends string)[];
  readonly binding: infer B;
}
  ? IsAny<R> extends true
    ? never
    :
        | Unbound<B, Needs>
        | (B extends { readonly judge: infer J extends string }
            ? J extends keyof N
              ?
                  | HeadClash<N[J]['outputs'], R, J>
                  | {
                      [K in Needs & keyof B]: K extends Judged
                        ? RoleClash<N, S, N[J]['inputs'], B[K], J>
                        : Absent<S, B[K]>;
                    }[Needs & keyof B]
              : `the game has no network '${J}'`
            :
                | ([keyof R] extends [never] ? never : `the term is bound to no judge`)
                | { [K in Needs & keyof B]: Absent<S, B[K]> }[Needs & keyof B])
  : never;

type ReadBy<T, J> = T extends { readonly reads: infer R; readonly binding: { readonly judge: J } } ? keyof R : never;

/** A head of network `J` that no term bound to it reads. Only heads want to be read: shapes are samples, `features` are spare. */
export type UnreadHead<N extends Nets, T, J extends keyof N> = {
  [K in keyof N[J]['outputs'] & string]: N[J]['outputs'][K] extends 'features'
    ? never
    : N[J]['outputs'][K] extends Head
      ? K extends ReadBy<T, J>
        ? never
        : `no term reads the head '${K}'`
      : never;
}[keyof N[J]['outputs'] & string];

/** The ports that a game wants of its data. */
export type DataPorts<S> = {
  readonly [K in keyof S as S[K] extends { readonly data: unknown } ? K : never]: S[K] extends {
    readonly data: infer P;
  }
    ? P
    : never;
};

/** What is wrong with a data set for a game. */
export type DataClash<Has, Wants> = {
  [K in keyof Wants & string]: K extends keyof Has
    ? Clash<Has[K], Wants[K], `the game takes ${Shown<Wants[K]>} as '${K}', but the data has ${Shown<Has[K]>}`>
    : `the game takes '${K}', but the data has none`;
}[keyof Wants & string];

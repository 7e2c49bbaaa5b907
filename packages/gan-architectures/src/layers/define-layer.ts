import { assertKnownOptions } from '@gan/core';
import { clone, type serialization, type Tensor, tidy } from '@tensorflow/tfjs-core';
import { type initializers, layers } from '@tensorflow/tfjs-layers';
import type { OptionCheck } from './option-check.js';

/** The shape of an input with its batch, null where a size is not known. */
export type LayerShape = readonly (number | null)[];

/** A tensor that a layer owns. */
export interface LayerWeight {
  readonly shape: readonly number[];
  readonly initializer: ReturnType<typeof initializers.zeros>;
  /** False for what the layer itself changes, or nobody: it is the network's state. True unless said. */
  readonly trainable?: boolean;
}

/** What a layer has before it when it is called. */
export interface LayerCall<Options, Weights extends string> {
  readonly inputs: readonly Tensor[];
  readonly weights: { readonly [W in Weights]: Tensor };
  readonly options: Options;
  readonly training: boolean;
  /** Replaces a weight that is not trainable. */
  readonly write: (name: Weights, value: Tensor) => void;
}

/** What every layer of TensorFlow.js takes, and `customObjects`, which it adds to what it makes a saved layer from. */
const common = [
  ...['name', 'inputShape', 'batchInputShape', 'batchSize', 'dtype', 'inputDType', 'trainable', 'weights'],
  'customObjects',
];

/** A layer as a value: a name, weights, a shape and a function. */
export interface LayerDefinition<Options extends object, Weights extends string> {
  /** Under which a saved model knows it, in PascalCase. */
  readonly name: string;
  /** What each of its options may be, `filters: assertCount`; `optional(...)` for one that may be left out. */
  readonly options: { readonly [K in keyof Options]-?: OptionCheck };
  /** What it owns, from the shapes of its inputs, where options can leave one out; throws a TypeError for shapes that it cannot take. */
  readonly weights?: (
    shapes: readonly LayerShape[],
    options: Options,
  ) => Readonly<Partial<Record<Weights, LayerWeight>>>;
  /** The shape of its result; that of its first input unless said. */
  readonly shape?: (shapes: readonly LayerShape[], options: Options) => LayerShape;
  readonly call: (call: LayerCall<Options, Weights>) => Tensor;
}

type Named<Options> = Options & { readonly name?: string };

/** Makes layers of one kind; `name` is the layer's own in a model. */
export interface LayerFactory<Options extends object> {
  (...options: Partial<Options> extends Options ? [options?: Named<Options>] : [options: Named<Options>]): layers.Layer;
  /** For `registerLayers`. */
  readonly layerClass: serialization.SerializableConstructor<layers.Layer>;
}

type Shapes = LayerShape | readonly LayerShape[];
const listed = (shapes: Shapes): readonly LayerShape[] =>
  (Array.isArray(shapes[0]) ? shapes : [shapes]) as readonly LayerShape[];

/**
 * A layer of tfjs-layers from what it owns and does. Its options must be JSON: they go into a saved model, from which the
 * layer is made again once `registerLayers` was called. What `call` makes on the way is freed.
 *
 * The factory throws a TypeError for an option that is unknown, or that its check refuses.
 */
export function defineLayer<Options extends object, Weights extends string = never>(
  definition: LayerDefinition<Options, Weights>,
): LayerFactory<Options> {
  class Defined extends layers.Layer {
    static readonly className = definition.name;
    readonly #options: Options;
    readonly #weights = new Map<Weights, ReturnType<layers.Layer['addWeight']>>();

    constructor(options: Named<Options>) {
      super(options as ConstructorParameters<typeof layers.Layer>[0]);
      const checks: Readonly<Record<string, OptionCheck>> = definition.options;
      assertKnownOptions(definition.name, options, [...Object.keys(checks), ...common]);
      for (const name in checks) checks[name]!(name, (options as Readonly<Record<string, unknown>>)[name]);
      const { customObjects: _, ...own } = options as Named<Options> & { readonly customObjects?: unknown };
      this.#options = own as Named<Options>;
    }

    override build(shapes: Parameters<layers.Layer['build']>[0]): void {
      const owned = definition.weights?.(listed(shapes as Shapes), this.#options) ?? {};
      for (const [name, { shape, initializer, trainable = true }] of Object.entries<LayerWeight>(owned))
        this.#weights.set(
          name as Weights,
          this.addWeight(name, [...shape], 'float32', initializer, undefined, trainable),
        );
      super.build(shapes);
    }

    override computeOutputShape(shapes: Parameters<layers.Layer['computeOutputShape']>[0]) {
      const all = listed(shapes as Shapes);
      return [...(definition.shape?.(all, this.#options) ?? all[0]!)];
    }

    override call(inputs: Tensor | Tensor[], { training }: { readonly training?: boolean }): Tensor {
      return tidy(() => {
        // Copies: what is written in this call is seen from the next one on.
        const weights = Object.fromEntries([...this.#weights].map(([name, slot]) => [name, clone(slot.read())]));
        const given = Array.isArray(inputs) ? inputs : [inputs];
        const result = definition.call({
          inputs: given,
          weights: weights as { readonly [W in Weights]: Tensor },
          options: this.#options,
          training: training === true,
          write: (name, value) => void this.#weights.get(name)!.write(value),
        });
        // The executor of tfjs-layers disposes of what a layer gave once it is used up.
        return given.includes(result) ? clone(result) : result;
      });
    }

    override getConfig(): serialization.ConfigDict {
      return { ...super.getConfig(), ...(this.#options as serialization.ConfigDict) };
    }
  }
  return Object.assign((options = {} as Named<Options>) => new Defined(options), {
    layerClass: Defined as unknown as serialization.SerializableConstructor<layers.Layer>,
  });
}

import { assertCount, assertKnownOptions, assertOneOf, shown, untaped } from '@gan/core';
import {
  concat,
  div,
  matMul,
  mul,
  reshape,
  serialization,
  split,
  sum,
  type Tensor,
  type Tensor2D,
  tidy,
  transpose,
} from '@tensorflow/tfjs-core';
import { initializers, type LayerVariable, layers, type Shape } from '@tensorflow/tfjs-layers';
import { powerIteration } from './power-iteration.js';

/** Options of `spectralNormalization`. */
export interface SpectralNormalizationOptions {
  /** The layer whose kernel is normalised: dense, a convolution, a transposed convolution or an embedding. */
  readonly layer: layers.Layer;
  /** How many power iterations each application in training does; 1 unless said. */
  readonly iterations?: number;
  /** Multiplies by the largest singular value that the kernel started with, as ViTGAN does; false unless said. */
  readonly improved?: boolean;
  /** Its own in a model; that of `layer` unless said. */
  readonly name?: string;
}

/** What TensorFlow.js hands to a layer beside its input. */
type Extras = Parameters<layers.Layer['call']>[1];

/** Where a kind of layer keeps its kernel, and the axes that make it `[all others, outputs]`, where they are not last. */
interface Kind {
  readonly kernel: 'kernel' | 'embeddings';
  readonly axes?: readonly number[];
}

const kinds: Readonly<Record<string, Kind>> = {
  Dense: { kernel: 'kernel' },
  Conv1D: { kernel: 'kernel' },
  Conv2D: { kernel: 'kernel' },
  Conv3D: { kernel: 'kernel' },
  Conv2DTranspose: { kernel: 'kernel', axes: [0, 1, 3, 2] },
  Conv3DTranspose: { kernel: 'kernel', axes: [0, 1, 2, 4, 3] },
  Embedding: { kernel: 'embeddings', axes: [1, 0] },
};

/** How many power iterations a fresh kernel goes through, so that its first application is near the mark. */
const initial = 15;

class SpectralNormalization extends layers.Layer {
  static readonly className = 'SpectralNormalization';
  private readonly layer: layers.Layer;
  private readonly iterations: number;
  private readonly improved: boolean;
  private readonly kind: Kind;
  private u!: LayerVariable;
  private v!: LayerVariable;
  private first: LayerVariable | undefined;

  constructor({ layer, iterations, improved, ...common }: SpectralNormalizationOptions) {
    const { batchInputShape } = layer;
    super({ name: layer.name, ...(batchInputShape ? { batchInputShape } : {}), ...common });
    this.layer = layer;
    this.iterations = iterations ?? 1;
    this.improved = improved ?? false;
    this.kind = kinds[layer.getClassName()]!;
  }

  override build(shape: Shape | Shape[]): void {
    const { layer } = this;
    if (!layer.built) layer.build(shape);
    layer.built = true;
    this._trainableWeights = layer.trainableWeights;
    tidy(() => {
      const kernel = this.matrix(this.weight.read());
      const start = initializers.randomNormal({ mean: 0, stddev: 1 }).apply([kernel.shape[1]!, 1]);
      const { u, v } = powerIteration(kernel, start as Tensor2D, initial);
      this.u = this.vector('u', u);
      this.v = this.vector('v', v);
      if (this.improved) this.first = this.vector('first', sum(mul(v, matMul(kernel, u))));
    });
    super.build(shape);
  }

  override computeOutputShape(shape: Shape | Shape[]): Shape | Shape[] {
    return this.layer.computeOutputShape(shape);
  }

  override call(inputs: Tensor | Tensor[], extras: Extras): Tensor | Tensor[] {
    return tidy(() => {
      const weight = this.weight.read();
      const kernel = this.matrix(weight);
      if (extras['training']) this.iterate(kernel);
      const sigma = matMul(this.v.read() as Tensor2D, matMul(kernel, this.u.read() as Tensor2D), true);
      const bounded = div(weight, sigma);
      return this.withWeight(this.first ? mul(bounded, this.first.read()) : bounded, () =>
        this.layer.call(inputs, extras),
      );
    });
  }

  override getConfig(): serialization.ConfigDict {
    const { layer, iterations, improved } = this;
    return {
      ...super.getConfig(),
      layer: { className: layer.getClassName(), config: layer.getConfig() },
      iterations,
      ...(improved && { improved }),
    };
  }

  static override fromConfig<T extends serialization.Serializable>(
    cls: serialization.SerializableConstructor<T>,
    { layer: stored, ...config }: serialization.ConfigDict,
  ): T {
    const { className, config: inner } = stored as { className: string; config: serialization.ConfigDict };
    const [kind, make] = serialization.SerializationMap.getMap().classNameMap[className]!;
    return new cls({ ...config, layer: make(kind, inner) } as never);
  }

  private get weight(): LayerVariable {
    return this.slots[this.kind.kernel]!;
  }

  private get slots(): Record<string, LayerVariable> {
    return this.layer as unknown as Record<string, LayerVariable>;
  }

  /** A kernel as `[all other axes, outputs]`. */
  private matrix(kernel: Tensor): Tensor2D {
    const { axes } = this.kind;
    const ordered = axes ? transpose(kernel, [...axes]) : kernel;
    return reshape(ordered, [-1, ordered.shape.at(-1)!]);
  }

  private vector(name: string, value: Tensor): LayerVariable {
    return this.addWeight(name, value.shape, 'float32', { apply: () => value } as never, undefined, false);
  }

  private iterate(kernel: Tensor2D): void {
    const both = untaped(() => {
      const { u, v } = powerIteration(kernel, this.u.read() as Tensor2D, this.iterations);
      return concat([u, v]);
    });
    const [u, v] = split(both, [kernel.shape[1], kernel.shape[0]]) as [Tensor, Tensor];
    this.u.write(u);
    this.v.write(v);
  }

  /** Runs `body` while the layer reads `value` for its kernel. */
  private withWeight<R>(value: Tensor, body: () => R): R {
    const { kernel } = this.kind;
    const { slots } = this;
    const own = slots[kernel]!;
    slots[kernel] = { read: () => value } as LayerVariable;
    try {
      return body();
    } finally {
      slots[kernel] = own;
    }
  }
}

/**
 * Spectral normalisation of a layer: its kernel is divided by its largest singular value, so that the layer stretches no
 * difference of inputs by more than 1,
 *
 *     W / sigma,    sigma = v^T W u,    after  v <- W u / |W u|,  u <- W^T v / |W^T v|,  `iterations` times
 *
 * with W as a matrix of outputs by all else. u and v are state, moved in training only, in each application; in
 * inference they are what they are. In gradients they count as constant, as in the paper and in PyTorch. A fresh kernel
 * goes through 15 iterations. The bias is not normalised. `improved`, it is first W / sigma, with `first` that of the kernel at
 * the start, one more number of state.
 *
 * `spectralNormalization({ layer: layers.conv2d({ ... }) })` stands where the layer would; a kernel must not be all zeros.
 *
 * @returns A layer with the parameters of `layer` and the state `u`, `v`.
 * @throws TypeError if `layer` is none of dense, a convolution, a transposed convolution or an embedding.
 * @see Miyato et al. (2018), arXiv:1802.05957, section 2.1 and algorithm 1; Lee et al. (2022), arXiv:2107.04589, section 3.1,
 *   improved.
 */
export const spectralNormalization = Object.assign(
  (options: SpectralNormalizationOptions): layers.Layer => {
    assertKnownOptions('spectralNormalization', options, ['layer', 'iterations', 'improved', 'name']);
    const { layer, iterations = 1, improved = false } = options;
    assertCount('iterations', iterations);
    assertOneOf('improved', improved, [true, false]);
    const kind = layer instanceof layers.Layer ? layer.getClassName() : shown(layer);
    if (!Object.hasOwn(kinds, kind))
      throw new TypeError(`layer must be one of ${Object.keys(kinds).join(', ')}, but is ${kind}`);
    return new SpectralNormalization(options);
  },
  /** For `registerLayers`. */
  { layerClass: SpectralNormalization as unknown as serialization.SerializableConstructor<layers.Layer> },
);

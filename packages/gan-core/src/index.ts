export {
  assertCount,
  assertDecay,
  assertFinite,
  assertKnownOptions,
  assertNotNegative,
  assertOneOf,
  assertPositive,
  shown,
} from './checks.js';
export type { Binding, Head, Port, Ports, Role, Shape, Source, Sources } from './contract.js';
export type { Batch, Dataset } from './dataset.js';
export { currentEngine, type Engine, type EngineName, type FusedAdam, useEngine } from './engine.js';
export { FormatError } from './format-error.js';
export type { Evidence, FeatureExtractor, Metric } from './metric.js';
export type { Mode, Network, Tensors, Weights } from './network.js';
export type { Optimizer, Rate } from './optimizer.js';
export type { Random } from './random.js';
export {
  type AnyTerm,
  type Bound,
  defineTerm,
  every,
  type Maker,
  on,
  type Round,
  type Side,
  scheduled,
  type Term,
  weighted,
} from './term.js';

export type { Checkpoint, CheckpointManifest, Json, StoredTensor, StoredTensors } from './checkpoint.js';
export { readCheckpoint, writeCheckpoint } from './checkpoint-folder.js';
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
export type { Binding, Head, Judged, Port, Ports, Role, Shape, Source, Sources } from './contract.js';
export type { Batch, Dataset } from './dataset.js';
export { describe } from './describe.js';
export { drawing } from './drawing.js';
export {
  type Computation,
  currentEngine,
  type Engine,
  type EngineName,
  type FusedAdam,
  type LinearAlgebra,
  type Matrix,
  type Precision,
  type RecordComputation,
  type Recording,
  useEngine,
} from './engine.js';
export { evaluate } from './evaluate.js';
export type { Unrolling } from './foreseen.js';
export { FormatError } from './format-error.js';
export { type FrozenOptions, frozen } from './frozen.js';
export { type Game, game, type Networks } from './game.js';
export { gan } from './gan.js';
export { gradients, recording } from './gradients.js';
export { type GridOptions, grid } from './grid.js';
export { importedWeights } from './imported-weights.js';
export { inSeries, trainedInSeries } from './in-series.js';
export { lerp, type Path, slerp } from './interpolation.js';
export { layerRandom } from './layer-random.js';
export { layersNetwork } from './layers-network.js';
export type { Laid } from './layout.js';
export { lazily } from './lazily.js';
export type { Evidence, FeatureExtractor, Metric } from './metric.js';
export type { NamePattern } from './name-pattern.js';
export type { NameRule, NameTable } from './name-table.js';
export { beyond, under, within } from './named-parts.js';
export { innerMode, type Mode, type Network, type Tensors, type Weights } from './network.js';
export { type NetworkCost, networkCost } from './network-cost.js';
export type { Optimizer, Rate } from './optimizer.js';
export { type AdamOptions, adam, adamW } from './optimizers/adam.js';
export { rmsProp } from './optimizers/rms-prop.js';
export { sgd } from './optimizers/sgd.js';
export type { Player } from './player.js';
export type { Random } from './random.js';
export { readSafetensors } from './read-safetensors.js';
export { type Renamed, reading } from './reading.js';
export { decodeSafetensors, encodeSafetensors, type SafeTensor, type Safetensors } from './safetensors.js';
export { type Given, type SampleOptions, sample } from './sample.js';
export {
  cosine,
  type DecayOptions,
  exponential,
  linear,
  type RampOptions,
  type Schedule,
  staircase,
  warmUp,
} from './schedules.js';
export { loadedWeights, type StoredWeights, type StoredWeightsOptions, storedWeights } from './stored-weights.js';
export { random } from './streams.js';
export { summary } from './summary.js';
export {
  type Aftermath,
  type AnyTerm,
  type Application,
  type Bound,
  defineTerm,
  every,
  type Maker,
  type Opening,
  on,
  type Round,
  type Side,
  scheduled,
  type Term,
  weighted,
} from './term.js';
export { type Start, train } from './train.js';
export type { TrainedNetwork } from './trained-network.js';
export { type Misshapen, type Origin, type Step, type Training, TrainingError } from './training.js';
export type { GivenWeights } from './transferred-weights.js';
export { turns } from './turns.js';
export { untaped } from './untaped.js';

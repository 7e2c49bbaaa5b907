export type { Column, SamplePorts } from './columns.js';
export { type DigitsOptions, digits } from './digits.js';
export { type GaussianGridOptions, gaussianGrid } from './gaussian-grid.js';
export { type Idx, parseIdx, readIdx } from './idx.js';
export type { IdxValues } from './idx-values.js';
export {
  type ImageFolder,
  type ImageFolderOptions,
  type ImagePorts,
  type ImageSize,
  imageFolder,
} from './image-folder.js';
export { type InMemoryDataset, type InMemoryOptions, inMemory } from './in-memory.js';
export { MissingPackageError } from './missing-package-error.js';
export type { Mixture } from './mixture.js';
export { type MnistOptions, mnist } from './mnist.js';
export { type OpenMoji, type OpenMojiOptions, type OpenMojiPorts, type OpenMojiStyle, openMoji } from './open-moji.js';
export { type Emoji, type OpenMojiGroup, openMojiGroups } from './open-moji-catalogue.js';
export { type RingOptions, ring } from './ring.js';
export { type SwissRollOptions, swissRoll } from './swiss-roll.js';

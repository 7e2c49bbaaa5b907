export type { ClassCondition } from './class-condition.js';
export { type DcganDiscriminatorOptions, dcganDiscriminator } from './dcgan-discriminator.js';
export { type DcganGeneratorOptions, dcganGenerator } from './dcgan-generator.js';
export type { ScoreHead } from './judge-score.js';
export {
  defineLayer,
  type LayerCall,
  type LayerDefinition,
  type LayerFactory,
  type LayerShape,
  type LayerWeight,
} from './layers/define-layer.js';
export { type PixelNormOptions, pixelNorm } from './layers/pixel-norm.js';
export { registerLayers } from './layers/register-layers.js';
export { type MlpDiscriminatorOptions, mlpDiscriminator } from './mlp-discriminator.js';
export { type MlpGeneratorOptions, mlpGenerator } from './mlp-generator.js';
export type { Conditioned, LatentsPort } from './ports.js';

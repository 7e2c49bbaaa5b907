import type { NameRule } from '@gan/core';
import { type TorchLayer, torchConvolution, torchDense } from '../../names/torch-layers.js';

/** Where weights come from in the authors' code, stylegan2-ada-pytorch; `before` starts all names here. */
export const adaMapping = (before: string): readonly NameRule[] => [
  { ours: `${before}styles/average`, theirs: 'mapping.w_avg' },
  ...torchDense({ ours: `${before}dense(\\d+)`, theirs: 'mapping.fc$1' }),
  ...torchDense({ ours: `${before}classes`, theirs: 'mapping.embed' }),
];

/** A modulated convolution with what follows it. */
const styled = ({ ours, theirs }: TorchLayer): readonly NameRule[] => [
  ...torchConvolution({ ours, theirs }),
  ...torchDense({ ours: `${ours}\\.style`, theirs: `${theirs}.affine` }),
  { ours: `${ours}\\.noise/strength`, theirs: `${theirs}.noise_strength` },
  { ours: `${ours}\\.bias/bias`, theirs: `${theirs}.bias` },
];

export const adaSynthesis = (before: string): readonly NameRule[] => [
  { ours: `${before}constant/constant`, theirs: 'synthesis.b4.const', layout: 'c h w -> h w c' },
  ...styled({ ours: `${before}map4\\.first`, theirs: 'synthesis.b4.conv1' }),
  ...styled({ ours: `${before}map(\\d+)\\.first`, theirs: 'synthesis.b$1.conv0' }),
  ...styled({ ours: `${before}map(\\d+)\\.second`, theirs: 'synthesis.b$1.conv1' }),
  ...styled({ ours: `${before}map(\\d+)\\.picture`, theirs: 'synthesis.b$1.torgb' }),
];

/** @param side That of the picture. */
export const adaJudge = (side: number): readonly NameRule[] => [
  ...torchConvolution({ ours: 'picture', theirs: `b${side}.fromrgb` }),
  ...torchConvolution({ ours: 'map(\\d+)\\.first', theirs: 'b$1.conv0' }),
  ...torchConvolution({ ours: 'map(\\d+)\\.second', theirs: 'b$1.conv1' }),
  ...torchConvolution({ ours: 'map(\\d+)\\.skip', theirs: 'b$1.skip' }),
  ...torchConvolution({ ours: 'compared', theirs: 'b4.conv' }),
  { ours: 'features/kernel', theirs: 'b4.fc.weight', layout: 'o (c h=4 w=4) -> (h w c) o' },
  ...torchDense({ ours: 'features', theirs: 'b4.fc' }),
  ...torchDense({ ours: 'score', theirs: 'b4.out' }),
];

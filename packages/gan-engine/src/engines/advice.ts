import { type Pins, pinsOf, sizesOf } from '../libtorch/pins.js';
import { platformName } from '../libtorch/platform.js';

const megabytes = (bytes: number) => `${Math.round(bytes / 1e6)} MB`;

const sizes = (pins: Pins): string => {
  const { download, kept } = sizesOf(pins);
  return `${megabytes(download)} to download, ${megabytes(kept)} on disk`;
};

/** How to get a libtorch here. */
export function torchAdvice(): string {
  const pins = pinsOf(platformName());
  return pins
    ? `\`npx -p @gan/engine gan-engine install\` gets one (${sizes(pins)})`
    : `PyTorch publishes none for ${platformName()}: set GAN_LIBTORCH to the folder of one that you have built`;
}

/** How to get one that computes on NVIDIA's graphics processors. */
export function cudaAdvice(): string {
  const pins = pinsOf(platformName(), { cuda: true });
  return pins
    ? `\`npx -p @gan/engine gan-engine install --cuda\` gets one (${sizes(pins)}), and a PyTorch with CUDA in your Python is used as it is`
    : 'install a PyTorch with CUDA in your Python, which is used as it is';
}

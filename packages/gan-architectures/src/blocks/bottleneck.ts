import { layers, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import { chain } from '../chain.js';
import { firstChannels } from '../layers/first-channels.js';
import type { Kernels } from './kernels.js';
import type { Normalized } from './normalized.js';

/** What bottleneck blocks have in common. */
interface Bottleneck {
  readonly filters: number;
  readonly name: string;
  readonly kernels: Kernels;
}

/** A block that may double the sides. */
export interface BottleneckUp extends Bottleneck {
  readonly doubles: boolean;
  readonly normalized: Normalized;
}

/** A block that may halve the sides. */
export interface BottleneckDown extends Bottleneck {
  readonly halves: boolean;
}

/** The four convolutions: in to a quarter of the channels, two there, and out again. */
const convolutions = ({ kernels, name, filters }: Bottleneck, hidden: number) =>
  ({
    first: kernels.conv2d({ filters: hidden, kernelSize: 1, name: `${name}.first` }),
    second: kernels.conv2d({ filters: hidden, kernelSize: 3, name: `${name}.second` }),
    third: kernels.conv2d({ filters: hidden, kernelSize: 3, name: `${name}.third` }),
    fourth: kernels.conv2d({ filters, kernelSize: 1, name: `${name}.fourth` }),
  }) as const;

/**
 * A block of BigGAN-deep's generator: two convolutions of 3 x 3 between two of 1 x 1, on a quarter of the channels that come
 * in, each behind norm and ReLU. Past it go the first `filters` channels as they are. Sides, if they are to be doubled, are
 * before the first 3 x 3, by repeating each place.
 *
 * @see Brock, Donahue, Simonyan (2019), arXiv:1809.11096, appendix B, figure 16b.
 */
export function bottleneckUp(x: SymbolicTensor, block: BottleneckUp): SymbolicTensor {
  const { filters, doubles, name, normalized } = block;
  const channels = x.shape.at(-1)!;
  const { first, second, third, fourth } = convolutions(block, channels / 4);
  const up = () => (doubles ? [layers.upSampling2d({ size: [2, 2] })] : []);
  const active = (at: SymbolicTensor, which: string) => chain(normalized(at, `${name}.${which}`), layers.reLU());
  const narrow = chain(active(chain(active(x, 'first'), first), 'second'), ...up(), second);
  const main = chain(active(chain(active(narrow, 'third'), third), 'fourth'), fourth);
  const kept = channels === filters ? [] : [firstChannels({ channels: filters, name: `${name}.kept` })];
  const skip = kept.length + up().length === 0 ? x : chain(x, ...kept, ...up());
  return chain([main, skip], layers.add());
}

/**
 * A block of BigGAN-deep's judge: two convolutions of 3 x 3 between two of 1 x 1, on a quarter of the channels that go out,
 * each behind a ReLU. Past it go the channels that come in as they are, and beside them those that are more, by a convolution
 * of 1 x 1. Sides, if they are to be halved, are by means of four places, before the last 1 x 1.
 *
 * @see Brock, Donahue, Simonyan (2019), arXiv:1809.11096, appendix B, figure 16c.
 */
export function bottleneckDown(x: SymbolicTensor, block: BottleneckDown): SymbolicTensor {
  const { filters, halves, name, kernels } = block;
  const { first, second, third, fourth } = convolutions(block, filters / 4);
  const down = () => (halves ? [layers.averagePooling2d({ poolSize: 2 })] : []);
  const relu = () => layers.reLU();
  const main = chain(x, relu(), first, relu(), second, relu(), third, relu(), ...down(), fourth);
  const more = filters - x.shape.at(-1)!;
  const past = halves ? chain(x, ...down()) : x;
  const added = () => chain(past, kernels.conv2d({ filters: more, kernelSize: 1, name: `${name}.skip` }));
  const skip = more === 0 ? past : chain([past, added()], layers.concatenate({ axis: -1 }));
  return chain([main, skip], layers.add());
}

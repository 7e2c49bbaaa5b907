import { layersNetwork, type Network, type Ports, type Shape } from '@gan/core';
import { input, layers, model, type SymbolicTensor } from '@tensorflow/tfjs-layers';

type Layer = InstanceType<typeof layers.Layer>;

const classes = 10;

/** How many numbers a head gives, where its kind does not say; a class of fakes is one more. */
const widths: Readonly<Record<string, number>> = {
  class: classes + 1,
  twin: classes + 1,
  category: classes + 1,
  rotation: 4,
  code: 2,
  embedding: 64,
  proxy: 64,
  features: 64,
};

/**
 * The two convolutions of a DCGAN's judge of 28 x 28 pixels, and a dense layer for each head. A head called `proxy` is of the
 * class instead, which is one input more then, and one called `pixels` is a convolution of 1 x 1 of the picture.
 */
export function headedJudge({
  sample,
  filters,
  heads,
}: {
  readonly sample: Shape;
  readonly filters: number;
  readonly heads: Ports;
}): Network {
  const conditional = 'proxy' in heads;
  return layersNetwork({
    inputs: { sample, ...(conditional && { classes }) },
    outputs: heads,
    model: () => {
      const chain = (start: SymbolicTensor, ...links: readonly Layer[]) =>
        links.reduce((end, link) => link.apply(end) as SymbolicTensor, start);
      const convolution = (width: number, useBias: boolean) =>
        layers.conv2d({ filters: width, kernelSize: 4, strides: 2, padding: 'same', useBias });
      const picture = input({ shape: [...sample] });
      const label = conditional ? input({ shape: [classes] }) : undefined;
      const map = chain(
        picture,
        convolution(filters, true),
        layers.leakyReLU({ alpha: 0.2 }),
        convolution(2 * filters, false),
        layers.batchNormalization(),
        layers.leakyReLU({ alpha: 0.2 }),
        layers.flatten(),
      );
      const outputs = Object.entries(heads).map(([name, kind]) => {
        if (name === 'pixels') return chain(picture, layers.conv2d({ filters: 1, kernelSize: 1 }));
        return chain(
          name === 'proxy' && label ? label : map,
          layers.dense({
            units: kind === 'linear' || kind === 'sigmoid' ? 1 : widths[name]!,
            activation: kind === 'sigmoid' ? 'sigmoid' : 'linear',
          }),
        );
      });
      return model({ inputs: label ? [picture, label] : picture, outputs });
    },
  });
}

import { layersNetwork, type Network, type Shape, shown } from '@gan/core';
import { type LayersModel, model as layersModel, type SymbolicTensor } from '@tensorflow/tfjs-layers';

/**
 * A model of TensorFlow.js as far as some of its layers, whose maps it gives: what `projectedDiscriminator` looks through. Its
 * weights are those that the model has at this moment.
 *
 * @param model A model of one input, as a classifier of pictures that was trained.
 * @param names The layers whose results are wanted.
 * @returns A network that takes `sample`, and gives each of those maps under its layer's name.
 * @throws TypeError if the model has not one input of known sides, or no layer of such a name.
 */
export function featureMaps<const S extends Shape = Shape, const N extends string = string>(
  model: LayersModel,
  names: readonly N[],
): Network<{ readonly sample: S }, { readonly [K in N]: Shape }> {
  const known = model.layers.map(({ name }) => name);
  const absent = names.find((name) => !known.includes(name));
  if (absent !== undefined) throw new TypeError(`the model has no layer '${absent}'; it has ${known.join(', ')}`);
  const sample = model.inputs[0]!.shape.slice(1);
  if (model.inputs.length !== 1 || sample.some((side) => side === null))
    throw new TypeError(
      `a model whose maps are wanted takes one sample of known sides, but this takes ${model.inputs.map(({ shape }) => shown(shape)).join(', ')}`,
    );
  const outputs = names.map((name) => model.getLayer(name).output as SymbolicTensor);
  const ports = Object.fromEntries(names.map((name, i) => [name, outputs[i]!.shape.slice(1) as number[]]));
  return layersNetwork({
    inputs: { sample: sample as unknown as S },
    outputs: ports as unknown as { readonly [K in N]: Shape },
    model: layersModel({ inputs: model.inputs, outputs }),
  });
}

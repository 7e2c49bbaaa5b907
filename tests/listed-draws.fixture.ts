import { type Random, random } from '@gan/core';
import { cast, tensor, zeros } from '@tensorflow/tfjs-core';

/**
 * A stream whose streams give what is listed under their path, `<name>/<name>`, as other implementations drew it. Each
 * transformation happens, unless another draw is listed.
 */
export const listedDraws = (draws: Readonly<Record<string, readonly number[]>>, path = ''): Random => {
  const all = (shape: readonly number[]) =>
    path.endsWith('/happens') && !draws[path] ? zeros([...shape]) : tensor([...draws[path]!], [...shape]);
  return {
    ...random(1),
    uniform: all,
    normal: all,
    categorical: (shape) => cast(all(shape), 'int32'),
    stream: (...name) => listedDraws(draws, [path, ...name].filter((part) => part !== '').join('/')),
  };
};

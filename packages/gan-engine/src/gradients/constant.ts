import { replaceGradient } from './replace-gradient.js';
import { zerosOf } from './shapes-of.js';

/**
 * Kernels that are constant wherever they are continuous have a gradient of zero; TensorFlow.js registers none for
 * them (or one that is not float32), so that every mask in a gradient makes differentiating it throw. Its gradient of
 * `FloorDiv` is that of a division.
 */
export function registerConstantGradients(): void {
  for (const kernel of [
    'Greater',
    'GreaterEqual',
    'Less',
    'LessEqual',
    'Equal',
    'NotEqual',
    'LogicalAnd',
    'LogicalOr',
    'FloorDiv',
  ])
    replaceGradient(kernel, ['a', 'b'], (_, [a, b]) => ({ a: () => zerosOf(a), b: () => zerosOf(b) }));
  for (const kernel of ['LogicalNot', 'ArgMax', 'ArgMin', 'All', 'Any'])
    replaceGradient(kernel, ['x'], (_, [x]) => ({ x: () => zerosOf(x) }));
}

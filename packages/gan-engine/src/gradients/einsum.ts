import { broadcastTo, einsum, registerGradient, reshape, type Tensor } from '@tensorflow/tfjs-core';

/**
 * The gradient of an einsum with respect to one operand is an einsum of the other with that of the output; a label
 * that occurs in that operand alone was summed over, so the gradient repeats along it. TensorFlow.js has none.
 */
export function registerEinsumGradient(): void {
  registerGradient({
    kernelName: 'Einsum',
    saveAllInputs: true,
    gradFunc: (dy, operands, attributes) => {
      const [inputs, output] = (attributes['equation'] as string).replaceAll(' ', '').split('->') as [string, string];
      const labels = inputs.split(',');
      return Object.fromEntries(
        operands.map((operand, i) => [
          i,
          () => towards(dy as Tensor, operand, labels[i]!, output, others(operands, labels, i)),
        ]),
      );
    },
  });
}

const others = (operands: Tensor[], labels: string[], i: number) =>
  operands.map((tensor, j) => ({ tensor, labels: labels[j]! })).filter((_, j) => j !== i);

function towards(
  dy: Tensor,
  operand: Tensor,
  labels: string,
  output: string,
  rest: readonly { tensor: Tensor; labels: string }[],
): Tensor {
  const known = output + rest.map((other) => other.labels).join('');
  const kept = [...labels].filter((label) => known.includes(label)).join('');
  const equation = `${[output, ...rest.map((other) => other.labels)].join(',')}->${kept}`;
  // An einsum that changes nothing returns its operand itself, which the tape cannot tell apart.
  const gradient =
    rest.length === 0 && kept === output ? dy : einsum(equation, dy, ...rest.map((other) => other.tensor));
  const ones = operand.shape.map((size, axis) => (known.includes(labels[axis]!) ? size : 1));
  return broadcastTo(reshape(gradient, ones), operand.shape);
}

import type { Verdict } from '../../packages/gan-engine/src/gradients/cases/verdicts.cases.js';
import type { Table, Verdicts } from './verdicts.js';

export const subjects = ['stock cpu', 'stock wasm', 'cpu', 'wasm', 'torch-cpu'] as const;
export type Tables = Readonly<Record<(typeof subjects)[number], Table>>;

const words: Readonly<Record<Verdict, string>> = { right: 'right', wrong: '**wrong**', throws: 'throws', absent: '–' };

/** The cell of one op on one engine: first and second derivative, or one word for both. */
export const cell = ({ first, second }: Verdicts): string =>
  first === second ? words[first] : `${words[first]}, ${words[second]}`;

/** docs/second-order.md, out of what was measured in so many uses of every op. */
export function page(tables: Tables, uses: number): string {
  const names = Object.keys(tables.cpu);
  const summary = subjects.map((subject) => {
    const all = Object.values(tables[subject]);
    const count = (holds: (verdicts: Verdicts) => boolean) => all.filter(holds).length;
    const counts = [
      count(({ first }) => first === 'right'),
      count(({ second }) => second === 'right'),
      count(({ first, second }) => first === 'wrong' || second === 'wrong'),
      count(({ first, second }) => first !== 'wrong' && second !== 'wrong' && [first, second].includes('throws')),
      count(({ first }) => first === 'absent'),
    ];
    return `| ${subject.startsWith('stock') ? `TensorFlow.js 4.22 as it comes, ${subject.slice(6)}` : `ours, ${subject}`} | ${counts.join(' | ')} |`;
  });
  const rows = names.map(
    (name) => `| ${name} | ${subjects.map((subject) => cell(tables[subject][name]!)).join(' | ')} |`,
  );
  return `# Gradients of gradients

Penalties such as R1, WGAN-GP and path length differentiate a gradient. TensorFlow.js cannot do that for many ops, and
gets some silently wrong. \`engine()\` (or \`registerGradients()\` alone) registers gradients that are right to any order
on every engine; \`packages/gan-engine/src/gradients\` has them, each a few lines, by family.

What goes wrong in TensorFlow.js, and what is done about it:

- **A saved output is taped before the op that makes it**, so the tape believes it constant: x tanh(x), x sigmoid(x),
  x exp(x) and softmax have wrong second derivatives. The tape is mended once, for every kernel and every \`customGrad\`
  (\`tape/mend-tape.ts\`), rather than outputs calculated anew.
- **What happens inside a \`customGrad\` is not taped**, so a value that it keeps, as softmaxCrossEntropy does, is believed
  constant. It is taped, and the result leads back through the gradient given.
- **A gradient must be float32**, so nothing behind a complex number has one. The pass back over the tape is written anew:
  complex gradients are carried, the Fourier transforms are each other's adjoint, and one that throws leaves nothing behind.
- **Comparisons have no gradient**, so masks (leakyRelu, prelu, selu, relu6, clipping, extrema) cannot be differentiated
  again. Theirs is zero.
- **Backward kernels have none** (poolings, resizings, depthwise and three-dimensional convolutions, the filter of
  \`conv2d\`): they are linear in the gradient they pass on, so theirs is the forward kernel.
- **Some ops have none**: \`einsum\`, \`stridedSlice\`, \`depthToSpace\`, \`gatherND\`, \`scatterND\`, \`topk\`, \`diag\`, flips, crops,
  rotations, projections, dilated convolutions, \`localResponseNormalization\` and \`dilation2d\` twice. Where a kernel is
  soon said in other ops, its gradient is that of its definition (\`pullback\`).
- **First derivatives are wrong** where average pooling is padded, where three-dimensional maximum pooling overlaps, where
  images are resized with half-pixel centres or are not square, behind \`mirrorPad\`, of a \`cumsum\` along any axis but the
  last, of \`floorDiv\`, of what was cast to whole numbers, of complex magnitudes and at the labels of softmaxCrossEntropy;
  they throw where \`maximum\`, \`minimum\`, \`squaredDifference\` or batches of matrices broadcast, where a split has one part,
  and for batch normalisation without scale or offset.

What has no gradient says so in a sentence and gives no number: \`image.transform\` at its transforms, the fused Adam and
average, a fused kernel called by its name with an activation. The statistics that \`batchNormTraining\` returns beside its
result count as constants.

## Measured

By \`npx tsx tools/second-order/generate.ts\`, from the cases that the property test draws
(\`register-gradients.test.ts\`): ${uses} random uses of each op, shapes and attributes drawn, at points away from kinks. The loss
is sum(w y (y + x + s)) with y the op's result, x its first input where the shapes agree and s a smooth function of all
inputs: f(x)², x f(x) and a product with another function, which give what the op saved a second path. The truth is the
engine's float64 mode, whose first, second and third derivatives the test confirms by fourth-order central differences
taken on the engine, to 1e-6. *Right* means within 1e-4 of the largest entry in every use, *wrong* that some use is not,
*throws* that some use throws, – that the engine cannot compute the op itself. A cell says *first, second* derivative, or
one word for both. Ours includes what is mended of the WebAssembly engine's kernels.

| ${names.length} ops | first right | second right | wrong | throws | absent |
|---|---|---|---|---|---|
${summary.join('\n')}

| op | ${subjects.join(' | ')} |
|---|${subjects.map(() => '---|').join('')}
${rows.join('\n')}
`;
}

// Writes docs/second-order.md: which derivatives TensorFlow.js gets right by itself, and which with `@gan/engine`.
//
//     npx tsx tools/second-order/measure.ts
//
// Each gradient is compared with central differences, in a process of its own for TensorFlow.js as it comes and for
// each engine with our gradients; an engine that is not on this machine has no column.
import '@tensorflow/tfjs-layers';
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { EngineName } from '@gan/core';
import { EngineError, engine } from '@gan/engine';
import { setBackend } from '@tensorflow/tfjs-core';
import { gradientCases } from '../../packages/gan-engine/src/gradients/cases/all.cases.js';
import { compositionsOf, gradientErrors } from '../../packages/gan-engine/src/gradients/cases/differences.cases.js';

type Verdict = 'right' | 'throws' | 'wrong';
type Verdicts = Record<string, { readonly first: Verdict; readonly second: Verdict }>;

const TOLERANCE = 1e-3;
const subjects = ['stock', 'cpu', 'wasm', 'torch-cpu'] as const;
type Subject = (typeof subjects)[number];

const verdict = (error: number): Verdict =>
  error === Number.POSITIVE_INFINITY ? 'throws' : error < TOLERANCE ? 'right' : 'wrong';
const worst = (verdicts: readonly Verdict[]): Verdict =>
  verdicts.includes('wrong') ? 'wrong' : verdicts.includes('throws') ? 'throws' : 'right';

async function measure(subject: Subject): Promise<Verdicts | undefined> {
  if (subject === 'stock') await setBackend('cpu');
  else
    try {
      await engine({ use: subject as EngineName });
    } catch (cause) {
      if (cause instanceof EngineError) return undefined;
      throw cause;
    }
  const found: Verdicts = {};
  for (const one of gradientCases)
    try {
      const errors = compositionsOf(one).map((composition) => gradientErrors(one, composition));
      const first = worst(errors.map(({ first }) => verdict(first)));
      const second = worst(errors.map(({ second }) => verdict(second)));
      // The right derivative of a wrong one is wrong.
      found[one.name] = { first, second: first === 'wrong' ? 'wrong' : second };
    } catch {
      found[one.name] = { first: 'throws', second: 'throws' };
    }
  return found;
}

/** In a process of its own: gradients are registered for the whole process. */
function measured(subject: Subject): Verdicts | undefined {
  const output = execFileSync(process.execPath, ['--import', 'tsx', fileURLToPath(import.meta.url), subject], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
    maxBuffer: 1 << 24,
  });
  return JSON.parse(output.trim().split('\n').at(-1)!) ?? undefined;
}

const cell = (verdicts: { first: Verdict; second: Verdict } | undefined): string => {
  if (!verdicts) return '';
  const shown = (v: Verdict) => (v === 'wrong' ? '**wrong**' : v);
  return verdicts.first === verdicts.second
    ? shown(verdicts.first)
    : `${shown(verdicts.first)}, ${shown(verdicts.second)}`;
};

function page(): string {
  const columns = subjects
    .map((subject) => [subject, measured(subject)] as const)
    .filter(([, found]) => found !== undefined);
  const rows = gradientCases.map(
    ({ name }) => `| ${name} | ${columns.map(([, found]) => cell(found?.[name])).join(' | ')} |`,
  );
  const right = ([subject, found]: (typeof columns)[number]) => {
    const all = Object.values(found!);
    const count = (order: 'first' | 'second') => all.filter((verdicts) => verdicts[order] === 'right').length;
    const wrong = all.filter(({ first, second }) => first === 'wrong' || second === 'wrong').length;
    return `| ${subject === 'stock' ? 'TensorFlow.js 4.22 as it comes (cpu)' : `ours on ${subject}`} | ${count('first')} | ${count('second')} | ${wrong} | ${all.length} |`;
  };
  return `# Gradients of gradients

Penalties such as R1, WGAN-GP and path length differentiate a gradient. TensorFlow.js cannot do that for many ops, and
gets some silently wrong. \`engine()\` (or \`registerGradients()\` alone) registers gradients that are right to any order
on every engine; \`packages/gan-engine/src/gradients\` has them, each a few lines, by family.

What goes wrong in TensorFlow.js, and what is done about it:

- **A saved output is taped before the op that makes it**, so the tape believes it constant: x tanh(x), x sigmoid(x),
  x exp(x) and softmax have wrong second derivatives. The tape is mended once, for every kernel and every \`customGrad\`
  (\`mend-tape.ts\`), rather than outputs calculated anew.
- **Comparisons have no gradient**, so masks (leakyRelu, prelu, selu, relu6, clipping, extrema) cannot be differentiated
  again. Theirs is zero.
- **Backward kernels have none** (poolings, resizings, depthwise and three-dimensional convolutions, the filter of
  \`conv2d\`): they are linear in the gradient they pass on, so theirs is the forward kernel.
- **First derivatives are wrong** where average pooling is padded, where images are resized with half-pixel centres or
  are not square, behind \`mirrorPad\`, of a \`cumsum\` along any axis but the last, and of \`floorDiv\`; they throw where
  \`maximum\`, \`minimum\` or \`squaredDifference\` broadcast, for \`einsum\`, \`stridedSlice\` and \`depthToSpace\`, and for
  batch normalisation without scale or offset.

A \`customGrad\` whose gradient keeps a value computed inside it (TensorFlow.js's own \`softmaxCrossEntropy\`) can be
differentiated once; differentiating again throws a sentence, never a wrong number. Write such a loss with
\`logSoftmax\`.

## Measured

By \`tools/second-order/measure.ts\`, against fourth-order central differences in float32: f(x)² and, where the shapes
agree, x f(x), which give what the op saved a second path. A cell says *first, second* derivative, or one word for both;
right means within a thousandth of the largest entry.

| | first right | second right | wrong | cases |
|---|---|---|---|---|
${columns.map(right).join('\n')}

| | ${columns.map(([subject]) => (subject === 'stock' ? 'as it comes' : subject)).join(' | ')} |
|---|${columns.map(() => '---|').join('')}
${rows.join('\n')}
`;
}

const [subject] = process.argv.slice(2);
if (subject === undefined) writeFileSync(fileURLToPath(new URL('../../docs/second-order.md', import.meta.url)), page());
else console.log(JSON.stringify((await measure(subject as Subject)) ?? null));

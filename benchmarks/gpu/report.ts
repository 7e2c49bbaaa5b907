import type { StepResult } from '../step/step.js';
import { table } from '../step/table.js';
import type { GradientsPart, SpecsPart } from './stages.js';

/** What a session has found so far; a part that failed is a sentence. */
export interface Session {
  engine?: string;
  steps: Record<string, StepResult | string>;
  specs?: SpecsPart | string;
  gradients?: GradientsPart | string;
}

/** The same for people, in Markdown. */
export function sessionText({ engine, steps, specs, gradients }: Session): string {
  return [
    '## Engine',
    '',
    block(engine ?? 'not asked'),
    '## Steps beside PyTorch',
    '',
    ...Object.entries(steps).flatMap(([name, result]) => [
      `### ${name}`,
      '',
      block(typeof result === 'string' ? result : table(result)),
    ]),
    "## tfjs-core's own specs",
    '',
    block(specs === undefined || typeof specs === 'string' ? (specs ?? 'not run') : specsText(specs)),
    '## Gradients of every op',
    '',
    block(
      gradients === undefined || typeof gradients === 'string' ? (gradients ?? 'not run') : gradientsText(gradients),
    ),
  ].join('\n');
}

const block = (text: string): string => `\`\`\`\n${text}\n\`\`\`\n`;

const specsText = ({ passed, pending, excluded, failed }: SpecsPart): string =>
  [
    `${passed} passed, ${failed.length} failed, ${excluded} fail on purpose, ${pending} pending`,
    ...failed.map(({ file, name, messages }) => `${file}: ${name}: ${messages[0]?.split('\n')[0] ?? ''}`),
  ].join('\n');

function gradientsText({ found, cut }: GradientsPart): string {
  const wrong = found.filter(({ verdicts }) => verdicts.join() !== 'right');
  const worst = (order: 0 | 1) =>
    found.reduce((most, each) => (each.errors[order] > most.errors[order] ? each : most), found[0]!);
  return [
    `${found.length - wrong.length} of ${found.length} ops right; the largest errors are ` +
      ([0, 1] as const)
        .map((order) => `${worst(order).errors[order].toExponential(1)} (${worst(order).name})`)
        .join(' and '),
    ...(cut === undefined ? [] : [`no more were tried: ${cut}`]),
    ...wrong.map(({ name, verdicts, sentence }) => `${name}: ${verdicts.join(', ')}${sentence ? `: ${sentence}` : ''}`),
  ].join('\n');
}

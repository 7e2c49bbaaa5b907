import { catalogue } from './catalogue.js';
import type { TrainingResult } from './training.js';

const head = [
  'networks',
  'paper',
  'generator',
  'judge',
  'objective',
  'trained on',
  'steps x batch',
  'start',
  'end',
  'halves',
  'as asked',
];

/** Outcomes for people, in Markdown. */
export const trainingTable = ({ outcomes }: TrainingResult): string =>
  [
    head,
    head.map(() => '---'),
    ...outcomes.map(({ networks, steps, batch, start, end, halves, agreement, extractor }) => {
      const { paper, networks: sides, objective, data } = catalogue[networks]!;
      const numbers = [start, end, halves].map((value) => value.toFixed(1));
      const share = agreement === null ? '–' : `${(100 * agreement).toFixed(0)}%`;
      return [
        ...[networks, paper, sides.generator, sides.judge, objective, `${data}, by ${extractor}`],
        ...[`${steps} x ${batch}`, ...numbers, share],
      ];
    }),
  ]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n');

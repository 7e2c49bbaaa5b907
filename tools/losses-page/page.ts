import { existsSync, readFileSync } from 'node:fs';
import { type AnyTerm, type Opening, random } from '@gan/core';
import { dispose } from '@tensorflow/tfjs-core';
import { catalogue, type Kind } from '../../benchmarks/cost/catalogue.js';
import type { CostResult } from '../../benchmarks/cost/cost.js';
import { modesTable } from '../../benchmarks/modes/table.js';
import type { Outcome } from '../../benchmarks/modes/trial.js';
import { secondOrder, sourceOf, told } from './sources.js';

const here = (path: string): URL => new URL(`../../${path}`, import.meta.url);
const json = <T>(path: string): T | undefined =>
  existsSync(here(path)) ? (JSON.parse(readFileSync(here(path), 'utf8')) as T) : undefined;

const sections: Readonly<Record<Kind, string>> = {
  adversarial: 'Adversarial losses',
  penalty: 'Penalties and regularisers',
  conditional: 'Classes, codes and self-supervision',
  pixel: 'Pixels and features',
  wrapper: 'Terms of terms',
};

/** docs/losses.md: facts from instances, words from doc comments, cost and outcomes from committed results. */
export function lossesPage(): string {
  const cost = json<CostResult>('benchmarks/results/cost.json');
  const modes = json<{ readonly outcomes: readonly Outcome[] }>('benchmarks/results/modes.json');
  const named = Object.entries(catalogue);
  const parts = Object.entries(sections).flatMap(([kind, title]) => {
    const own = named.filter(([, entry]) => entry.kind === kind);
    return [
      `## ${title}`,
      table(own.map(([name, { term }]) => row(name, term, cost))),
      ...own.map(([name]) => details(name)),
    ];
  });
  return `${[
    readFileSync(here('tools/losses-page/choose.md'), 'utf8').trim().replace('{terms}', String(named.length)),
    costNote(cost),
    ...parts,
    '## Does it train?',
    readFileSync(here('tools/losses-page/trains.md'), 'utf8').trim(),
    modes ? modesTable({ outcomes: modes.outcomes, failures: [] }) : 'Not measured yet.',
    '## Adding one',
    readFileSync(here('tools/losses-page/adding.md'), 'utf8')
      .trim()
      .replace('{lines}', String(sourceOf('softmaxGan').split('\n').length)),
    `\`\`\`ts\n${sourceOf('softmaxGan')}\n\`\`\``,
  ].join('\n\n')}\n`;
}

const head = ['term', 'reads', 'samples', 'sides', 'state', 'second order', 'cost'];

const table = (rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');

const row = (name: string, term: AnyTerm, cost: CostResult | undefined): readonly string[] => {
  const measured = cost?.variants[name]?.ours.multiple;
  return [
    `[\`${name}\`](#${name.toLowerCase()})`,
    Object.entries(term.reads)
      .map(([port, kind]) => `\`${port}\`: ${kind}`)
      .join(', '),
    term.samples.join(', '),
    [term.discriminator && 'judge', term.generator && 'generator'].filter(Boolean).join(', '),
    stateOf(term),
    secondOrder(name) ? 'yes' : '',
    measured === undefined ? '' : measured.toFixed(2),
  ];
};

/** The names of a term's state, or what else lasts of it. */
function stateOf({ init, after }: AnyTerm): string {
  if (!init) return after ? 'acts after an update' : '';
  const nobody: Opening = { parameters: {}, maker: () => ({ parameters: {} }) };
  const state = init(random(1), nobody);
  dispose(state);
  return Object.keys(state).join(', ') || 'of each parameter';
}

const details = (name: string): string => {
  const { summary, formula, rest, papers } = told(name);
  return [
    `### ${name}`,
    summary,
    ...(formula ? [`\`\`\`\n${formula}\n\`\`\``] : []),
    ...(rest ? [rest] : []),
    papers,
  ].join('\n\n');
};

const costNote = (cost: CostResult | undefined): string =>
  cost
    ? `Cost: the time of a step with the term, as a multiple of the plain step of a DCGAN (${cost.step.size} x ${cost.step.size}, batch ${cost.step.batch}, ${cost.step.threads} threads, ${cost.machine.processor}), by \`npm run bench -- cost\`; an unrolled judge of 5 updates costs ${cost.variants['unrolled5']?.ours.multiple.toFixed(2) ?? 'what was not measured'}.`
    : 'Cost is measured by `npm run bench -- cost --save benchmarks/results/cost.json`.';

import { parseArgs } from 'node:util';
import { specSuite } from './run-specs.js';

/** `npx tsx tests/specs/report.ts --engine torch --filter Conv`: counts, and what failed. */

const { values } = parseArgs({ options: { engine: { type: 'string', default: 'cpu' }, filter: { type: 'string' } } });
const begun = performance.now();
const suite = await specSuite();
const results = await suite.run(values.engine, values.filter).finally(suite.close);
for (const { file, name, status, messages } of results)
  if (status === 'failed' || status === 'crashed') console.log(`${status} ${file}: ${name}\n${messages.join('\n')}\n`);
const count = (status: string) => results.filter((result) => result.status === status).length;
const counts = ['passed', 'failed', 'crashed', 'pending'].map((status) => `${count(status)} ${status}`).join(', ');
console.log(`${values.engine}: ${counts}, ${((performance.now() - begun) / 1000).toFixed(1)} s`);

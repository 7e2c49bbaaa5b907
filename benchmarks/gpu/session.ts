/** A session on a graphics processor, packed by pack.ts: see README.md. Every part writes what it has found as soon as it has. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Session, sessionText } from './report.js';
import { enginePart, gradientsPart, type SessionOptions, specsPart, stepPart } from './stages.js';

const { values } = parseArgs({
  options: {
    device: { type: 'string', default: 'cuda' },
    out: { type: 'string', default: 'out' },
    models: { type: 'string', default: 'dcgan:64:64,resnet:32:64' },
    steps: { type: 'string', default: '60' },
    threads: { type: 'string', default: String(Math.min(8, availableParallelism())) },
    minutes: { type: 'string', default: '9' },
    only: { type: 'string', default: 'steps,gradients,specs' },
    specs: { type: 'string', default: '' },
    ops: { type: 'string', default: '' },
  },
});
if (values.device !== 'cpu' && values.device !== 'cuda')
  throw new TypeError(`--device must be cpu or cuda, but is ${values.device}`);

const options: SessionOptions = {
  device: values.device,
  out: values.out,
  models: values.models.split(',').filter((model) => model !== ''),
  steps: Number(values.steps),
  threads: Number(values.threads),
  specs: values.specs,
  ops: values.ops,
};
const end = Date.now() + 60_000 * Number(values.minutes);
const session: Session = { steps: {} };
mkdirSync(options.out, { recursive: true });

/** How long a part that was told to stop may take to say what it has found, in milliseconds. */
const GRACE = 1_000;

/** Runs a part, if there is time, and gives what it finds, or why it finds nothing. */
async function part<T>(name: string, run: (signal: AbortSignal) => Promise<T>): Promise<T | string> {
  const left = end - Date.now();
  if (left < 5_000) return `${name}: no time was left`;
  const start = Date.now();
  const signal = AbortSignal.timeout(left);
  const late = new Promise<string>((resolve) =>
    signal.addEventListener('abort', () => setTimeout(resolve, GRACE, `${name}: the time was up`)),
  );
  const result = await Promise.race([
    run(signal).catch((error: unknown) => `${name}: ${error instanceof Error ? error.message : error}`),
    late,
  ]);
  console.log(
    `${name}: ${((Date.now() - start) / 1000).toFixed(1)} s${typeof result === 'string' ? `: ${result}` : ''}`,
  );
  return result;
}

function save(): void {
  writeFileSync(join(options.out, 'session.json'), JSON.stringify(session, null, 2));
  writeFileSync(join(options.out, 'session.md'), sessionText(session));
}

session.engine = await part('engine', () => enginePart(options));
save();
const wanted = values.only.split(',');
if (wanted.includes('steps'))
  for (const model of options.models)
    for (const tensorFloat32 of options.device === 'cuda' ? [false, true] : [false]) {
      const name = `${model}${tensorFloat32 ? ', TensorFloat-32' : ''}`;
      session.steps[name] = await part(name, () => stepPart(options, model, tensorFloat32));
      save();
    }
if (wanted.includes('gradients')) {
  session.gradients = await part('gradients', (signal) => gradientsPart(options, signal));
  save();
}
if (wanted.includes('specs')) {
  session.specs = await part('specs', () => specsPart(options));
  save();
}
console.log(sessionText(session));
process.exit(0);

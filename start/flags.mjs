// @ts-check
// The flags of `npm start`. Plain JavaScript, because they are read before anything is installed or built.
import util from 'node:util';

/** A flag that is unknown, or a value that it does not take. */
export class UsageError extends Error {
  /** @override */
  name = 'UsageError';
}

/** The engines, by the names that `engine({ use })` and a run's summary share. */
const ENGINES = /** @type {const} */ ([
  'tfjs-node-gpu',
  'torch-cuda',
  'torch-mps',
  'torch-cpu',
  'tfjs-node',
  'webgpu',
  'wasm',
  'cpu',
]);

/**
 * What the user said; everything else is decided when the engine is known.
 *
 * @typedef {object} Flags
 * @property {number} [steps]
 * @property {typeof ENGINES[number]} [engine]
 * @property {string} [name]
 * @property {string} [resume]
 * @property {number} [seed]
 * @property {number} [batch]
 * @property {string} [out]
 * @property {number} [threads]
 * @property {number} [filters]
 * @property {number} [latents]
 * @property {number} [decay]
 * @property {number} [samples]
 * @property {boolean} [help]
 */

/**
 * @param {string} expected
 * @param {(value: number) => boolean} accepts
 */
const number = (expected, accepts) => ({
  value: 'n',
  /** @param {string} flag @param {string} text */
  read: (flag, text) => {
    const value = text.trim() === '' ? Number.NaN : Number(text);
    if (!accepts(value)) throw new UsageError(`${flag} must be ${expected}, but is '${text}'`);
    return value;
  },
});

/** @param {number} least @param {number} [most] */
const count = (least, most = Number.MAX_SAFE_INTEGER) =>
  number(
    most === Number.MAX_SAFE_INTEGER
      ? `a whole number of at least ${least}`
      : `a whole number from ${least} to ${most}`,
    (value) => Number.isSafeInteger(value) && value >= least && value <= most,
  );

const NAME = /^[A-Za-z0-9](?:[A-Za-z0-9._-]{0,62}[A-Za-z0-9_-])?$/;
const runName = {
  value: 'run',
  /** @param {string} flag @param {string} text */
  read: (flag, text) => {
    if (!NAME.test(text))
      throw new UsageError(`${flag} must be 1 to 64 letters, digits, '-', '_' and '.', but is '${text}'`);
    return text;
  },
};

const FLAGS = {
  steps: { ...count(1), says: 'steps to train; 2,000 on an engine that is fast enough' },
  engine: {
    value: 'name',
    says: `where to compute: ${ENGINES.join(', ')}; the fastest that works here unless said`,
    /** @param {string} flag @param {string} text */
    read: (flag, text) => {
      const engine = ENGINES.find((name) => name === text);
      if (!engine) throw new UsageError(`${flag} must be one of ${ENGINES.join(', ')}, but is '${text}'`);
      return engine;
    },
  },
  name: { ...runName, says: 'name of a new run; digits-1, digits-2, ... unless said' },
  resume: { ...runName, says: 'goes on with a run that was stopped, or with --steps one that is done' },
  seed: { ...count(0), says: 'the same seed gives the same bits on the same engine; 1 unless said' },
  batch: { ...count(2), says: 'digits in a batch; 64 unless said' },
  out: {
    value: 'folder',
    says: 'where runs are kept; runs unless said',
    /** @param {string} flag @param {string} text */
    read: (flag, text) => {
      if (text.trim() === '' || text.startsWith('--'))
        throw new UsageError(`${flag} must be a folder, but is '${text}'`);
      return text;
    },
  },
  threads: { ...count(1), says: 'threads of the engine; as many as it likes unless said' },
  filters: { ...count(1), says: 'width of both networks; 64 on an engine that is fast enough' },
  latents: { ...count(1), says: 'random numbers that a digit is made of; 128 unless said' },
  decay: {
    ...number('at least 0 and less than 1', (value) => value >= 0 && value < 1),
    says: 'of the running average of weights',
  },
  samples: { ...count(100, 5000), says: 'digits to measure by; 5,000 on an engine that is fast enough' },
};

/** What a run that goes on has settled already. */
const SETTLED = /** @type {const} */ (['name', 'batch', 'seed', 'filters', 'latents', 'decay']);

/**
 * Reads the flags of `npm start`.
 *
 * @param {readonly string[]} args What follows `--`.
 * @returns {Flags}
 * @throws {UsageError} for a flag that is unknown or a value it does not take, in one sentence.
 */
export function parseFlags(args) {
  const options = Object.fromEntries(
    Object.keys(FLAGS).map((name) => [name, { type: /** @type {const} */ ('string') }]),
  );
  const { tokens } = util.parseArgs({
    args: [...args],
    options: { ...options, help: { type: 'boolean', short: 'h' } },
    strict: false,
    tokens: true,
  });
  /** @type {Record<string, unknown>} */
  const said = {};
  for (const token of tokens) {
    if (token.kind === 'positional')
      throw new UsageError(`'${token.value}' is not a flag; --help lists those of npm start`);
    if (token.kind !== 'option') continue;
    if (token.name === 'help' || token.name === 'h') {
      said['help'] = true;
      continue;
    }
    if (!Object.hasOwn(FLAGS, token.name))
      throw new UsageError(`${token.rawName} is not a flag of npm start; it takes ${listed()} and --help`);
    if (token.value === undefined) throw new UsageError(`${token.rawName} must be followed by a value`);
    said[token.name] = FLAGS[/** @type {keyof typeof FLAGS} */ (token.name)].read(token.rawName, token.value);
  }
  const settled = said['resume'] === undefined ? undefined : SETTLED.find((name) => said[name] !== undefined);
  if (settled) throw new UsageError(`--${settled} cannot change when a run is resumed: leave it out`);
  return said;
}

const listed = () =>
  Object.keys(FLAGS)
    .map((name) => `--${name}`)
    .join(', ');

/**
 * Flags that npm kept for itself because the `--` before them was forgotten: it would start a long run with none of them.
 *
 * @param {Readonly<Record<string, string | undefined>>} environment
 * @throws {UsageError} if there are any.
 */
export function refuseSwallowedFlags(environment) {
  const swallowed = Object.keys(FLAGS).find((name) => environment[`npm_config_${name}`] !== undefined);
  if (swallowed)
    throw new UsageError(
      `npm kept --${swallowed} for itself: flags go after --, as in npm start -- --${swallowed} ...`,
    );
}

/** What `--help` prints. */
export const help = () =>
  [
    'npm start -- [flags]: trains a class-conditional DCGAN on real digits and writes what it makes to runs/<name>/.',
    '',
    ...Object.entries(FLAGS).map(([name, { value, says }]) => `  ${`--${name} <${value}>`.padEnd(20)}${says}`),
    `  ${'--help'.padEnd(20)}prints this`,
    '',
    'Ctrl-C stops, saves, and prints the command that goes on.',
  ].join('\n');

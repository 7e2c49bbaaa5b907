import { parseFlags } from '../flags.mjs';
import { main } from './main.js';

/** `npm start` on the sources, without installing or building. */
process.exitCode = await main(parseFlags(process.argv.slice(2)));

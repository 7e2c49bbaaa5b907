// @ts-check
// `npm start`: from a fresh clone to a page of new digits. Checks, installs, builds; the rest is start/src/main.ts.
import { help, parseFlags, refuseSwallowedFlags, UsageError } from '../start/flags.mjs';
import { build, CommandError, install, requireNode } from './workspace.mjs';

const parent = process.ppid;
try {
  requireNode();
  refuseSwallowedFlags(process.env);
  const flags = parseFlags(process.argv.slice(2));
  if (flags.help) console.log(help());
  else {
    install();
    build();
    // A signal to npm alone ends the shell between it and us: then nobody waits for what comes next.
    if (process.ppid !== parent) process.exit(143);
    const { main } = await import(new URL('../start/dist/main.js', import.meta.url).href);
    process.exitCode = await main(flags);
  }
} catch (error) {
  if (!(error instanceof UsageError || error instanceof CommandError)) throw error;
  console.error(error.message);
  process.exitCode = error instanceof UsageError ? 2 : 1;
}

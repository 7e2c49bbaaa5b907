/** Runs the programs that it is given, one after another, and says of each what it printed and what it threw, a line of JSON each. */
import { pathToFileURL } from 'node:url';

const write = process.stdout.write.bind(process.stdout);
for (const path of process.argv.slice(2)) {
  let output = '';
  process.stdout.write = ((text: string | Uint8Array) => {
    output += text;
    return true;
  }) as typeof process.stdout.write;
  const error = await import(pathToFileURL(path).href).then(
    () => undefined,
    (reason: unknown) => (reason instanceof Error ? reason.stack : String(reason)),
  );
  process.stdout.write = write;
  write(`${JSON.stringify({ path, output, error })}\n`);
}

import { testCheckpoint } from './checkpoint.fixture.js';
import { writeCheckpoint } from './checkpoint-folder.js';

/** Writes one checkpoint after the other into a folder and says the number of each, until it is killed. */
const [folder, first] = process.argv.slice(2) as [string, string];
for (let step = Number(first); ; step++) {
  await writeCheckpoint(folder, testCheckpoint(step));
  process.stdout.write(`${step}\n`);
}

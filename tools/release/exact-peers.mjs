// @ts-check
// What `npm run release` does before `changeset publish`: packages ask for the very version of @gan/core that they were
// released with. In the repository they ask for any before 1.0, since changesets takes a peer that leaves its range for a
// breaking change, and before 1.0 every minor version leaves `^`.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/**
 * @param {string} root The repository.
 * @returns {string[]} The packages that were changed.
 */
export function exactPeers(root) {
  return readdirSync(join(root, 'packages')).filter((name) => {
    const path = join(root, 'packages', name, 'package.json');
    const before = readFileSync(path, 'utf8');
    const after = before.replaceAll('"workspace:0.x"', '"workspace:^"');
    if (after !== before) writeFileSync(path, after);
    return after !== before;
  });
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) console.log(exactPeers(process.cwd()).join('\n'));

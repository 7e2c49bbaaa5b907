import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import * as published from '../index.js';

const here = fileURLToPath(new URL('.', import.meta.url));
const families = readdirSync(here, { withFileTypes: true }).filter((entry) => entry.isDirectory());

describe('the networks', () => {
  it.each(families.map(({ name }) => name))('of %s are all given to the conformance kit', (family) => {
    const files = readdirSync(`${here}${family}`).filter((name) => name.endsWith('.ts') && !name.includes('.test.'));
    const factories = files
      .flatMap((file) => [...readFileSync(`${here}${family}/${file}`, 'utf8').matchAll(/^export function (\w+)/gm)])
      .map((match) => match[1]!)
      .filter(
        (name) => name in published && /(?:[gG]enerator|[dD]iscriminator|Mapping|Synthesis|coder|Network)$/.test(name),
      );
    const checked = readFileSync(`${here}${family}/conformance.test.ts`, 'utf8');
    expect(factories.length).toBeGreaterThan(0);
    expect(factories.filter((name) => !checked.includes(`${name}(`))).toEqual([]);
  });
});

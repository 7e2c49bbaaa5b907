import { digitEntries } from './digit-entries.js';
import { emojiEntries } from './emoji-entries.js';
import type { Entry } from './entry.js';

/** What is trained, by name: all networks of @gan/architectures that no example trains. A new one takes one entry. */
export const catalogue: Readonly<Record<string, Entry>> = { ...emojiEntries, ...digitEntries };

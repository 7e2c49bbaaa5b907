import type { DatasetName } from './datasets.js';
import { digitEntries } from './digit-entries.js';
import { emojiEntries } from './emoji-entries.js';
import type { Entry } from './entry.js';

/** An entry, and what it is trained on. */
export interface ListedEntry extends Entry {
  readonly data: DatasetName;
}

const on = (data: DatasetName, entries: Readonly<Record<string, Entry>>): Readonly<Record<string, ListedEntry>> =>
  Object.fromEntries(Object.entries(entries).map(([name, entry]) => [name, { ...entry, data }]));

/** What is trained, by name: all networks of @gan/architectures that no example trains. A new one takes one entry. */
export const catalogue: Readonly<Record<string, ListedEntry>> = {
  ...on('emoji', emojiEntries),
  ...on('digits', digitEntries),
};

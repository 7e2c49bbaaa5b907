import { type Maker, shown } from '@gan/core';

/**
 * The input that a generator's samples vary with: the one named, else `styles` if it takes those, else `latents`.
 *
 * @throws TypeError if it takes no such input.
 */
export function variedInput(term: string, { inputs }: Maker, named: string | undefined): string {
  const input = named ?? ('styles' in inputs ? 'styles' : 'latents');
  if (!(input in inputs))
    throw new TypeError(
      `${term} varies the input ${shown(input)}, but the generator takes ${Object.keys(inputs).join(', ')}`,
    );
  return input;
}

import type { Opening, Tensors } from '@gan/core';

/** Whose parameters a term is about: the judge's, or those of the network that makes `fake`. */
export type Owner = 'discriminator' | 'generator';

/** The parameters of a side's network; there need be no other. */
export const parametersOf = (side: Owner, at: Opening<'fake'>): Tensors =>
  side === 'discriminator' ? at.parameters : at.maker('fake').parameters;

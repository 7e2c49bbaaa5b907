import { library } from './library.js';

/** What a sentence of libtorch's own becomes before 2.13, which does not hand it out. */
export const told = (sentence: string): string =>
  library().functions.torch_exception_get_what_without_backtrace === undefined
    ? `failed; libtorch ${library().version} has printed why to stderr`
    : sentence;

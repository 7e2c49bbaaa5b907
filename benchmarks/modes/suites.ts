import { gaussianGrid, ring } from '@gan/data';

/** Mixtures in the plane whose modes can be counted, by name. */
export const suites = {
  /** 8 modes on a circle: 1611.02163, appendix A. */
  ring: () => ring(),
  /** 25 modes on a grid: 1705.07761, section 4.1. */
  grid: () => gaussianGrid(),
} as const;

export type SuiteName = keyof typeof suites;

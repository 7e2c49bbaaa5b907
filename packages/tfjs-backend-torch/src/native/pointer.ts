/** The 64-bit pointer or count that a native call has written, low word first. Addresses stay below 2^53. */
export const pointerIn = (words: Uint32Array, at = 0): number => words[2 * at + 1]! * 2 ** 32 + words[2 * at]!;

import type { Pins } from '../../packages/gan-engine/src/libtorch/pins.js';
import table from './pins.json' with { type: 'json' };

/** The version of TensorFlow that tfjs-node is built against; the one it brings itself is 2.9.1. */
export const tensorflowVersion: string = table.version;

/** TensorFlow's C library and the headers of it that the binding includes, by platform. Made by tools/libtorch-pins. */
export function tensorflowPins(platform: string): Pins | undefined {
  const platforms: Readonly<Record<string, Omit<Pins, 'version' | 'python'>>> = table.platforms;
  const found = platforms[platform];
  return found && { version: table.version, python: table.python, ...found };
}

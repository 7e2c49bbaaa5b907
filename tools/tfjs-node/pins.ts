import type { Pins } from '../../packages/gan-engine/src/libtorch/pins.js';
import table from './pins.json' with { type: 'json' };

/** TensorFlow's C library, newer than the 2.9.1 that tfjs-node brings itself, and the headers of it that the binding includes, by platform. Made by tools/libtorch-pins. */
export function tensorflowPins(platform: string): Pins | undefined {
  const platforms: Readonly<Record<string, Omit<Pins, 'version' | 'python'>>> = table.platforms;
  const found = platforms[platform];
  return found && { version: table.version, python: table.python, ...found };
}

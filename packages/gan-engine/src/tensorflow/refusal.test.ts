import { describe, expect, it } from 'vitest';
import { refusal } from './refusal.js';

const sentence = (message: string) => refusal('tfjs-node', '@tensorflow/tfjs-node', new Error(message)).message;

describe('refusal', () => {
  // The sentences of Node 20 and 24, of tfjs-node 4.22 without its binding, and of the loader.
  it.each([
    [
      "Cannot find package '@tensorflow/tfjs-node' imported from /x.js",
      /is not installed; `npm install @tensorflow\/tfjs-node`/,
    ],
    ["Cannot find module '@tensorflow/tfjs-node'\nRequire stack:", /is not installed/],
    [
      'The Node.js native addon module (tfjs_binding.node) can not be found at path: /x/lib/napi-v8/tfjs_binding.node.',
      /its install script was blocked, or could not download it; `npm rebuild @tensorflow\/tfjs-node` runs the script \(with pnpm, `pnpm approve-builds` first\)/,
    ],
    [
      'libcudart.so.11.0: cannot open shared object file: No such file or directory',
      /needs libcudart.so.11.0:?, which is not on this machine; install CUDA 11.2/,
    ],
    ['something else\n    at x', /does not load: something else; choose another engine$/],
  ])('makes of "%s" what to do', (message, expected) => {
    expect(sentence(message)).toMatch(expected);
  });
});

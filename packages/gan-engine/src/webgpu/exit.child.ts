import { mul, tensor } from '@tensorflow/tfjs-core';
import { engine } from '../engine.js';

/** Computes something on WebGPU, reads it in both ways and comes to its end with the device open. */
await engine({ use: 'webgpu' });
const x = mul(tensor([1, 2, 3]), 2);
process.stdout.write(`${x.dataSync().join()} ${(await x.data()).join()}`);

import { engine } from '@gan/engine';
import { backendNames } from '@gan/tfjs-backend-torch';
import * as tf from '@tensorflow/tfjs-core';

/** Runs the tests of a file in float64 on libtorch, whichever backend they choose themselves. */

await engine({ use: 'torch-cpu', precision: 'float64' });
const core = tf.engine();
const setBackend = core.setBackend.bind(core);
core.setBackend = () => setBackend(backendNames.float64);

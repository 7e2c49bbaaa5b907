import { conformance } from '../../network-conformance.fixture.js';
import { fastganDecoder } from './fastgan-decoder.js';
import { fastganDiscriminator } from './fastgan-discriminator.js';
import { fastganGenerator } from './fastgan-generator.js';

const small = { sample: [32, 32, 3], filters: 1 } as const;
const judge = fastganDiscriminator(small);
const { fine, coarse } = judge.outputs;

conformance({
  generator: fastganGenerator({ ...small, latents: [2, 3] }),
  discriminator: judge,
  decoder: fastganDecoder({ ...small, fine, coarse }),
});

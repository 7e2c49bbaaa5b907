import { conformance } from '../../network-conformance.fixture.js';
import { styleganDiscriminator } from './stylegan-discriminator.js';
import { styleganMapping } from './stylegan-mapping.js';
import { styleganSynthesis } from './stylegan-synthesis.js';

const small = { sample: [8, 8, 3], filters: 2, widest: 4, growsTo: 16 } as const;

conformance({
  'mapping of 3 classes': styleganMapping({ sample: small.sample, latents: 5, width: 6, layers: 2, classes: 3 }),
  synthesis: styleganSynthesis({ sample: [4, 4, 1], filters: 3, width: 6 }),
  'fading synthesis': styleganSynthesis({ ...small, width: 6, fade: 2 }),
  discriminator: styleganDiscriminator({ sample: [4, 4, 1], filters: 3, group: 1 }),
  'fading discriminator of 3 classes': styleganDiscriminator({ ...small, classes: 3, fade: 2, group: 1 }),
});

import { conformance } from '../../network-conformance.fixture.js';
import { patchDiscriminator } from './patch-discriminator.js';

const picture = { sample: [16, 20, 2], filters: 2, layers: 2 } as const;

conformance({
  'judge of patches': patchDiscriminator(picture),
  'judge of patches with instance norm': patchDiscriminator({ ...picture, normalization: 'instance' }),
  'judge of patches with spectral norm': patchDiscriminator({ ...picture, normalization: 'spectral' }),
});

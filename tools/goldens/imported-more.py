"""More networks of other implementations for imported.py's folder, as safetensors files with what they give (filed.py).

    python tools/goldens/imported-more.py FASTGAN R3GAN       # writes tests/golden/imported/*.safetensors

Needs torch (made with 2.15.0), safetensors, pro-gan-pth 3.4 and torchgan 0.1.0, both without their dependencies, and checkouts
of the authors' code of FastGAN (its repository is gone; made with terrestrialassemblages/FastGAN-pytorch at af8400d, whose
models.py is the authors' 1a848e5) and of brownvc/R3GAN (made with 19a7ddf), which wants requests.

- FastGAN's authors put a tanh behind pictures of 1024 alone; here it is behind those of 256 and 512, too. All widths are
  divided by a number, rounded up. Noise has a strength of 0: it is random in both.
- Of pro-gan-pth's generator the first map goes through pixel norm, too, as in the code of the paper's authors; `nf`, its table
  of widths, is narrower; and its transposed convolution asks PyTorch in a way that is gone.
- torchgan's generators are asked for ReLUs, and its judges for a linear score: leaky ReLUs are what they have otherwise.
"""

import builtins
import math
import sys

import torch
import torch.nn.functional as F
from exported import nhwc, picture
from filed import settled, thinned, written
from installed import absent, pro_gan_pth, without_init
from torch import nn

without_init("torchgan", "torchgan.models")
absent("pkg_resources", parse_version=torch.torch_version.TorchVersion)
sys.path[:0] = sys.argv[1:3]

import models as fastgan
from R3GAN.Networks import Discriminator, Generator
from torchgan.models.conditional import ConditionalGANGenerator
from torchgan.models.dcgan import DCGANDiscriminator, DCGANGenerator

torch.manual_seed(11)


def of_fastgan(side, times):
    fastgan.int = lambda width: math.ceil(width / times)
    generator, judge = fastgan.Generator(ngf=32, nz=5, im_size=side), fastgan.Discriminator(ndf=32, im_size=side)
    fastgan.int = builtins.int
    small = lambda x: [x, F.interpolate(x, size=128)]

    def making(g, z):
        picture, _ = g(z)
        return picture if side == 1024 else torch.tanh(picture)

    def decoded(d, x):
        parts = [d(small(x), "real", part)[1] for part in range(4)]
        a, b, c, e = [part for _, _, part in parts]
        quarters = torch.cat([torch.cat([a, b], 3), torch.cat([c, e], 3)], 2)
        large = lambda y: thinned(nhwc(F.interpolate(y, size=side, mode="nearest")))[0]
        return {"whole": large(parts[0][0]), "quarters": large(quarters)}

    def judging(d, x):
        return d(small(x), "fake")[: len(x) * 25]

    def ready(network):
        run = (lambda: making(network, torch.randn(4, 5).double())) if network is generator else (lambda: decoded(network, picture(side)))
        settled(network, run, torch.float16)
        for part in network.modules():
            if isinstance(part, fastgan.NoiseInjection):
                nn.init.zeros_(part.weight)

    batch = 2 if side == 256 else 1
    written(
        f"fastgan-{side}", generator, judge, side, batch=batch, making=making, judging=judging, ready=ready, beside=decoded,
        dtype=torch.float16,
    )


def of_r3gan(name, widths, per_group, blocks, classes=None, latents=5):
    """Widths are those of 4 x 4, 8 x 8, ..."""
    size = lambda of: {
        "WidthPerStage": of, "CardinalityPerStage": [2 * width // per_group for width in of],
        "BlocksPerStage": [blocks] * len(of), "ExpansionFactor": 2, "ConditionDimension": classes,
    }
    generator = Generator(latents, **size(widths), ConditionEmbeddingDimension=latents if classes else 0)
    judge = Discriminator(**size(widths[::-1]), ConditionEmbeddingDimension=widths[0] if classes else 0)

    def doubled(network, x):
        """Stages cast what they are given, and filters must be float32."""
        for stage in network.MainLayers:
            stage.DataType = torch.float64
        for name, filter in network.named_buffers():
            filter.data = filter.float()
        return network(x) if classes is None else network(x, F.one_hot(torch.tensor([2, 0]), classes).double())

    side = 4 * 2 ** (len(widths) - 1)
    written(name, generator, judge, side, width=latents, making=doubled, judging=doubled)


def of_progressive(depth):
    networks = pro_gan_pth()
    networks.nf = lambda stage: min(6, 2**depth >> stage)
    written(
        "pro-gan-pth", networks.Generator(depth, 3, 5), networks.Discriminator(depth, 3, 6), 2**depth, batch=4,
        judging=lambda d, x: d(x, depth, 1.0),
    )


for side, times in {256: 16, 512: 32, 1024: 32}.items():
    of_fastgan(side, times)
of_r3gan("r3gan-16", [12, 12, 6], per_group=4, blocks=1)
of_r3gan("r3gan-classes-8", [8, 4], per_group=4, blocks=2, classes=3)
of_progressive(4)
written(
    "torchgan-dcgan",
    DCGANGenerator(encoding_dims=5, out_size=32, step_channels=2, nonlinearity=nn.ReLU()),
    DCGANDiscriminator(in_size=32, step_channels=2, last_nonlinearity=nn.Identity()),
    32,
)
written(
    "torchgan-conditional",
    ConditionalGANGenerator(3, encoding_dims=5, out_size=32, step_channels=2, nonlinearity=nn.ReLU()),
    None, 32, making=lambda g, z: g(z, torch.tensor([2, 0])),
)

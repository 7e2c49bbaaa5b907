"""Small networks of other implementations as safetensors files, with what they give, to be read through tables of names.

    python tools/goldens/imported.py CHECKOUT       # writes tests/golden/imported/*.safetensors

Needs torch (made with 2.15.0), safetensors, torch-mimicry 0.1.16, basicsr 1.4.2 and pytorch-pretrained-biggan 0.1.1, these
three without their dependencies, and a checkout of ajbrock/BigGAN-PyTorch (made with 9845943).
What a file has is said in filed.py; the others are of imported-more.py and imported-stylegan2.py.

What is put right of torch-mimicry is said in resnet.py; StyleGAN2 is basicsr's, and once more under the names of the
implementation that it comes from, rosinality's, read from the latter's model.py. The DCGAN is that of PyTorch's tutorial.
"""

import contextlib
import io
import re
import sys

import torch
import torch.nn.functional as F
from filed import FOLDER, settled, written
from installed import absent, basicsr_stylegan2, without_init
from safetensors.torch import save_file
from torch import nn

without_init("torch_mimicry", "torch_mimicry.nets")
without_init("pytorch_pretrained_biggan")
absent("pytorch_pretrained_biggan.file_utils", cached_path=None)
sys.path.insert(0, sys.argv[1])

import BigGAN
import BigGANdeep
import layers
from pytorch_pretrained_biggan.config import BigGANConfig
from pytorch_pretrained_biggan.model import BigGAN as Pretrained
from pytorch_pretrained_biggan.model import BigGANBatchNorm, snlinear

from torch_mimicry.modules import resblocks
from torch_mimicry.nets.cgan_pd import cgan_pd_32
from torch_mimicry.nets.sagan import sagan_32
from torch_mimicry.nets.sngan import sngan_32, sngan_48, sngan_64, sngan_128
from torch_mimicry.nets.ssgan import ssgan_32
from torch_mimicry.nets.wgan_gp import wgan_gp_32

resblocks.GBlock._upsample_conv = lambda _, x, conv: conv(F.interpolate(x, scale_factor=2, mode="nearest"))
arch = basicsr_stylegan2()
torch.manual_seed(5)


def tutorial(side, nz=5, filters=2):
    """https://docs.pytorch.org/tutorials/beginner/dcgan_faces_tutorial.html"""
    up = [nn.ConvTranspose2d(nz, 8 * filters, 4, 1, 0, bias=False), nn.BatchNorm2d(8 * filters), nn.ReLU()]
    down = [nn.Conv2d(3, filters, 4, 2, 1, bias=False), nn.LeakyReLU(0.2)]
    for times in [4, 2, 1]:
        a, b = 2 * times * filters, times * filters
        up += [nn.ConvTranspose2d(a, b, 4, 2, 1, bias=False), nn.BatchNorm2d(b), nn.ReLU()]
    for times in [1, 2, 4]:
        a, b = times * filters, 2 * times * filters
        down += [nn.Conv2d(a, b, 4, 2, 1, bias=False), nn.BatchNorm2d(b), nn.LeakyReLU(0.2)]
    up += [nn.ConvTranspose2d(filters, 3, 4, 2, 1, bias=False), nn.Tanh()]
    down += [nn.Conv2d(8 * filters, 1, 4, 1, 0, bias=False), nn.Sigmoid()]

    class Net(nn.Module):
        def __init__(self, layers):
            super().__init__()
            self.main = nn.Sequential(*layers)

        def forward(self, x):
            return self.main(x[:, :, None, None] if x.dim() == 2 else x)

    return Net(up), Net(down)


def authors(name, module, latents):
    two = torch.tensor([2, 0])
    with contextlib.redirect_stdout(io.StringIO()):
        size = dict(G_ch=2, resolution=32, n_classes=3, G_attn="16", dim_z=latents, shared_dim=4, hier=True, no_optim=True)
        generator = module.Generator(**size)
        judge = module.Discriminator(D_ch=2, resolution=32, n_classes=3, D_attn="0")
    # Their table of 32 x 32 judges has the wrong sides.
    judge.blocks[1].append(layers.Attention(8, judge.which_conv))
    making = lambda g, z: g(z, g.shared(two))
    written(name, generator, judge, 32, width=latents, classes=3, making=making)


def pretrained():
    """Half as wide as its own, to end at 64; with statistics for truncations of 0, a half and 1, rather than fiftieths."""
    blocks = [(False, 8, 8), (True, 8, 8), (False, 8, 8), (True, 8, 4), (False, 4, 4), (True, 4, 2), (False, 2, 2), (True, 2, 1)]
    config = BigGANConfig(
        z_dim=2, class_embed_dim=2, channel_width=4, num_classes=3, n_stats=3, layers=blocks, attention_layer_position=6,
    )
    network = Pretrained(config)
    config.channel_width = 2
    network.generator.gen_z = snlinear(in_features=4, out_features=4 * 4 * 32, eps=config.eps)
    # It leaves them whatever the memory held.
    nn.init.ones_(network.generator.bn.weight)
    nn.init.zeros_(network.generator.bn.bias)
    return network


def pretrained_picture(generator, latents):
    return generator(latents, F.one_hot(torch.tensor([2, 0]), 3).double(), 0.5)


def without_noise(network):
    """It is random in both, and compared elsewhere."""
    if isinstance(network, arch.StyleGAN2Generator):
        with torch.no_grad():
            for layer in [network.style_conv1, *network.style_convs]:
                layer.weight.zero_()


written("sngan-32", sngan_32.SNGANGenerator32(nz=5, ngf=2), sngan_32.SNGANDiscriminator32(ndf=2), 32)
written("sngan-48", sngan_48.SNGANGenerator48(nz=5, ngf=8), sngan_48.SNGANDiscriminator48(ndf=16), 48)
written("sngan-64", sngan_64.SNGANGenerator64(nz=5, ngf=16), sngan_64.SNGANDiscriminator64(ndf=16), 64)
written("sngan-128", sngan_128.SNGANGenerator128(nz=5, ngf=16), sngan_128.SNGANDiscriminator128(ndf=16), 128)
written("ssgan-32", None, ssgan_32.SSGANDiscriminator32(ndf=8), 32)
written("wgan-gp-32", None, wgan_gp_32.WGANGPDiscriminator32(ndf=8), 32)
written(
    "projection-32", cgan_pd_32.CGANPDGenerator32(3, nz=5, ngf=2), cgan_pd_32.CGANPDDiscriminator32(3, ndf=2), 32,
    classes=3,
)
written("sagan-32", sagan_32.SAGANGenerator32(3, nz=5, ngf=8), sagan_32.SAGANDiscriminator32(3, ndf=8), 32, classes=3)
written("dcgan-tutorial", *tutorial(64), 64)
stylegan2 = written(
    "basicsr-stylegan2",
    arch.StyleGAN2Generator(16, num_style_feat=6, num_mlp=3, lr_mlp=0.01, narrow=4 / 512),
    arch.StyleGAN2Discriminator(16, narrow=4 / 512, stddev_group=2),
    16, width=6, batch=4, training=True, making=lambda g, z: g([z]), ready=without_noise,
)

NAMES = [
    ("generator.style_mlp.", "generator.style."), ("constant_input.weight", "input.input"), ("style_conv", "conv"),
    ("modulated_conv", "conv"), ("noises.noise", "noises.noise_"), ("judge.conv_body", "judge.convs"),
]


def renamed(name):
    name = re.sub(r"(style_conv(?:1|s\.\d+))\.weight$", r"\1.noise.weight", name)
    for theirs, others in NAMES:
        name = name.replace(theirs, others)
    return name


filters = {
    f"generator.{name}.kernel": torch.ones(4, 4)
    for name in ["to_rgbs.0.upsample", "to_rgbs.1.upsample", "convs.0.conv.blur", "convs.2.conv.blur"]
} | {f"judge.convs.{k}.{name}.0.kernel": torch.ones(4, 4) for k in [1, 2] for name in ["conv2", "skip"]}
save_file({renamed(name): x for name, x in stylegan2.items()} | filters, FOLDER / "rosinality-stylegan2.safetensors")
authors("biggan-32", BigGAN, 8)
authors("biggan-deep-32", BigGANdeep, 3)
written(
    "biggan-pretrained", pretrained(), None, 64, width=2, dtype=torch.float16, making=pretrained_picture,
    ready=lambda g: settled(
        g, lambda: pretrained_picture(g, torch.randn(2, 2).double()), torch.float16, BigGANBatchNorm, ["running_means", "running_vars"],
    ),
)
print({path.name: path.stat().st_size for path in sorted(FOLDER.iterdir())})

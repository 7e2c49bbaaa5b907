"""Small networks of other implementations as safetensors files, with what they give, to be read through tables of names.

    python tools/goldens/imported.py       # writes tests/golden/imported/*.safetensors

Needs torch (made with 2.15.0), safetensors, torch-mimicry 0.1.16 and basicsr 1.4.2, the last two without their dependencies.
A file has the state of a generator (`generator.*`) and of a judge (`judge.*`) as they are, and `golden.*`: latents, classes,
what the generator makes of them in inference, and what the judge says of pictures whose numbers are i * 7919 mod 1024, from
-1 to 1, in float64. Of large outputs every `stride`th number is stored. Weights are exact in float32; statistics of norms
and vectors of spectral norm are whatever, as half way through training.

What is put right of torch-mimicry is said in resnet.py; StyleGAN2 is basicsr's, and once more under the names of the
implementation that it comes from, rosinality's, read from the latter's model.py. The DCGAN is that of PyTorch's tutorial.
"""

import re
from pathlib import Path

import torch
import torch.nn.functional as F
from installed import basicsr_stylegan2, without_init
from safetensors.torch import save_file
from torch import nn

without_init("torch_mimicry", "torch_mimicry.nets")

from torch_mimicry.modules import resblocks
from torch_mimicry.nets.cgan_pd import cgan_pd_32
from torch_mimicry.nets.sagan import sagan_32
from torch_mimicry.nets.sngan import sngan_32, sngan_48, sngan_64, sngan_128
from torch_mimicry.nets.ssgan import ssgan_32
from torch_mimicry.nets.wgan_gp import wgan_gp_32

FOLDER = Path(__file__).resolve().parents[2] / "tests" / "golden" / "imported"
resblocks.GBlock._upsample_conv = lambda _, x, conv: conv(F.interpolate(x, scale_factor=2, mode="nearest"))
arch = basicsr_stylegan2()
torch.manual_seed(5)


def shaken(module):
    """Everything away from what it began with, and exact in float32."""
    with torch.no_grad():
        for name, x in [*module.named_parameters(), *module.named_buffers()]:
            if not x.is_floating_point() or name.endswith("kernel"):
                continue
            x.copy_((x + 0.1 * torch.randn_like(x)).float())
            if name.endswith("running_var"):
                x.abs_().add_(0.5)
            # A table of names cannot be seen to mix up biases and scales that are all alike.
            if name.endswith("sn_u") or re.search(r"weight_[uv]$", name):
                x.copy_(F.normalize(x, dim=-1).float())
    for part in module.modules():
        if isinstance(part, nn.ReLU):
            part.inplace = False
    return module


def thinned(x):
    stride = 1 + x.numel() // 300
    return x.detach().double().flatten()[::stride].contiguous(), torch.tensor(stride, dtype=torch.int32)


def nhwc(x):
    return x.permute(0, 2, 3, 1)


def written(name, generator, judge, side, width=5, classes=None, batch=2, training=False):
    tensors = {}
    for part, network in {"generator": generator, "judge": judge}.items():
        if network is None:
            continue
        shaken(network)
        if part == "generator" and name.endswith("stylegan2"):
            # Noise is random in both; it is compared elsewhere.
            with torch.no_grad():
                for layer in [network.style_conv1, *network.style_convs]:
                    layer.weight.zero_()
        tensors |= {f"{part}.{key}": value.clone().contiguous() for key, value in network.state_dict().items()}
        network.double().train(training)
        if part == "generator":
            given = torch.randn(batch, width).float()
            tensors["golden.latents"] = given
            given = given.double()
        else:
            count = batch * 3 * side * side
            given = (torch.arange(count) * 7919 % 1024).double() / 512 - 1
            given = given.reshape(batch, side, side, 3).permute(0, 3, 1, 2)
        labels = [] if classes is None else [torch.tensor([2, 0])]
        if name.endswith("stylegan2") and part == "generator":
            given = [given]
        with torch.no_grad():
            said = network(given, *labels)
        if isinstance(said, tuple):
            said = said[0]
        if part == "generator":
            tensors["golden.picture"], tensors["golden.stride"] = thinned(nhwc(said))
        else:
            tensors["golden.score"] = said.reshape(batch, -1).detach()
    save_file(tensors, FOLDER / f"{name}.safetensors")
    return tensors


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


FOLDER.mkdir(exist_ok=True)
written("sngan-32", sngan_32.SNGANGenerator32(nz=5, ngf=2), sngan_32.SNGANDiscriminator32(ndf=2), 32)
written("sngan-48", sngan_48.SNGANGenerator48(nz=5, ngf=8), sngan_48.SNGANDiscriminator48(ndf=16), 48)
written("sngan-64", sngan_64.SNGANGenerator64(nz=5, ngf=16), sngan_64.SNGANDiscriminator64(ndf=16), 64)
written("sngan-128", sngan_128.SNGANGenerator128(nz=5, ngf=16), sngan_128.SNGANDiscriminator128(ndf=16), 128)
written("ssgan-32", None, ssgan_32.SSGANDiscriminator32(ndf=2), 32)
written("wgan-gp-32", None, wgan_gp_32.WGANGPDiscriminator32(ndf=2), 32)
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
    16, width=6, batch=4, training=True,
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
print({path.name: path.stat().st_size for path in sorted(FOLDER.iterdir())})

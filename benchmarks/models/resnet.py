"""The residual networks of SN-GAN for 32 x 32 under the hinge loss, in eager PyTorch: what resnet.ts trains."""

import torch
import torch.nn.functional as F
from torch import nn

from two_players import TwoPlayers

LATENTS = 128
FILTERS = 64


class Up(nn.Module):
    def __init__(self, before, after):
        super().__init__()
        self.first_norm, self.first = nn.BatchNorm2d(before), nn.Conv2d(before, after, 3, 1, 1)
        self.second_norm, self.second = nn.BatchNorm2d(after), nn.Conv2d(after, after, 3, 1, 1)
        self.skip = nn.Conv2d(before, after, 1)

    def forward(self, x):
        h = self.first(F.interpolate(self.first_norm(x).relu_(), scale_factor=2))
        h = self.second(self.second_norm(h).relu_())
        return h + F.interpolate(self.skip(x), scale_factor=2)


class Generator(nn.Module):
    def __init__(self):
        super().__init__()
        self.start = nn.Linear(LATENTS, 16 * FILTERS)
        for k in range(3):
            setattr(self, f"block{k + 1}", Up(FILTERS, FILTERS))
        self.picture_norm, self.picture = nn.BatchNorm2d(FILTERS), nn.Conv2d(FILTERS, 3, 3, 1, 1)

    def forward(self, latents):
        # Our own order of the numbers of the first map, so that its weights are ours.
        x = self.start(latents).view(-1, 4, 4, FILTERS).permute(0, 3, 1, 2).contiguous()
        x = self.block3(self.block2(self.block1(x)))
        return torch.tanh(self.picture(self.picture_norm(x).relu_()))


class Down(nn.Module):
    def __init__(self, before, after, halves, first, bounded=nn.utils.spectral_norm):
        super().__init__()
        self.halves, self.starts = halves, first
        self.first = bounded(nn.Conv2d(before, after, 3, 1, 1))
        self.second = bounded(nn.Conv2d(after, after, 3, 1, 1))
        self.skip = bounded(nn.Conv2d(before, after, 1)) if halves or before != after else None

    def forward(self, x):
        h = self.second(self.first(x if self.starts else x.relu()).relu_())
        if self.halves:
            h, x = F.avg_pool2d(h, 2), F.avg_pool2d(x, 2)
        return h + (self.skip(x) if self.skip else x)


class Discriminator(nn.Module):
    def __init__(self):
        super().__init__()
        self.block1 = Down(3, FILTERS, True, True)
        self.block2 = Down(FILTERS, FILTERS, True, False)
        self.block3 = Down(FILTERS, FILTERS, False, False)
        self.block4 = Down(FILTERS, FILTERS, False, False)
        self.score = nn.utils.spectral_norm(nn.Linear(FILTERS, 1))

    def forward(self, x):
        x = self.block4(self.block3(self.block2(self.block1(x))))
        return self.score(x.relu().sum((2, 3)))


def load(network, weights, prefix):
    """Gives the parameters and the vectors of spectral norm our initial values, by name."""
    # Statistics of batch norm start alike on both sides.
    statistics = ("moving_mean", "moving_variance", "norm/mean", "norm/variance")
    left = {name[len(prefix) :] for name in weights if name.startswith(prefix) and not name.endswith(statistics)}
    with torch.no_grad():
        for own, module in network.named_modules():
            # `block1.first_norm` here is the layer `block1.first.norm` there, and `block1.first_norm.scale` `block1.first.scale`.
            at = own.replace("_norm.", ".").replace("_norm", ".norm")
            spelled = {"gamma": "weight", "beta": "bias"} if isinstance(module, nn.BatchNorm2d) else {"bias": "bias"}
            kernel = "weight_orig" if hasattr(module, "weight_orig") else "weight"
            if isinstance(module, (nn.Conv2d, nn.Linear)):
                spelled["kernel"] = kernel
            for theirs, own_name in spelled.items():
                name = f"parameters/{at}/{theirs}"
                if name not in left:
                    continue
                left.remove(name)
                value = weights[prefix + name]
                if theirs == "kernel":
                    value = value.permute(3, 2, 0, 1) if value.dim() == 4 else value.t()
                getattr(module, own_name).copy_(value)
            if f"parameters/{at}/scale" in left:
                left.remove(f"parameters/{at}/scale")
                module.scale.copy_(weights[f"{prefix}parameters/{at}/scale"])
            if kernel == "weight_orig":
                v = weights[f"{prefix}state/{at}/v"].flatten()
                if isinstance(module, nn.Conv2d):
                    v = v.view(*module.kernel_size, -1).permute(2, 0, 1).flatten()
                module.weight_v.copy_(v)
                module.weight_u.copy_(weights[f"{prefix}state/{at}/u"].flatten())
                left -= {f"state/{at}/u", f"state/{at}/v"}
    if left:
        raise ValueError(f"{prefix} has tensors that PyTorch's network has no place for: {sorted(left)}")


class Model(TwoPlayers):
    def __init__(self, setup, weights, device, memory_format):
        generator, discriminator = self.networks()
        load(generator, weights, "weights/generator/")
        load(discriminator, weights, "weights/discriminator/")
        super().__init__(generator, discriminator, LATENTS, device, memory_format, lr=2e-4, betas=(0.0, 0.9))

    def networks(self):
        return Generator(), Discriminator()

    def discriminator_loss(self, pictures, fakes, *classes):
        real, fake = self.discriminator(pictures, *classes), self.discriminator(fakes, *classes)
        return (1 - real).relu().mean() + (1 + fake).relu().mean()

    def generator_loss(self, pictures, fakes, *classes):
        return -self.discriminator(fakes, *classes).mean()

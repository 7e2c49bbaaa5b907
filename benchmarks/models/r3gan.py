"""A small R3GAN with R1 and R2, in eager PyTorch: what r3gan.ts trains."""

import math

import torch
import torch.nn.functional as F
from torch import nn
from torch.nn.functional import softplus

from two_players import TwoPlayers, load

LATENTS = 64
BLOCKS, PER_GROUP = 2, 16


def stages(size):
    """The sides of the maps, coarsest first, and their channels."""
    sides = [4 * 2**k for k in range(int(math.log2(size)) - 1)]
    return [(side, min(64, 32 * size // side)) for side in sides]


def filter_of(channels, gain, device):
    row = torch.tensor([1.0, 3.0, 3.0, 1.0], device=device) / 8
    return (gain * torch.outer(row, row)).expand(channels, 1, 4, 4)


class Up(nn.Module):
    def forward(self, x):
        channels = x.shape[1]
        return F.conv_transpose2d(x, filter_of(channels, 4, x.device), stride=2, padding=1, groups=channels)


class Down(nn.Module):
    def forward(self, x):
        channels = x.shape[1]
        return F.conv2d(x, filter_of(channels, 1, x.device), stride=2, padding=1, groups=channels)


class Block(nn.Module):
    def __init__(self, channels):
        super().__init__()
        inside = 2 * channels
        self.first = nn.Conv2d(channels, inside, 1)
        self.second = nn.Conv2d(inside, inside, 3, padding=1, groups=inside // PER_GROUP)
        self.third = nn.Conv2d(inside, channels, 1, bias=False)

    def forward(self, x):
        y = F.leaky_relu(self.first(x), 0.2, inplace=True)
        y = F.leaky_relu(self.second(y), 0.2, inplace=True)
        return x + self.third(y)


def blocks_of(side, channels):
    """With our names."""
    return {f"map{side}.block{k + 1}": Block(channels) for k in range(BLOCKS)}


def pointwise(before, after):
    return nn.Conv2d(before, after, 1, bias=False)


class Named(nn.Module):
    """Layers one after another, by the names of their weights here."""

    def __init__(self, layers):
        super().__init__()
        self.names = list(layers)
        self.layers = nn.ModuleList(layers.values())

    def run(self, x):
        for layer in self.layers:
            x = layer(x)
        return x

    def places(self):
        """Our name of each parameter."""
        for name, layer in zip(self.names, self.layers):
            for own, parameter in layer.named_parameters():
                part, kind = own.rsplit(".", 1) if "." in own else ("", own)
                kind = {"weight": "kernel", "bias": "bias"}[kind]
                yield f"{name}.{part}/{kind}" if part else f"{name}/{kind}", parameter


class Generator(Named):
    def __init__(self, size):
        layers, before = {}, None
        for side, channels in stages(size):
            if before is not None:
                layers |= {f"map{side}": pointwise(before, channels)} if before != channels else {}
                layers |= {f"up{side}": Up()}
            layers |= blocks_of(side, channels)
            before = channels
        super().__init__(layers | {"picture": pointwise(before, 3)})
        self.start = nn.Linear(LATENTS, stages(size)[0][1], bias=False)
        self.basis = nn.Parameter(torch.empty(stages(size)[0][1], 4, 4))

    def forward(self, latents):
        return self.run(self.basis * self.start(latents)[:, :, None, None])

    def places(self):
        yield from super().places()
        yield "start/kernel", self.start.weight
        yield "basis/constant", self.basis


class Discriminator(Named):
    def __init__(self, size):
        layers, before = {"picture": pointwise(3, stages(size)[-1][1])}, None
        for side, channels in reversed(stages(size)):
            if before is not None:
                layers |= {f"down{side}": Down()}
                layers |= {f"map{side}": pointwise(before, channels)} if before != channels else {}
            layers |= blocks_of(side, channels)
            before = channels
        basis = nn.Conv2d(before, before, 4, groups=before, bias=False)
        super().__init__(layers | {"basis": basis, "flat": nn.Flatten(), "score": nn.Linear(before, 1, bias=False)})

    def forward(self, x):
        return self.run(x)


class Model(TwoPlayers):
    def __init__(self, setup, weights, device, memory_format):
        generator, discriminator = Generator(setup["size"]), Discriminator(setup["size"])
        load(generator, weights, "weights/generator/parameters/")
        load(discriminator, weights, "weights/discriminator/parameters/")
        super().__init__(generator, discriminator, LATENTS, device, memory_format, lr=2e-4, betas=(0.0, 0.99))

    def penalised(self, pictures):
        """The scores, and gamma / 2 times the mean squared slope, gamma 0.5."""
        at = pictures.detach().requires_grad_()
        scores = self.discriminator(at)
        (slope,) = torch.autograd.grad(scores.sum(), at, create_graph=True)
        return scores, 0.25 * slope.square().sum((1, 2, 3)).mean()

    def discriminator_loss(self, pictures, fakes):
        real, at_real = self.penalised(pictures)
        fake, at_fake = self.penalised(fakes)
        return softplus(fake - real).mean() + at_real + at_fake

    def generator_loss(self, pictures, fakes):
        with torch.no_grad():
            real = self.discriminator(pictures)
        return softplus(real - self.discriminator(fakes)).mean()

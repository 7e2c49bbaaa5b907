"""The DCGAN of @gan/architectures under the non-saturating loss, in eager PyTorch: what dcgan.ts trains."""

import torch
from torch import nn
from torch.nn.functional import softplus

from two_players import TwoPlayers

LATENTS = 100


def pyramid(side, filters=64):
    """The side of the coarsest map, and the channels of the maps, finest first."""
    widths = []
    while side > 7:
        widths.append(filters * min(2 ** len(widths), 8))
        side //= 2
    return side, widths


class Generator(nn.Module):
    def __init__(self, side, channels):
        super().__init__()
        start, widths = pyramid(side)
        coarsest, *finer = reversed(widths)
        self.first_map = (coarsest, start, start)
        self.dense = nn.Linear(LATENTS, coarsest * start * start, bias=False)
        self.norm = nn.BatchNorm1d(coarsest * start * start)
        layers = []
        for before, after in zip([coarsest, *finer], finer):
            layers += [nn.ConvTranspose2d(before, after, 4, 2, 1, bias=False), nn.BatchNorm2d(after), nn.ReLU(True)]
        self.layers = nn.Sequential(*layers, nn.ConvTranspose2d(widths[0], channels, 4, 2, 1), nn.Tanh())

    def forward(self, latents):
        first = self.norm(self.dense(latents)).relu_()
        return self.layers(first.view(-1, *self.first_map))


class Discriminator(nn.Sequential):
    def __init__(self, side, channels):
        start, widths = pyramid(side)
        layers = [nn.Conv2d(channels, widths[0], 4, 2, 1), nn.LeakyReLU(0.2, True)]
        for before, after in zip(widths, widths[1:]):
            layers += [nn.Conv2d(before, after, 4, 2, 1, bias=False), nn.BatchNorm2d(after), nn.LeakyReLU(0.2, True)]
        super().__init__(*layers, nn.Flatten(), nn.Linear(widths[-1] * start * start, 1))
        self.last_map = (widths[-1], start, start)


def rows(kernel, shape):
    """[height * width * channels, n] in TensorFlow's order to [channels * height * width, n] in PyTorch's."""
    channels, height, width = shape
    return kernel.reshape(height, width, channels, -1).permute(2, 0, 1, 3).reshape(channels * height * width, -1)


def load(network, weights, prefix):
    """Gives the parameters our initial values: both list them in the same order, layer by layer."""
    names = [name for name in weights if name.startswith(prefix)]
    parameters = list(network.named_parameters())
    if len(names) != len(parameters):
        raise ValueError(f"{prefix} has {len(names)} tensors, but PyTorch's network {len(parameters)}")
    for name, (own, parameter) in zip(names, parameters):
        value = weights[name]
        if value.dim() == 4:  # HWIO to OIHW; of transposed convolutions HWOI to IOHW
            value = value.permute(3, 2, 0, 1)
        elif own.startswith("dense"):
            value = rows(value.t(), network.first_map)
        elif own.startswith("norm"):
            value = rows(value, network.first_map).flatten()
        elif value.dim() == 2:
            value = rows(value, network.last_map).t()
        if value.shape != parameter.shape:
            raise ValueError(f"{name} is {tuple(value.shape)}, but {own} {tuple(parameter.shape)}")
        parameter.data.copy_(value)


class Model(TwoPlayers):
    def __init__(self, setup, weights, device, memory_format):
        channels = 1 if setup["size"] == 28 else 3
        generator, discriminator = Generator(setup["size"], channels), Discriminator(setup["size"], channels)
        # Without any it keeps those of PyTorch.
        if weights is not None:
            load(generator, weights, "weights/generator/parameters/")
            load(discriminator, weights, "weights/discriminator/parameters/")
        super().__init__(generator, discriminator, LATENTS, device, memory_format, lr=2e-4, betas=(0.5, 0.999))

    def discriminator_loss(self, pictures, fakes):
        return softplus(-self.discriminator(pictures)).mean() + softplus(self.discriminator(fakes)).mean()

    def generator_loss(self, pictures, fakes):
        return softplus(-self.discriminator(fakes)).mean()

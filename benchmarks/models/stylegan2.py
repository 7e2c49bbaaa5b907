"""A small StyleGAN2 with R1, in eager PyTorch as its common implementations have it: what stylegan2.ts trains."""

import math

import torch
import torch.nn.functional as F
from torch import nn
from torch.nn.functional import softplus

from two_players import TwoPlayers, load

LATENTS = WIDTH = 128
DEPTH = 4


def filters_at(size):
    return lambda side: min(128, 32 * size // side)


def leak(x):
    return F.leaky_relu(x, 0.2) * math.sqrt(2)


def filtered(x, padding, up=1, gain=1.0):
    """[1, 3, 3, 1] along both sides, after `up - 1` zeros behind each place."""
    batch, channels, height, width = x.shape
    if up == 2:
        x = x.view(batch, channels, height, 1, width, 1)
        x = F.pad(x, [0, 1, 0, 0, 0, 1]).view(batch, channels, 2 * height, 2 * width)
    row = torch.tensor([1.0, 3.0, 3.0, 1.0], device=x.device) / 8
    kernel = (gain * row[:, None] * row[None, :])[None, None]
    height, width = x.shape[2:]
    x = F.pad(x, [*padding, *padding]).reshape(batch * channels, 1, height + sum(padding), width + sum(padding))
    x = F.conv2d(x, kernel)
    return x.view(batch, channels, *x.shape[2:])


class Dense(nn.Module):
    def __init__(self, before, after, rate=1.0):
        super().__init__()
        self.kernel, self.bias = nn.Parameter(torch.empty(after, before)), nn.Parameter(torch.empty(after))
        self.scale, self.rate = rate / math.sqrt(before), rate

    def forward(self, x):
        return F.linear(x, self.kernel * self.scale, self.bias * self.rate)


class Conv(nn.Module):
    def __init__(self, before, after, size, stride=1, padding=0, bias=True):
        super().__init__()
        self.kernel = nn.Parameter(torch.empty(after, before, size, size))
        self.bias = nn.Parameter(torch.empty(after)) if bias else None
        self.scale, self.how = 1 / math.sqrt(before * size**2), {"stride": stride, "padding": padding}

    def forward(self, x):
        return F.conv2d(x, self.kernel * self.scale, self.bias, **self.how)


class Styled(nn.Module):
    """A modulated convolution: each sample has a kernel of its own, all of them in one grouped convolution."""

    def __init__(self, before, after, size, up=False, demodulate=True):
        super().__init__()
        self.kernel, self.style = nn.Parameter(torch.empty(after, before, size, size)), Dense(WIDTH, before)
        self.scale, self.up, self.demodulate = 1 / math.sqrt(before * size**2), up, demodulate

    def forward(self, x, styles):
        batch, channels, height, width = x.shape
        after, _, size, _ = self.kernel.shape
        kernel = self.kernel * self.scale * self.style(styles).view(batch, 1, channels, 1, 1)
        if self.demodulate:
            kernel = kernel * torch.rsqrt(kernel.square().sum((2, 3, 4), keepdim=True) + 1e-8)
        x = x.reshape(1, batch * channels, height, width)
        if self.up:
            kernel = kernel.transpose(1, 2).reshape(batch * channels, after, size, size)
            x = F.conv_transpose2d(x, kernel, stride=2, groups=batch)
            x = x.view(batch, after, *x.shape[2:])
            return filtered(x, (1, 1), gain=4)
        kernel = kernel.reshape(batch * after, channels, size, size)
        return F.conv2d(x, kernel, padding=size // 2, groups=batch).view(batch, after, height, width)


class Map(nn.Module):
    """What follows a modulated convolution of a map: noise, bias, leaky ReLU."""

    def __init__(self, before, after, up=False):
        super().__init__()
        self.conv = Styled(before, after, 3, up)
        self.strength, self.bias = nn.Parameter(torch.empty(())), nn.Parameter(torch.empty(after))

    def forward(self, x, styles):
        x = self.conv(x, styles)
        noise = torch.randn(x.shape[0], 1, *x.shape[2:], device=x.device)
        return leak(x + self.strength * noise + self.bias.view(1, -1, 1, 1))


class Picture(nn.Module):
    def __init__(self, before):
        super().__init__()
        self.conv, self.bias = Styled(before, 3, 1, demodulate=False), nn.Parameter(torch.empty(3))

    def forward(self, x, styles):
        return self.conv(x, styles) + self.bias.view(1, -1, 1, 1)


class Generator(nn.Module):
    def __init__(self, size):
        super().__init__()
        at = filters_at(size)
        self.dense = nn.ModuleList(Dense(LATENTS if k == 0 else WIDTH, WIDTH, 0.01) for k in range(DEPTH))
        self.constant = nn.Parameter(torch.empty(at(4), 4, 4))
        self.sides = [4 * 2**k for k in range(int(math.log2(size)) - 1)]
        self.first = nn.ModuleList(Map(at(max(4, side // 2)), at(side), side > 4) for side in self.sides)
        self.second = nn.ModuleList(Map(at(side), at(side)) for side in self.sides[1:])
        self.pictures = nn.ModuleList(Picture(at(side)) for side in self.sides)

    def forward(self, latents):
        styles = latents * torch.rsqrt(latents.square().mean(1, keepdim=True) + 1e-8)
        for dense in self.dense:
            styles = leak(dense(styles))
        x = self.constant.expand(len(latents), -1, -1, -1)
        picture = None
        for k, first in enumerate(self.first):
            x = first(x, styles)
            x = self.second[k - 1](x, styles) if k > 0 else x
            more = self.pictures[k](x, styles)
            picture = more if picture is None else more + filtered(picture, (2, 1), up=2, gain=4)
        return picture

    def places(self):
        """Our name of each parameter."""
        for k, dense in enumerate(self.dense):
            yield from of_dense(f"first/dense{k}", dense)
        yield "second/constant/constant", self.constant
        for k, side in enumerate(self.sides):
            yield from of_map(f"second/map{side}.first", self.first[k])
            if k > 0:
                yield from of_map(f"second/map{side}.second", self.second[k - 1])
            yield from of_styled(f"second/map{side}.picture", self.pictures[k].conv)
            yield f"second/map{side}.picture.bias/bias", self.pictures[k].bias


class Halved(nn.Module):
    def __init__(self, before, after):
        super().__init__()
        self.first, self.second = Conv(before, before, 3, padding=1), Conv(before, after, 3, stride=2)
        self.skip = Conv(before, after, 1, bias=False)

    def forward(self, x):
        main = leak(self.second(filtered(leak(self.first(x)), (2, 2))))
        return (main + self.skip(filtered(x, (1, 1))[:, :, ::2, ::2])) / math.sqrt(2)


class Discriminator(nn.Module):
    def __init__(self, size):
        super().__init__()
        at = filters_at(size)
        self.sides = [size // 2**k for k in range(int(math.log2(size)) - 2)]
        self.picture = Conv(3, at(size), 1)
        self.halved = nn.ModuleList(Halved(at(side), at(side // 2)) for side in self.sides)
        self.compared = Conv(at(4) + 1, at(4), 3, padding=1)
        self.features, self.score = Dense(16 * at(4), at(4)), Dense(at(4), 1)

    def forward(self, x):
        x = leak(self.picture(x))
        for halved in self.halved:
            x = halved(x)
        batch, channels, height, width = x.shape
        groups = x.view(4, batch // 4, 1, channels, height, width)
        deviation = (groups.var(0, unbiased=False) + 1e-8).sqrt().mean((2, 3, 4), keepdim=True).squeeze(2)
        x = torch.cat([x, deviation.repeat(4, 1, height, width)], 1)
        x = leak(self.compared(x))
        # Our own order of the numbers of a map, so that the weights are ours.
        return self.score(leak(self.features(x.permute(0, 2, 3, 1).flatten(1))))

    def places(self):
        yield from of_conv("picture", self.picture)
        for side, block in zip(self.sides, self.halved):
            for name, conv in (("first", block.first), ("second", block.second), ("skip", block.skip)):
                yield from of_conv(f"map{side}.{name}", conv)
        yield from of_conv("compared", self.compared)
        yield from of_dense("features", self.features)
        yield from of_dense("score", self.score)


def of_dense(name, dense):
    yield f"{name}/kernel", dense.kernel
    yield f"{name}/bias", dense.bias


def of_conv(name, conv):
    yield f"{name}/kernel", conv.kernel
    if conv.bias is not None:
        yield f"{name}/bias", conv.bias


def of_styled(name, styled):
    yield f"{name}/kernel", styled.kernel
    yield from of_dense(f"{name}.style", styled.style)


def of_map(name, part):
    yield from of_styled(name, part.conv)
    yield f"{name}.noise/strength", part.strength
    yield f"{name}.bias/bias", part.bias


class Model(TwoPlayers):
    def __init__(self, setup, weights, device, memory_format):
        generator, discriminator = Generator(setup["size"]), Discriminator(setup["size"])
        load(generator, weights, "weights/generator/parameters/")
        load(discriminator, weights, "weights/discriminator/parameters/")
        super().__init__(generator, discriminator, LATENTS, device, memory_format, lr=2e-3, betas=(0.0, 0.99))

    def discriminator_loss(self, pictures, fakes):
        at = pictures.detach().requires_grad_()
        real = self.discriminator(at)
        (slope,) = torch.autograd.grad(real.sum(), at, create_graph=True)
        penalty = 0.5 * slope.square().sum((1, 2, 3)).mean()
        return softplus(-real).mean() + softplus(self.discriminator(fakes)).mean() + penalty

    def generator_loss(self, pictures, fakes):
        return softplus(-self.discriminator(fakes)).mean()

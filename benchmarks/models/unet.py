"""The judge of U-Net GAN against SN-GAN's generator under the hinge loss, in eager PyTorch: what unet.ts trains."""

import resnet
import torch
import torch.nn.functional as F
from torch import nn

FILTERS = 32
# Channels on the way down, finest first, as multiples of FILTERS.
TIMES = {32: (1, 2, 4), 64: (1, 2, 4, 8)}


def bounded(layer):
    return nn.utils.spectral_norm(layer)


class Up(nn.Module):
    def __init__(self, before, after):
        super().__init__()
        self.first, self.second = bounded(nn.Conv2d(before, after, 3, 1, 1)), bounded(nn.Conv2d(after, after, 3, 1, 1))
        self.skip = bounded(nn.Conv2d(before, after, 1))

    def forward(self, x):
        h = self.second(self.first(F.interpolate(x.relu(), scale_factor=2)).relu_())
        return h + F.interpolate(self.skip(x), scale_factor=2)


class Generator(nn.Module):
    """That of resnet.py where the channels double with every halving."""

    def __init__(self, size):
        super().__init__()
        widths = [64] * 4 if size == 32 else [16 * times for times in (16, 8, 4, 2, 1)]
        self.start = nn.Linear(resnet.LATENTS, 16 * widths[0])
        for k, (before, after) in enumerate(zip(widths, widths[1:])):
            setattr(self, f"block{k + 1}", resnet.Up(before, after))
        self.coarsest, self.blocks = widths[0], len(widths) - 1
        self.picture_norm, self.picture = nn.BatchNorm2d(widths[-1]), nn.Conv2d(widths[-1], 3, 3, 1, 1)

    def forward(self, latents):
        # Our own order of the numbers of the first map, so that its weights are ours.
        x = self.start(latents).view(-1, 4, 4, self.coarsest).permute(0, 3, 1, 2).contiguous()
        for k in range(self.blocks):
            x = getattr(self, f"block{k + 1}")(x)
        return torch.tanh(self.picture(self.picture_norm(x).relu_()))


class Discriminator(nn.Module):
    def __init__(self, size):
        super().__init__()
        down = [FILTERS * times for times in TIMES[size]]
        self.depth = len(down)
        for k, (before, after) in enumerate(zip([3, *down], down)):
            setattr(self, f"down{k + 1}", resnet.Down(before, after, True, k == 0))
        up = [*reversed(down[:-1]), FILTERS]
        below = [down[-1], *(2 * width for width in up[:-1])]
        for k, (before, after) in enumerate(zip(below, up)):
            setattr(self, f"up{k + 1}", Up(before, after))
        self.score = bounded(nn.Linear(down[-1], 1))
        self.pixels = nn.Conv2d(FILTERS, 1, 1)

    def forward(self, x):
        kept = []
        for k in range(self.depth):
            x = getattr(self, f"down{k + 1}")(x)
            kept.append(x)
        score = self.score(x.relu().sum((2, 3)))
        for k in range(self.depth):
            x = getattr(self, f"up{k + 1}")(x if k == 0 else torch.cat([x, kept[-1 - k]], 1))
        return score, self.pixels(x)


class Model(resnet.Model):
    def __init__(self, setup, weights, device, memory_format):
        self.size = setup["size"]
        super().__init__(setup, weights, device, memory_format)

    def networks(self):
        return Generator(self.size), Discriminator(self.size)

    def discriminator_loss(self, pictures, fakes):
        heads = zip(self.discriminator(pictures), self.discriminator(fakes))
        return sum((1 - real).relu().mean() + (1 + fake).relu().mean() for real, fake in heads)

    def generator_loss(self, pictures, fakes):
        return -sum(fake.mean() for fake in self.discriminator(fakes))

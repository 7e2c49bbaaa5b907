"""A small BigGAN of ten classes for 32 x 32 under the hinge loss, in eager PyTorch: what biggan.ts trains."""

import resnet
import torch
import torch.nn.functional as F
from torch import nn

LATENTS, CHUNK, EMBEDDING, CLASSES = 128, 32, 128, 10
FILTERS = 64


def bounded(layer):
    return nn.utils.spectral_norm(layer)


class Norm(nn.Module):
    """Batch norm whose scale and offset are linear in a condition."""

    def __init__(self, channels):
        super().__init__()
        self.norm = nn.BatchNorm2d(channels, affine=False)
        self.scale = bounded(nn.Linear(CHUNK + EMBEDDING, channels, bias=False))
        self.shift = bounded(nn.Linear(CHUNK + EMBEDDING, channels, bias=False))

    def forward(self, x, condition):
        scale, shift = self.scale(condition)[:, :, None, None], self.shift(condition)[:, :, None, None]
        return torch.addcmul(shift, self.norm(x), 1 + scale)


class Up(nn.Module):
    def __init__(self, before, after):
        super().__init__()
        self.first_norm, self.first = Norm(before), bounded(nn.Conv2d(before, after, 3, 1, 1))
        self.second_norm, self.second = Norm(after), bounded(nn.Conv2d(after, after, 3, 1, 1))
        self.skip = bounded(nn.Conv2d(before, after, 1))

    def forward(self, x, condition):
        h = self.first(F.interpolate(self.first_norm(x, condition).relu_(), scale_factor=2))
        h = self.second(self.second_norm(h, condition).relu_())
        return h + F.interpolate(self.skip(x), scale_factor=2)


class Attention(nn.Module):
    def __init__(self, channels):
        super().__init__()
        part = lambda before, after: bounded(nn.Conv2d(before, after, 1, bias=False))
        self.queries, self.keys = part(channels, channels // 8), part(channels, channels // 8)
        self.values, self.result = part(channels, channels // 2), part(channels // 2, channels)
        self.scale = nn.Parameter(torch.zeros(()))

    def forward(self, x):
        batch, _, height, width = x.shape
        queries = self.queries(x).flatten(2)
        keys, values = F.max_pool2d(self.keys(x), 2).flatten(2), F.max_pool2d(self.values(x), 2).flatten(2)
        weights = torch.bmm(queries.transpose(1, 2), keys).softmax(-1)
        seen = torch.bmm(values, weights.transpose(1, 2)).view(batch, -1, height, width)
        return x + self.scale * self.result(seen)


class Generator(nn.Module):
    def __init__(self):
        super().__init__()
        self.classes = nn.Linear(CLASSES, EMBEDDING, bias=False)
        self.start = bounded(nn.Linear(CHUNK, 16 * FILTERS))
        for k in range(3):
            setattr(self, f"block{k + 1}", Up(FILTERS, FILTERS))
        self.attention = Attention(FILTERS)
        self.picture_norm, self.picture = nn.BatchNorm2d(FILTERS), bounded(nn.Conv2d(FILTERS, 3, 3, 1, 1))

    def forward(self, latents, classes):
        first, *others = latents.chunk(4, 1)
        row = self.classes.weight.t()[classes]
        # Our own order of the numbers of the first map, so that its weights are ours.
        x = self.start(first).view(-1, 4, 4, FILTERS).permute(0, 3, 1, 2).contiguous()
        for k, chunk in enumerate(others):
            x = getattr(self, f"block{k + 1}")(x, torch.cat([row, chunk], 1))
            x = self.attention(x) if k == 1 else x
        return torch.tanh(self.picture(self.picture_norm(x).relu_()))


class Discriminator(nn.Module):
    def __init__(self):
        super().__init__()
        self.block1 = resnet.Down(3, FILTERS, True, True)
        self.attention = Attention(FILTERS)
        self.block2 = resnet.Down(FILTERS, FILTERS, True, False)
        self.block3 = resnet.Down(FILTERS, FILTERS, False, False)
        self.block4 = resnet.Down(FILTERS, FILTERS, False, False)
        self.score = bounded(nn.Linear(FILTERS, 1))
        self.classes = bounded(nn.Linear(CLASSES, FILTERS, bias=False))

    def forward(self, x, classes):
        x = self.block4(self.block3(self.block2(self.attention(self.block1(x)))))
        features = x.relu().sum((2, 3))
        row = self.classes(F.one_hot(classes, CLASSES).to(x.dtype))
        return self.score(features) + (features * row).sum(1, keepdim=True)


class Model(resnet.Model):
    def networks(self):
        return Generator(), Discriminator()

"""Golden values of the R3GAN of @gan/architectures, by PyTorch in float64: the networks of the authors' code
(https://github.com/brownvc/R3GAN, R3GAN/Networks.py and the presets of train.py), written out of PyTorch's own modules.

    python tools/goldens/r3gan.py      # writes tests/golden/r3gan.json

Of generators: latents, the picture and the slope of its energy in the latents. Of judges: the picture,
the score, its slope in the picture, R1's penalty on that, and the penalty's slope in the first grouped kernel. Weights
are made again from the order of their names, as `made` has it. And the parameters of the authors' presets.
"""

import json
import math
from pathlib import Path

import torch
from exported import count, nhwc, stored, thinned
from torch import nn
from torch.nn import functional as F

TARGET = Path(__file__).resolve().parents[2] / "tests" / "golden" / "r3gan.json"
STRIDE = 5
torch.manual_seed(7)


class Resampled(nn.Module):
    """Twice or half the sides by interpolation: the filter [1, 2, 1] once more with [1, 1], on both axes."""

    def __init__(self, up):
        super().__init__()
        row = torch.tensor([1.0, 3.0, 3.0, 1.0], dtype=torch.float64)
        self.up, self.filter = up, torch.outer(row, row) / row.sum() ** 2

    def forward(self, x):
        filter = self.filter.expand(x.shape[1], 1, 4, 4)
        if self.up:
            return F.conv_transpose2d(x, 4 * filter, stride=2, padding=1, groups=x.shape[1])
        return F.conv2d(x, filter, stride=2, padding=1, groups=x.shape[1])


class Block(nn.Module):
    def __init__(self, channels, per_group):
        super().__init__()
        inside = 2 * channels
        self.first = nn.Conv2d(channels, inside, 1)
        self.second = nn.Conv2d(inside, inside, 3, padding=1, groups=inside // per_group)
        self.third = nn.Conv2d(inside, channels, 1, bias=False)
        self.leaky = nn.LeakyReLU(0.2)

    def forward(self, x):
        return x + self.third(self.leaky(self.second(self.leaky(self.first(x)))))


class Network(nn.Module):
    """Layers under our names, whose dots no module of PyTorch's may have."""

    def __init__(self):
        super().__init__()
        self.all, self.names = nn.ModuleList(), []

    def take(self, name, layer):
        self.all.append(layer)
        self.names.append(name)

    def take_blocks(self, side, channels, blocks, per_group):
        for k in range(blocks):
            self.take(f"map{side}.block{k + 1}", Block(channels, per_group))

    def take_width(self, side, before, after):
        if before != after:
            self.take(f"map{side}", nn.Conv2d(before, after, 1, bias=False))

    def through(self, x):
        for layer in self.all:
            x = layer(x)
        return x

    def table(self):
        table = {}
        for name, layer in zip(self.names, self.all):
            parts = layer.named_children() if isinstance(layer, Block) else [("", layer)]
            for part, one in parts:
                full = f"{name}.{part}" if part else name
                if isinstance(one, nn.Conv2d):
                    table[f"{full}/kernel"] = one.weight.permute(2, 3, 1, 0)
                    if one.bias is not None:
                        table[f"{full}/bias"] = one.bias
        for name, layer in self.named_children():
            if isinstance(layer, nn.Linear):
                table[f"{name}/kernel"] = layer.weight.T
        return table


class Generator(Network):
    """`widths` are those of 4 x 4, 8 x 8, ..."""

    def __init__(self, widths, latents, classes=None, blocks=2, per_group=16, channels=3):
        super().__init__()
        self.latents = latents
        self.basis = nn.Parameter(torch.randn(widths[0], 4, 4))
        self.start = nn.Linear(latents * (1 if classes is None else 2), widths[0], bias=False)
        self.classes = None if classes is None else nn.Linear(classes, latents, bias=False)
        for k, width in enumerate(widths):
            if k > 0:
                self.take_width(4 * 2**k, widths[k - 1], width)
                self.take(f"up{k}", Resampled(up=True))
            self.take_blocks(4 * 2**k, width, blocks, per_group)
        self.take("picture", nn.Conv2d(widths[-1], channels, 1, bias=False))

    def forward(self, latents, label=None):
        code = latents if self.classes is None else torch.cat([latents, self.classes(label)], 1)
        return self.through(self.basis * self.start(code)[:, :, None, None])

    def table(self):
        return {**super().table(), "basis/constant": self.basis.permute(1, 2, 0)}


class Judge(Network):
    def __init__(self, widths, classes=None, blocks=2, per_group=16, channels=3):
        super().__init__()
        self.take("picture", nn.Conv2d(channels, widths[-1], 1, bias=False))
        for k in reversed(range(len(widths))):
            if k < len(widths) - 1:
                self.take(f"down{k}", Resampled(up=False))
                self.take_width(4 * 2**k, widths[k + 1], widths[k])
            self.take_blocks(4 * 2**k, widths[k], blocks, per_group)
        self.take("basis", nn.Conv2d(widths[0], widths[0], 4, groups=widths[0], bias=False))
        self.score = nn.Linear(widths[0], 1 if classes is None else widths[0], bias=False)
        self.classes = None if classes is None else nn.Linear(classes, widths[0], bias=False)

    def forward(self, x, label=None):
        features = self.score(self.through(x).flatten(1))
        return features if self.classes is None else (features * self.classes(label)).sum(1, keepdim=True)


def made(table):
    """Exact in float32, and easily made again: number i of weight k is ((i + 1000 k) 7919 mod 1021 - 510) / 512, smaller by about sqrt(inputs)."""
    with torch.no_grad():
        for k, name in enumerate(sorted(table)):
            weight = table[name]
            i = torch.arange(weight.numel()) + 1000 * k
            inputs = math.prod(weight.shape[:-1]) if name.endswith("kernel") else 4
            scale = 2.0 ** -round(math.log2(math.sqrt(inputs)))
            numbers = ((i * 7919 % 1021 - 510) / 512 * scale).double()
            weight.copy_(numbers.reshape(weight.shape))


def away_from_kinks(network, run):
    """How near any leaky ReLU comes to where it bends: at less than 2e-5 float32 could see another slope there."""
    nearest = []
    hooks = [
        part.register_forward_hook(lambda _, given, __: nearest.append(given[0].abs().min().item()))
        for part in network.modules()
        if isinstance(part, nn.LeakyReLU)
    ]
    run()
    for hook in hooks:
        hook.remove()
    return min(nearest)


def label_of(classes):
    return [] if classes is None else [F.one_hot(torch.tensor([2, 0]), classes).double()]


def of_generator(network, classes):
    network.double()
    made(network.table())
    nearest = 0
    while nearest < 2e-5:
        latents = torch.randn(2, network.latents).float().double().requires_grad_()
        given = [latents, *label_of(classes)]
        nearest = away_from_kinks(network, lambda: network(*given))
    picture = network(*given)
    [slope] = torch.autograd.grad((picture**2).sum(), latents)
    return {"latents": stored(latents), "picture": thinned(nhwc(picture), STRIDE), "slope": stored(slope)}


def of_judge(network, side, classes):
    network.double()
    made(network.table())
    nearest = 0
    while nearest < 2e-5:
        sample = torch.randn(2, 3, side, side).float().double().requires_grad_()
        given = [sample, *label_of(classes)]
        nearest = away_from_kinks(network, lambda: network(*given))
    score = network(*given)
    [slope] = torch.autograd.grad(score.sum(), sample, create_graph=True)
    penalty = (slope**2).sum()
    grouped = network.all[1].second.weight
    [of_kernel] = torch.autograd.grad(penalty, [grouped])
    return {
        "sample": stored(nhwc(sample)), "score": stored(score), "slope": thinned(nhwc(slope), STRIDE),
        "penalty": penalty.item(), "penaltySlope": stored(of_kernel.permute(2, 3, 1, 0)),
    }


def case(widths, classes=None, **how):
    side = 4 * 2 ** (len(widths) - 1)
    return {
        "generator": of_generator(Generator(widths, 5, classes, **how), classes),
        "judge": of_judge(Judge(widths, classes, **how), side, classes),
    }


def parameters(widths, classes=None, **how):
    with torch.device("meta"):
        return [count(Generator(widths, 64, classes, **how)), count(Judge(widths, classes, **how))]


golden = {
    "torch": torch.__version__,
    "stride": STRIDE,
    "cases": {
        "16": case([12, 12, 6], per_group=4, blocks=1),
        "8, 3 classes": case([8, 4], classes=3, per_group=4, blocks=2),
    },
    "parameters": {
        "CIFAR-10": parameters([768] * 4, 10),
        "FFHQ-64": parameters([768] * 4 + [384]),
        "FFHQ-256": parameters([768] * 4 + [384, 192, 96]),
        "ImageNet-32": parameters([1536] * 4, 1000, per_group=32),
        "ImageNet-64": parameters([1536] * 5, 1000, per_group=32),
    },
}
TARGET.write_text(json.dumps(golden) + "\n")
print(golden["parameters"], {name: case["judge"]["penalty"] for name, case in golden["cases"].items()})

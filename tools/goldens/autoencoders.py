"""
The autoencoders and generators of BEGAN and EBGAN, of PyTorch's modules after the papers: what they give, and slopes to
second order. No package has them as the papers do.

    python tools/goldens/autoencoders.py       # writes tests/golden/autoencoders.json

Needs torch (made with 2.15.0). BEGAN: arXiv:1703.10717, section 3.5 and figure 1. EBGAN: arXiv:1609.03126, appendix D.
The zeros around a strided convolution of 3 x 3 are TensorFlow's: behind, below and right. Of large tensors every
`STRIDE`th number is stored; weights are made again from sines, `sine(k, shape)`, in the order of the names.
"""

import json
import math
from pathlib import Path

import torch
import torch.nn.functional as F
from exported import count, nhwc, stored, thinned
from torch import nn

TARGET = Path(__file__).resolve().parents[2] / "tests" / "golden" / "autoencoders.json"
STRIDE = 11


class Levels(nn.Module):
    """`repeats` convolutions with ELU; with a share, of which what goes in keeps the rest where channels stay."""

    def __init__(self, channels, filters, repeats):
        super().__init__()
        widths = [channels] + [filters] * repeats
        self.convs = nn.ModuleList(nn.Conv2d(a, b, 3, 1, 1) for a, b in zip(widths, widths[1:]))

    def forward(self, x, share=None):
        for conv in self.convs:
            y = F.elu(conv(x))
            x = y if share is None or x.shape != y.shape else (1 - share) * x + share * y
        return x


class Decoder(nn.Module):
    def __init__(self, latents, side, channels=3, filters=128, repeats=2, skips=False):
        super().__init__()
        self.filters, self.skips = filters, skips
        count = round(math.log2(side / 8)) + 1
        self.start = nn.Linear(latents, 64 * filters)
        self.levels = nn.ModuleList(
            Levels(2 * filters if skips and k > 0 else filters, filters, repeats) for k in range(count)
        )
        self.picture = nn.Conv2d(filters, channels, 3, 1, 1)

    def forward(self, code, share=None):
        x = start = self.start(code).unflatten(1, (self.filters, 8, 8))
        for k, level in enumerate(self.levels):
            if k > 0:
                x = F.interpolate(x, scale_factor=2, mode="nearest")
                if self.skips:
                    x = torch.cat([x, F.interpolate(start, scale_factor=2**k, mode="nearest")], 1)
            x = level(x, share)
        return self.picture(x)

    def named(self, prefix=""):
        yield f"{prefix}start", self.start
        for k, level in enumerate(self.levels):
            for i, conv in enumerate(level.convs):
                yield f"{prefix}map{8 * 2**k}.{i + 1}", conv
        yield f"{prefix}picture", self.picture


class Began(nn.Module):
    def __init__(self, side, channels=3, features=64, filters=128, repeats=2, skips=False):
        super().__init__()
        count = round(math.log2(side / 8)) + 1
        self.side = side
        self.picture = nn.Conv2d(channels, filters, 3, 1, 1)
        self.levels = nn.ModuleList(Levels((k + 1) * filters, (k + 1) * filters, repeats) for k in range(count))
        self.halvings = nn.ModuleList(nn.Conv2d(k * filters, (k + 1) * filters, 3, 2) for k in range(1, count))
        self.code = nn.Linear(64 * count * filters, features)
        self.decoder = Decoder(features, side, channels, filters, repeats, skips)

    def forward(self, x, share=None):
        x = self.levels[0](F.elu(self.picture(x)), share)
        for halving, level in zip(self.halvings, self.levels[1:]):
            x = level(F.elu(halving(F.pad(x, (0, 1, 0, 1)))), share)
        code = self.code(x.flatten(1))
        return self.decoder(code, share), code

    def named(self):
        yield "encoder.picture", self.picture
        for k, level in enumerate(self.levels):
            name = f"encoder.map{self.side // 2**k}"
            if k > 0:
                yield f"{name}.halved", self.halvings[k - 1]
            for i, conv in enumerate(level.convs):
                yield f"{name}.{i + 1}", conv
        yield "encoder.code", self.code
        yield from self.decoder.named("decoder.")


class Ebgan(nn.Module):
    def __init__(self, channels=3, filters=64):
        super().__init__()
        f = filters
        self.downs = nn.ModuleList(nn.Conv2d(a, b, 4, 2, 1, bias=a == channels) for a, b in [(channels, f), (f, 2 * f), (2 * f, 4 * f)])
        self.ups = nn.ModuleList(nn.ConvTranspose2d(a, b, 4, 2, 1, bias=b == channels) for a, b in [(4 * f, 2 * f), (2 * f, f), (f, channels)])
        self.norms = nn.ModuleList(nn.BatchNorm2d(width) for width in [2 * f, 4 * f, 2 * f, f])

    def forward(self, x):
        def leak(y):
            return F.leaky_relu(y, 0.2)

        x = leak(self.downs[0](x))
        x = leak(self.norms[0](self.downs[1](x)))
        code = leak(self.norms[1](self.downs[2](x)))
        x = leak(self.norms[2](self.ups[0](code)))
        x = leak(self.norms[3](self.ups[1](x)))
        return self.ups[2](x), code.permute(0, 2, 3, 1).flatten(1)

    def named(self):
        yield "encoder.map1", self.downs[0]
        for name, conv, norm in [
            ("encoder.map2", self.downs[1], self.norms[0]),
            ("encoder.map3", self.downs[2], self.norms[1]),
            ("decoder.map2", self.ups[0], self.norms[2]),
            ("decoder.map1", self.ups[1], self.norms[3]),
        ]:
            yield name, conv
            yield f"{name}.norm", norm
        yield "decoder.picture", self.ups[2]


def sine(k, shape):
    """Exact in float32 once rounded; the test makes the same."""
    count = math.prod(shape)
    values = torch.sin(1.3 * torch.arange(count).double() + 0.9 * k + 0.5)
    return values.float().double().reshape(shape)


def weights(network):
    """Sets all weights from sines by their place in the list; that list, of names here and shapes."""
    listed = []
    with torch.no_grad():
        for name, part in network.named():
            for kind in ["weight", "bias"]:
                of = getattr(part, kind)
                if of is None:
                    continue
                norm = isinstance(part, nn.BatchNorm2d)
                if kind == "bias" or norm:
                    shape = list(of.shape)
                elif of.dim() == 4:
                    # [out, in, height, width], transposed [in, out, height, width]; here [height, width, in, out] or [.., out, in].
                    shape = [*of.shape[2:], of.shape[1], of.shape[0]]
                else:
                    shape = [of.shape[1], of.shape[0]]
                value = sine(len(listed), shape)
                # A fan-in in the root keeps maps of the order of 1.
                fan = math.prod(shape[:-1]) if kind == "weight" and not norm else 1
                scale = {"weight": 1.5 / math.sqrt(fan), "bias": 0.1}[kind] if not norm else 0.2
                value = (value * scale + (1 if norm and kind == "weight" else 0)).float().double()
                if kind == "weight" and of.dim() == 4:
                    of.copy_(value.permute(3, 2, 0, 1))
                elif kind == "weight" and not norm:
                    code = value
                    if name.endswith("start"):
                        # A row of numbers to a map, channels first there.
                        code = value.unflatten(1, (8, 8, -1)).movedim(3, 1).flatten(1)
                    if name.endswith("encoder.code"):
                        code = value.unflatten(0, (8, 8, -1)).movedim(2, 0).flatten(0, 2)
                    of.copy_(code.T)
                elif name.endswith("start"):
                    of.copy_(value.unflatten(0, (8, 8, -1)).movedim(2, 0).flatten())
                else:
                    of.copy_(value)
                ours = {("weight", False): "kernel", ("bias", False): "bias", ("weight", True): "gamma", ("bias", True): "beta"}
                listed.append([f"{name}/{ours[kind, norm]}", shape, scale])
    return listed


def of_generator(network, latents, share=None):
    network.double()
    listed = weights(network)
    z = sine(1, (2, latents)).requires_grad_()
    picture = network(z, share)
    [slope] = torch.autograd.grad((picture**2).mean(), z)
    return {"weights": listed, "picture": thinned(nhwc(picture), STRIDE), "slope": stored(slope)}


def of_autoencoder(network, side, *share):
    network.double()
    listed = weights(network)
    x = sine(1, (2, side, side, 3)).permute(0, 3, 1, 2).requires_grad_()
    rebuilt, code = network(x, *share)
    energy = ((rebuilt - x) ** 2).mean((1, 2, 3))
    [slope] = torch.autograd.grad(energy.sum(), x, create_graph=True)
    penalty = (slope**2).sum()
    _, first = next(network.named())
    [of_kernel] = torch.autograd.grad(penalty, [first.weight])
    return {
        "weights": listed, "energy": stored(energy[:, None]), "code": thinned(code, STRIDE), "slope": thinned(nhwc(slope), STRIDE),
        "penalty": penalty.item(), "penaltySlope": stored(of_kernel.permute(2, 3, 1, 0)),
    }


golden = {
    "torch": torch.__version__,
    "stride": STRIDE,
    "generators": {
        "BEGAN": of_generator(Decoder(5, 32, filters=3), 5),
        "BEGAN with skips": of_generator(Decoder(5, 32, filters=3, skips=True), 5),
        "BEGAN with skips, half way": of_generator(Decoder(5, 32, filters=3, skips=True), 5, 0.5),
    },
    "autoencoders": {
        "BEGAN": of_autoencoder(Began(32, features=5, filters=3), 32),
        "BEGAN with skips": of_autoencoder(Began(32, features=5, filters=3, skips=True), 32),
        "BEGAN with skips, half way": of_autoencoder(Began(32, features=5, filters=3, skips=True), 32, 0.5),
        "EBGAN": of_autoencoder(Ebgan(filters=2), 16),
    },
    "parameters": {
        "BEGAN 64": [count(Decoder(64, 64)), count(Began(64))],
        "BEGAN 64 with skips": [count(Decoder(64, 64, skips=True)), count(Began(64, skips=True))],
        "EBGAN 64": count(Ebgan()),
    },
}
TARGET.write_text(json.dumps(golden) + "\n")
print(golden["parameters"], {name: case["penalty"] for name, case in golden["autoencoders"].items()})

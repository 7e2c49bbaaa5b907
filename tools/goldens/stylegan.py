"""Golden values of StyleGAN by PyTorch's own functions, put together as the authors' code has it, in float64, of weights that
are exact in float32: no package has it so.

    python tools/goldens/stylegan.py       # writes tests/golden/stylegan.json

Needs torch (made with 2.15.0). Equalised weights are scaled by gain / sqrt(fan in) when used. In the judge, convolution and
means are one convolution of 4 x 4 with a stride of 2, as in the authors' code for large maps. Style and noise come in as in
that code: one dense layer gives scales and shifts together, which `named` divides. Noise has a strength of 0: it is random.
Weights are named as those of @gan/architectures are: kernels [out, in, height, width] become [height, width, in, out], dense
ones [out, in] become [in, out]. Both networks are those of a stage of 16 x 16 that has faded in for a quarter, and whole.
"""

import json
import math
from pathlib import Path

import torch
import torch.nn.functional as F
from exported import nhwc, stored
from torch import nn

TARGET = Path(__file__).resolve().parents[2] / "tests" / "golden" / "stylegan.json"
torch.manual_seed(7)
torch.set_default_dtype(torch.float64)
WIDTH, LATENTS, DEPTH, SIDES = 6, 5, 3, [4, 8, 16]
filters = lambda side: min(6, 32 // side)
sqrt2 = math.sqrt(2)
nearest = []


def leaky(x):
    nearest.append(x.abs().min().item())
    return F.leaky_relu(x, 0.2)


class Conv(nn.Module):
    def __init__(self, inputs, outputs, size, gain=sqrt2, bias=True):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(outputs, inputs, size, size))
        self.bias = nn.Parameter(0.3 * torch.randn(outputs)) if bias else None
        self.scale = gain / math.sqrt(inputs * size * size)

    def forward(self, x):
        return F.conv2d(x, self.weight * self.scale, self.bias, padding=self.weight.shape[-1] // 2)

    def down(self, x):
        w = F.pad(self.weight * self.scale, (1, 1, 1, 1))
        w = (w[..., 1:, 1:] + w[..., :-1, 1:] + w[..., 1:, :-1] + w[..., :-1, :-1]) / 4
        return F.conv2d(x, w, self.bias, stride=2, padding=1)


class Dense(nn.Module):
    def __init__(self, inputs, outputs, gain=1.0, rate=1.0):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(outputs, inputs) / rate)
        self.bias = nn.Parameter(0.3 * torch.randn(outputs) / rate)
        self.scale, self.rate = gain * rate / math.sqrt(inputs), rate

    def forward(self, x):
        return F.linear(x, self.weight * self.scale, self.bias * self.rate)


def blur(x):
    row = torch.tensor([1.0, 2.0, 1.0]) / 4
    return F.conv2d(x, torch.outer(row, row).expand(x.shape[1], 1, 3, 3), padding=1, groups=x.shape[1])


class Epilogue(nn.Module):
    """Noise of no strength, a bias, a leaky ReLU, and the style."""

    def __init__(self, channels):
        super().__init__()
        self.bias = nn.Parameter(0.3 * torch.randn(channels))
        self.style = Dense(WIDTH, 2 * channels)

    def forward(self, x, style):
        x = F.instance_norm(leaky(x + self.bias[:, None, None]), eps=1e-8)
        scale, shift = self.style(style).reshape(-1, 2, x.shape[1], 1, 1).unbind(1)
        return x * (scale + 1) + shift


class Generator(nn.Module):
    def __init__(self):
        super().__init__()
        self.mapping = nn.ModuleList(Dense(LATENTS if k == 0 else WIDTH, WIDTH, sqrt2, 0.01) for k in range(DEPTH))
        self.constant = nn.Parameter(1 + 0.3 * torch.randn(1, filters(4), 4, 4))
        self.ends = nn.ModuleDict({f"{s}{which}": Epilogue(filters(s)) for s in SIDES for which in "ab"})
        self.convs = nn.ModuleDict(
            {f"{s}{which}": Conv(filters(max(4, s // 2)) if which == "a" else filters(s), filters(s), 3, bias=False)
             for s in SIDES for which in "ab" if (s, which) != (4, "a")})
        self.pictures = nn.ModuleDict({f"{s}": Conv(filters(s), 3, 1, gain=1) for s in SIDES})

    def forward(self, latents, share):
        style = latents / latents.pow(2).mean(dim=1, keepdim=True).add(1e-8).sqrt()
        for dense in self.mapping:
            style = leaky(dense(style))
        x = self.constant.expand(latents.shape[0], -1, -1, -1)
        picture = None
        for s in SIDES:
            if s > 4:
                x = blur(self.convs[f"{s}a"](F.interpolate(x, scale_factor=2)))
            x = self.ends[f"{s}a"](x, style)
            x = self.ends[f"{s}b"](self.convs[f"{s}b"](x), style)
            before, picture = picture, self.pictures[f"{s}"](x)
        return torch.lerp(F.interpolate(before, scale_factor=2), picture, share)


class Judge(nn.Module):
    def __init__(self):
        super().__init__()
        self.pictures = nn.ModuleDict({f"{s}": Conv(3, filters(s), 1) for s in SIDES})
        self.first = nn.ModuleDict({f"{s}": Conv(filters(s), filters(s), 3) for s in SIDES[1:]})
        self.second = nn.ModuleDict({f"{s}": Conv(filters(s), filters(s // 2), 3) for s in SIDES[1:]})
        self.compared = Conv(filters(4) + 1, filters(4), 3)
        self.features = Dense(16 * filters(4), filters(2), sqrt2)
        self.score = Dense(filters(2), 1)

    def forward(self, picture, share):
        x = leaky(self.pictures["16"](picture))
        for s in SIDES[:0:-1]:
            x = leaky(self.second[f"{s}"].down(blur(leaky(self.first[f"{s}"](x)))))
            if s == 16:
                x = torch.lerp(leaky(self.pictures["8"](F.avg_pool2d(picture, 2))), x, share)
        # One group: all of the batch.
        spread = x.var(dim=0, unbiased=False).add(1e-8).sqrt().mean()
        x = leaky(self.compared(torch.cat([x, spread.expand(x.shape[0], 1, 4, 4)], 1)))
        return self.score(leaky(self.features(x.flatten(1))))


kernel = lambda w: w.permute(2, 3, 1, 0)


def of_conv(name, conv):
    return {f"{name}/kernel": kernel(conv.weight)} | ({} if conv.bias is None else {f"{name}/bias": conv.bias})


def of_dense(name, dense):
    return {f"{name}/kernel": dense.weight.T, f"{name}/bias": dense.bias}


def of_generator(g):
    mapping, synthesis = {}, {"constant/constant": g.constant[0].permute(1, 2, 0)}
    for k, dense in enumerate(g.mapping):
        mapping |= of_dense(f"dense{k}", dense)
    for place, end in g.ends.items():
        name = f"map{place[:-1]}.{'first' if place.endswith('a') else 'second'}"
        if place in g.convs:
            synthesis |= of_conv(name, g.convs[place])
        channels = end.bias.shape[0]
        synthesis |= {f"{name}.noise/strength": torch.zeros(channels), f"{name}.bias/bias": end.bias}
        for what, part in {"scale": slice(0, channels), "shift": slice(channels, None)}.items():
            synthesis |= {f"{name}.{what}/kernel": end.style.weight[part].T, f"{name}.{what}/bias": end.style.bias[part]}
    for s in SIDES[1:]:
        synthesis |= of_conv(f"map{s}.picture", g.pictures[f"{s}"])
    return mapping, synthesis


def of_judge(d):
    named = of_conv("compared", d.compared) | of_dense("score", d.score)
    # Its maps are flattened channels first.
    rows = d.features.weight.reshape(-1, filters(4), 4, 4).permute(2, 3, 1, 0).reshape(16 * filters(4), -1)
    named |= {"features/kernel": rows, "features/bias": d.features.bias}
    for s in SIDES[1:]:
        named |= of_conv(f"map{s}.first", d.first[f"{s}"]) | of_conv(f"map{s}.second", d.second[f"{s}"])
        named |= of_conv(f"map{s}.picture", d.pictures[f"{s}"])
    return named


def drawn(make, run):
    """Draws it until no leaky ReLU is within 2e-5 of where it bends: float32 could see another slope there."""
    while True:
        network = make()
        with torch.no_grad():
            for parameter in network.parameters():
                parameter.copy_(parameter.float().double())
        nearest.clear()
        run(network)
        if min(nearest) > 2e-5:
            return network


given = lambda *shape: torch.randn(*shape).float().double().requires_grad_()
latents, real, share = given(4, LATENTS), given(4, 3, 16, 16), 0.25
weigh = given(4, 3, 16, 16).detach()
g = drawn(Generator, lambda network: network(latents, share))
d = drawn(Judge, lambda network: network(real, share))

picture = g(latents, share)
[slope] = torch.autograd.grad((picture * weigh).sum(), latents)
score = d(real, share)
[steepness] = torch.autograd.grad(score.sum(), real, create_graph=True)
penalty = (steepness**2).sum(dim=(1, 2, 3)).mean()
at = {"map16.second/kernel": d.second["16"].weight, "map8.first/kernel": d.first["8"].weight}
slopes = torch.autograd.grad(penalty, [*at.values()])

table = lambda named: {name: stored(w) for name, w in named.items()}
mapping, synthesis = of_generator(g)
golden = {
    "torch": torch.__version__,
    "mapping": table(mapping), "synthesis": table(synthesis), "discriminator": table(of_judge(d)),
    "latents": stored(latents), "weigh": stored(nhwc(weigh)), "picture": stored(nhwc(picture)), "slope": stored(slope),
    "whole": stored(nhwc(g(latents, 1.0))),
    "real": stored(nhwc(real)), "score": stored(score), "penalty": penalty.item(),
    "penaltySlopes": {name: stored(kernel(s)) for name, s in zip(at, slopes)},
}
TARGET.write_text(json.dumps(golden) + "\n")
print(penalty.item(), TARGET.stat().st_size)

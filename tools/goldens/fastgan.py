"""Golden values of FastGAN by PyTorch's own modules, in float64, of weights that are exact in float32.

    python tools/goldens/fastgan.py       # writes tests/golden/fastgan.json

Needs torch (made with 2.15.0). The networks are written here from the paper (Liu et al., 2021) and what its authors' code has
for what the paper leaves open: kernels of 4 x 4 with stride 2 and of 3 x 3, means of 4 x 4 before an excitation, channels of
every side. As in @gan/architectures, the second picture of 128 x 128 and its judge are left out, all four quarters are
decoded, and a picture of 32 is excited over 8 (4) times its side.

Every module is registered under the name of the layer that it stands for, `_` for a dot. Vectors of spectral norm are the
exact ones (by SVD), from which power iterations do not move. The strengths of noise are 0, as at the start. Kernels
[out, in, height, width] become [height, width, in, out]; of the transposed convolution [in, out, height, width] becomes
[height, width, out, in]. Of large tensors every `STRIDE`th number is stored. Parameter counts are those at the paper's sizes,
without the second picture, its judge and its decoder.
"""

import json
from pathlib import Path

import torch
import torch.nn.functional as F
from exported import drawn, nhwc, picture, with_exact_vectors
from torch import nn

TARGET = Path(__file__).resolve().parents[2] / "tests" / "golden" / "fastgan.json"
STRIDE = 13
torch.manual_seed(9)


class Named(nn.Module):
    """A network whose parts are made and called by name."""

    def conv(self, name, *args, **kwargs):
        self.add_module(name, nn.utils.spectral_norm(nn.Conv2d(*args, bias=False, **kwargs)))

    def norm(self, name, channels):
        self.add_module(f"{name}_norm", nn.BatchNorm2d(channels))

    def gated(self, name, channels_in, channels_out):
        self.conv(name, channels_in, 2 * channels_out, 3, padding=1)
        self.norm(name, 2 * channels_out)

    def excitation(self, name, channels_in, channels_out):
        self.conv(f"{name}_first", channels_in, channels_out, 4)
        self.conv(f"{name}_second", channels_out, channels_out, 1)

    def excited(self, name, x, by):
        y = F.silu(self.part(f"{name}_first")(F.adaptive_avg_pool2d(by, 4)))
        return x * torch.sigmoid(self.part(f"{name}_second")(y))

    def part(self, name):
        return self._modules[name]

    def normed(self, name, x):
        return self.part(f"{name}_norm")(self.part(name)(x))


def up_width(filters, side):
    return int(filters * {4: 16, 8: 8, 16: 4, 32: 2, 64: 2, 128: 1, 256: 0.5, 512: 0.25, 1024: 0.125}[side])


def down_width(filters, side):
    return int(filters * 64 / side)


def halvings(start, end):
    while start > end:
        start //= 2
        yield start


class Generator(Named):
    def __init__(self, side, latents, filters):
        super().__init__()
        width = lambda of: up_width(filters, of)
        self.sides = [8 * 2**k for k in range(side.bit_length() - 3)]
        self.side, self.reach = side, min(16, side // 4)
        self.add_module("map4", nn.utils.spectral_norm(nn.ConvTranspose2d(latents, 2 * width(4), 4, bias=False)))
        self.norm("map4", 2 * width(4))
        for of in self.sides:
            if of in (8, 32, 128, 512):
                self.gated(f"map{of}_first", width(of // 2), width(of))
                self.gated(f"map{of}_second", width(of), width(of))
                for which in ["first", "second"]:
                    self.register_parameter(f"map{of}_{which}_noise", nn.Parameter(torch.zeros(())))
            else:
                self.gated(f"map{of}", width(of // 2), width(of))
            if 4 <= of // self.reach <= 32:
                self.excitation(f"map{of}_excited", width(of // self.reach), width(of))
        self.conv("picture", width(side), 3, 3, padding=1)

    def forward(self, latents):
        maps = {4: F.glu(self.normed("map4", latents[:, :, None, None]), 1)}
        for of in self.sides:
            x = F.interpolate(maps[of // 2], scale_factor=2, mode="nearest")
            names = [f"map{of}_first", f"map{of}_second"] if f"map{of}_first" in self._modules else [f"map{of}"]
            for name in names:
                x = F.glu(self.normed(name, x), 1)
            maps[of] = self.excited(f"map{of}_excited", x, maps[of // self.reach]) if f"map{of}_excited_first" in self._modules else x
        return torch.tanh(self.part("picture")(maps[self.side]))


class Judge(Named):
    def __init__(self, side, filters):
        super().__init__()
        width = lambda of: down_width(filters, of)
        self.leak = nn.LeakyReLU(0.2)
        self.finest, self.reach = min(side, 256), min(8, side // 8)
        self.entering = list(halvings(side, 256)) or [side]
        channels = 3
        for k, of in enumerate(self.entering):
            self.conv(f"picture{of}", channels, width(of), *((4, 2, 1) if side > 256 else (3, 1, 1)))
            if k > 0:
                self.norm(f"picture{of}", width(of))
            channels = width(of)
        for of in halvings(self.finest, 8):
            for name, *how in [("first", 2 * of, 4, 2, 1), ("second", of, 3, 1, 1), ("skip", 2 * of, 1, 1, 0)]:
                self.conv(f"map{of}_{name}", width(how[0]), width(of), *how[1:])
                self.norm(f"map{of}_{name}", width(of))
            if of * self.reach <= self.finest:
                self.excitation(f"map{of}_excited", width(of * self.reach), width(of))
        self.conv("features", width(8), 2 * width(8), 1)
        self.norm("features", 2 * width(8))
        self.conv("score", 2 * width(8), 1, 4)

    def leaked(self, name, x):
        return self.leak(self.normed(name, x) if f"{name}_norm" in self._modules else self.part(name)(x))

    def forward(self, x):
        for of in self.entering:
            x = self.leaked(f"picture{of}", x)
        maps = {self.finest: x}
        for of in halvings(self.finest, 8):
            x = maps[2 * of]
            main = self.leaked(f"map{of}_second", self.leaked(f"map{of}_first", x))
            x = (main + self.leaked(f"map{of}_skip", F.avg_pool2d(x, 2))) / 2
            maps[of] = self.excited(f"map{of}_excited", x, maps[of * self.reach]) if f"map{of}_excited_first" in self._modules else x
        return self.part("score")(self.leaked("features", maps[8])), maps[16], maps[8]


class Decoder(Named):
    def __init__(self, side, fine, coarse, filters=32):
        super().__init__()
        self.wanted = {"whole": side, "quarters": side // 2}
        for name, channels in [("whole", coarse), ("quarters", fine)]:
            for of in self.sides(name):
                self.gated(f"{name}_map{of}", channels, up_width(filters, of))
                channels = up_width(filters, of)
            self.conv(f"{name}_picture", channels, 3, 3, padding=1)

    def sides(self, name):
        return [of for of in (16, 32, 64, 128) if of <= self.wanted[name]]

    def decoded(self, name, x):
        for of in self.sides(name):
            x = F.glu(self.normed(f"{name}_map{of}", F.interpolate(x, scale_factor=2, mode="nearest")), 1)
        return F.interpolate(torch.tanh(self.part(f"{name}_picture")(x)), size=self.wanted[name], mode="nearest")

    def forward(self, fine, coarse):
        quarters = torch.cat([fine[:, :, i : i + 8, j : j + 8] for i in (0, 8) for j in (0, 8)])
        a, b, c, d = self.decoded("quarters", quarters).chunk(4)
        return self.decoded("whole", coarse), torch.cat([torch.cat([a, b], 3), torch.cat([c, d], 3)], 2)


def prepared(network):
    """Whole numbers for kernels, whose size does not matter, eighths for the rest, and exact vectors of spectral norm."""
    with torch.no_grad():
        network.double()
        for name, parameter in network.named_parameters():
            if name.endswith("_orig"):
                parameter.copy_((10 * torch.randn_like(parameter)).round())
            elif not name.endswith("_noise"):
                parameter.copy_(((parameter.round() + 0.3 * torch.randn_like(parameter)) * 8).round() / 8)
    return with_exact_vectors(network)


def tables(network):
    parameters, state = {}, {}
    for name, x in network._parameters.items():
        parameters[name.replace("_", ".") + "/strength"] = x
    for name, part in network._modules.items():
        name = name.replace("_", ".")
        if isinstance(part, nn.BatchNorm2d):
            parameters[f"{name}/gamma"], parameters[f"{name}/beta"] = part.weight, part.bias
        elif hasattr(part, "weight_orig"):
            weight = part.weight_orig
            parameters[f"{name}/kernel"] = weight.permute(2, 3, 1, 0)
            inner = weight.transpose(0, 1) if isinstance(part, nn.ConvTranspose2d) else weight
            # The side of v is flattened as the kernel here is: height, width, in.
            v = part.weight_v.reshape(inner.shape[1:]).permute(1, 2, 0).flatten()
            state[f"{name}/u"], state[f"{name}/v"] = part.weight_u[:, None], v[:, None]
    return {"parameters": all_stored(parameters), "state": all_stored(state)}


def number(text):
    return float(text) if set(text) & set(".e") else int(text)


def stored(x):
    return {"shape": list(x.shape), "values": [number(f"{v:.9g}") for v in x.detach().flatten().tolist()]}


def thinned(x):
    x = nhwc(x)
    return {**stored(x), "values": stored(x.flatten()[::STRIDE])["values"]}


def all_stored(table):
    return {name: stored(x) for name, x in table.items()}


def of_generator(side, filters):
    network = Generator(side, 5, filters)
    latents = torch.randn(2, 5).float().double().requires_grad_()
    drawn(network, lambda g: g(latents), prepared)
    made = network(latents)
    [slope] = torch.autograd.grad((made**2).sum(), latents)
    return {**tables(network), "latents": stored(latents), "picture": thinned(made), "slope": stored(slope)}


def of_judge(side, filters):
    network, real = Judge(side, filters), picture(side).requires_grad_()
    drawn(network, lambda d: d(real), prepared)
    score, fine, coarse = network(real)
    [slope] = torch.autograd.grad(score.sum(), real, create_graph=True)
    penalty = (slope**2).sum()
    kernel = network._modules["map8_first"].weight_orig
    [of_kernel] = torch.autograd.grad(penalty, kernel)
    return {
        **tables(network), "score": stored(nhwc(score)), "fine": thinned(fine), "coarse": thinned(coarse),
        "slope": thinned(slope), "penalty": penalty.item(), "penaltySlope": stored(of_kernel.permute(2, 3, 1, 0)),
    }


def of_decoder(side, filters):
    network = Decoder(side, 2, 3, filters)
    fine, coarse = [torch.randn(2, c, s, s).float().double().requires_grad_() for c, s in [(2, 16), (3, 8)]]
    drawn(network, lambda d: d(fine, coarse), prepared)
    whole, quarters = network(fine, coarse)
    slopes = torch.autograd.grad((whole**2).sum() + (quarters**2).sum(), [fine, coarse])
    maps = {name: stored(nhwc(x)) for name, x in {"fine": fine, "coarse": coarse}.items()}
    return {
        **tables(network), **maps, "whole": thinned(whole), "quarters": thinned(quarters),
        "slopes": [thinned(slope) for slope in slopes],
    }


def count(*networks):
    return sum(p.numel() for network in networks for p in network.parameters())


def counts(side, latents=256, filters=64):
    with torch.device("meta"):
        fine, coarse = down_width(filters, 16), down_width(filters, 8)
        generator, judge, decoder = Generator(side, latents, filters), Judge(side, filters), Decoder(side, fine, coarse)
        return {"generator": count(generator), "judge": count(judge), "decoder": count(decoder)}


golden = {
    "torch": torch.__version__,
    "stride": STRIDE,
    "generators": {"32": of_generator(32, 1), "64": of_generator(64, 1)},
    "judges": {"32": of_judge(32, 1), "64": of_judge(64, 1)},
    "decoder": of_decoder(32, 1),
    "parameters": {str(side): counts(side) for side in (256, 1024)},
}
TARGET.write_text(json.dumps(golden) + "\n")
print(golden["parameters"], TARGET.stat().st_size, {k: v["penalty"] for k, v in golden["judges"].items()})

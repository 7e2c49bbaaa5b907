"""Golden values of the judge of Projected GAN by PyTorch's modules in float64, of weights that are exact in float32, over two random
convolutions for features.

    python tools/goldens/projected.py        # writes tests/golden/projected.json

Needs torch (made with 2.15.0). The parameter count is that of the authors' own judges at the paper's size
(github.com/autonomousvision/projected_gan at e1c246b, run once), which those below have too.
"""

import json
from pathlib import Path

import torch
import torch.nn.functional as F
from exported import count, drawn, kept, nhwc, of_layer, picture, stored, thinned
from torch import nn
from torch.nn.utils import spectral_norm

TARGET = Path(__file__).resolve().parents[2] / "tests" / "golden" / "projected.json"
STRIDE = 7
torch.manual_seed(8)


class Judge(nn.Module):
    """Halves a map, given as many channels as there are widths, and scores what 4 x 4 places show."""

    def __init__(self, channels, widths):
        super().__init__()
        self.halved = nn.ModuleList(spectral_norm(nn.Conv2d(a, b, 4, 2, 1)) for a, b in zip([channels, *widths], widths))
        self.norms = nn.ModuleList(nn.BatchNorm2d(width) for width in widths)
        self.activation = nn.LeakyReLU(0.2)
        self.score = spectral_norm(nn.Conv2d([channels, *widths][-1], 1, 4, bias=False))

    def forward(self, x):
        for conv, norm in zip(self.halved, self.norms):
            x = self.activation(norm(conv(x)))
        return self.score(x).flatten(1)[:, :, None]

    def named(self, name, table):
        for k, (conv, norm) in enumerate(zip(self.halved, self.norms)):
            of_layer(f"{name}.halved{k + 1}", conv, table)
            parameters = table["parameters"]
            parameters[f"{name}.halved{k + 1}.norm/gamma"] = norm.weight
            parameters[f"{name}.halved{k + 1}.norm/beta"] = norm.bias
        of_layer(f"{name}.score", self.score, table)


def judges_of(fused, sides, filters):
    """The widths of Sauer et al.'s program, that of 8 x 8 last."""
    of = {64: filters // 8, 32: filters // 4, 16: filters // 2, 8: filters}
    return nn.ModuleList(Judge(c, [of[s] for s in of if s < side]) for c, side in zip(fused, sides))


class Projected(nn.Module):
    """Sauer et al. (2021), section 3.2, over features of two maps."""

    def __init__(self, channels=2, filters=16):
        super().__init__()
        self.fine, self.coarse = nn.Conv2d(3, 3, 2, 2), nn.Conv2d(3, 4, 2, 2)
        self.channels = nn.ModuleList([nn.Conv2d(3, channels, 1), nn.Conv2d(4, 2 * channels, 1)])
        self.scales = nn.ModuleList([nn.Conv2d(channels, channels, 1), nn.Conv2d(2 * channels, channels, 1)])
        self.judges = judges_of([channels, channels], [16, 8], filters)

    def forward(self, x):
        fine = torch.tanh(self.fine(x))
        coarse = torch.tanh(self.coarse(fine))
        up = lambda of: F.interpolate(of, scale_factor=2, mode="bilinear", align_corners=True)
        second = self.scales[1](up(self.channels[1](coarse)))
        first = self.scales[0](up(self.channels[0](fine) + second))
        return torch.cat([judge(map) for judge, map in zip(self.judges, [first, second])], 1)


def table_of(network):
    table = {"parameters": {}, "state": {}}
    for k, judge in enumerate(network.judges):
        judge.named(f"map{k + 1}", table)
    fixed = {"parameters": {}, "state": {}}
    for k in range(2):
        of_layer(f"map{k + 1}.channels", network.channels[k], fixed)
        of_layer(f"map{k + 1}.scales", network.scales[k], fixed)
    of_layer("features/fine", network.fine, fixed)
    of_layer("features/coarse", network.coarse, fixed)
    table["state"].update(fixed["parameters"])
    return table


network = Projected()
real = picture(16).requires_grad_()
drawn(network, lambda judge: judge(real))
score = network(real)
[slope] = torch.autograd.grad(score.mean(), real, create_graph=True)
penalty = (slope**2).sum()
[of_kernel] = torch.autograd.grad(penalty, [network.judges[0].halved[0].weight_orig])
authors = 10_331_328
papers = judges_of([64, 64, 128, 256], [128, 64, 32, 16], 512)
golden = {
    "torch": torch.__version__, "stride": STRIDE, **kept(table_of(network)), "score": stored(score),
    "slope": thinned(nhwc(slope), STRIDE), "penalty": penalty.item(), "penaltySlope": stored(of_kernel.permute(2, 3, 1, 0)),
    "paperParameters": authors,
}
assert count(papers) == authors
TARGET.write_text(json.dumps(golden) + "\n")

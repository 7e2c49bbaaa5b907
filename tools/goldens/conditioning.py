"""Golden values of the ways to tell a map what a condition wants of it, by PyTorch's modules in float64, of weights that are exact
in float32: FiLM, conditional batch, instance and layer norm, SPADE and its residual block.

    python tools/goldens/conditioning.py     # writes tests/golden/conditioning.json

Needs torch (made with 2.15.0). Of y with fixed numbers v, s = sum(y v): slopes of s in the map and in the condition, and those
of sum |ds/dmap|^2 in the kernel of a scale.
"""

import json
from pathlib import Path

import torch
import torch.nn.functional as F
from exported import drawn, kept, nhwc, of_layer, stored
from torch import nn
from torch.nn.utils import spectral_norm

TARGET = Path(__file__).resolve().parents[2] / "tests" / "golden" / "conditioning.json"
torch.manual_seed(6)


def normed(x, norm):
    if norm == "batch":
        return F.batch_norm(x, None, None, training=True)
    if norm == "instance":
        return F.instance_norm(x)
    if norm == "layer":
        return F.layer_norm(x.movedim(1, -1), [x.shape[1]]).movedim(-1, 1)
    return x


class ByRow(nn.Module):
    def __init__(self, channels, condition, norm):
        super().__init__()
        self.norm = norm
        self.scale, self.shift = nn.Linear(condition, channels), nn.Linear(condition, channels)

    def forward(self, x, c):
        return normed(x, self.norm) * (1 + self.scale(c)[:, :, None, None]) + self.shift(c)[:, :, None, None]

    def named(self, name, table):
        for part in ["scale", "shift"]:
            of_layer(f"{name}.{part}", getattr(self, part), table)


class ByMap(nn.Module):
    """Park et al. (2019), section 3 and appendix A."""

    def __init__(self, channels, condition, norm, hidden):
        super().__init__()
        self.norm = norm
        self.shared = nn.Sequential(nn.Conv2d(condition, hidden, 3, padding=1), nn.ReLU())
        self.scale, self.shift = (nn.Conv2d(hidden, channels, 3, padding=1) for _ in range(2))

    def forward(self, x, c):
        h = self.shared(F.interpolate(c, size=x.shape[2:], mode="nearest"))
        return normed(x, self.norm) * (1 + self.scale(h)) + self.shift(h)

    def named(self, name, table):
        of_layer(f"{name}.shared", self.shared[0], table)
        for part in ["scale", "shift"]:
            of_layer(f"{name}.{part}", getattr(self, part), table)


class Residual(nn.Module):
    """Park et al. (2019), figure 4 and appendix A."""

    def __init__(self, a, b, condition, norm, hidden, spectral):
        super().__init__()
        bounded = spectral_norm if spectral else lambda layer: layer
        middle = min(a, b)
        self.norms = nn.ModuleDict({
            part: ByMap(width, condition, norm, hidden)
            for part, width in {"first": a, "second": middle, "skip": a}.items() if part != "skip" or a != b
        })
        self.first = bounded(nn.Conv2d(a, middle, 3, padding=1))
        self.second = bounded(nn.Conv2d(middle, b, 3, padding=1))
        if a != b:
            self.skip = bounded(nn.Conv2d(a, b, 1, bias=False))
        self.activation = nn.LeakyReLU(0.2)

    @property
    def scale(self):
        return self.norms["first"].scale

    def forward(self, x, c):
        h = self.first(self.activation(self.norms["first"](x, c)))
        h = self.second(self.activation(self.norms["second"](h, c)))
        return h + (self.skip(self.norms["skip"](x, c)) if hasattr(self, "skip") else x)

    def named(self, name, table):
        for part, norm in self.norms.items():
            norm.named(f"{name}.{part}", table)
            of_layer(f"{name}.{part}", getattr(self, part), table)


def case(block, x, condition):
    x, condition = (of.float().double().requires_grad_() for of in (x, condition))
    drawn(block, lambda block: block(x, condition))
    y = block(x, condition)
    v = torch.randn_like(y).float().double()
    slopes = torch.autograd.grad((y * v).sum(), [x, condition], create_graph=True)
    kernel = block.scale.weight
    [second] = torch.autograd.grad((slopes[0] ** 2).sum(), [kernel])
    table = {"parameters": {}, "state": {}}
    block.named("told", table)
    last = lambda of: stored(nhwc(of) if of.dim() == 4 else of)
    return {
        **kept(table), "map": last(x), "condition": last(condition), "v": last(v), "y": last(y),
        "slopes": [last(slope) for slope in slopes],
        "penaltySlope": stored(second.permute(2, 3, 1, 0) if second.dim() == 4 else second.T),
    }


r = torch.randn
cases = {
    "film": case(ByRow(3, 5, "none"), r(2, 3, 4, 4), r(2, 5)),
    "conditional batch norm": case(ByRow(3, 5, "batch"), r(2, 3, 4, 4), r(2, 5)),
    "conditional instance norm": case(ByRow(3, 5, "instance"), r(2, 3, 4, 4), r(2, 5)),
    "conditional layer norm": case(ByRow(3, 5, "layer"), r(2, 3, 4, 4), r(2, 5)),
    "spade, of a finer map": case(ByMap(3, 2, "batch", 4), r(2, 3, 4, 4), r(2, 2, 8, 8)),
    "spade, of a coarser map": case(ByMap(3, 2, "instance", 4), r(2, 3, 4, 4), r(2, 2, 2, 2)),
    "spade residual": case(Residual(3, 5, 2, "batch", 4, True), r(2, 3, 4, 4), r(2, 2, 4, 4)),
    "spade residual of as many channels": case(Residual(3, 3, 2, "instance", 4, False), r(2, 3, 4, 4), r(2, 2, 4, 4)),
}
TARGET.write_text(json.dumps({"torch": torch.__version__, "cases": cases}) + "\n")

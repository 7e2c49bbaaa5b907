"""Golden values of the judge of U-Net GAN by PyTorch's modules and torch-mimicry's self-attention, in float64, of weights that
are exact in float32.

    python tools/goldens/unet.py         # writes tests/golden/unet.json

Needs torch (made with 2.15.0) and torch-mimicry without its dependencies. Parameter counts are those of the authors' own
code at the papers' sizes (github.com/boschresearch/unetgan at 37adcf0, run once; less a dense layer that it declares and
never calls), which the judge below has too.
"""

import json
from pathlib import Path

import torch
import torch.nn.functional as F
from exported import count, drawn, kept, nhwc, of_embedding, of_layer, picture, stored, thinned
from installed import without_init
from torch import nn
from torch.nn.utils import spectral_norm

without_init("torch_mimicry", "torch_mimicry.nets")

from torch_mimicry.modules.layers import SelfAttention

TARGET = Path(__file__).resolve().parents[2] / "tests" / "golden" / "unet.json"
STRIDE = 7
WIDTHS = {16: [1, 2], 32: [1, 2, 4], 128: [1, 2, 4, 8, 16], 256: [1, 2, 4, 8, 8, 16]}
torch.manual_seed(4)


class Down(nn.Module):
    def __init__(self, a, b, first):
        super().__init__()
        self.first = spectral_norm(nn.Conv2d(a, b, 3, padding=1))
        self.second = spectral_norm(nn.Conv2d(b, b, 3, padding=1))
        self.skip = spectral_norm(nn.Conv2d(a, b, 1))
        self.entry, self.activation = nn.Identity() if first else nn.ReLU(), nn.ReLU()

    def forward(self, x):
        h = self.second(self.activation(self.first(self.entry(x))))
        return F.avg_pool2d(h, 2) + self.skip(F.avg_pool2d(x, 2))


class Up(nn.Module):
    def __init__(self, a, b):
        super().__init__()
        self.first = spectral_norm(nn.Conv2d(a, b, 3, padding=1))
        self.second = spectral_norm(nn.Conv2d(b, b, 3, padding=1))
        self.skip = spectral_norm(nn.Conv2d(a, b, 1))
        self.activation = nn.ReLU()

    def forward(self, x):
        double = lambda of: F.interpolate(of, scale_factor=2)
        h = self.second(self.activation(self.first(double(self.activation(x)))))
        return h + self.skip(double(x))


class UnetJudge(nn.Module):
    """Schönfeld et al. (2020), section 3 and appendix."""

    def __init__(self, side, filters=64, classes=None, attention=None):
        super().__init__()
        down = [times * filters for times in WIDTHS[side]]
        up = [*down[:-1][::-1], filters]
        self.downs = nn.ModuleList(Down(a, b, k == 0) for k, (a, b) in enumerate(zip([3, *down], down)))
        beside = [down[-1], *(2 * width for width in up[:-1])]
        self.ups = nn.ModuleList(Up(a, b) for a, b in zip(beside, up))
        self.attending = None if attention is None else [side // 2 ** (k + 1) for k in range(len(down))].index(attention)
        self.attention = None if attention is None else SelfAttention(down[self.attending], spectral_norm=True)
        self.score, self.pixels = spectral_norm(nn.Linear(down[-1], 1)), nn.Conv2d(filters, 1, 1)
        self.activation = nn.ReLU()
        if classes:
            self.classes = spectral_norm(nn.Embedding(classes, down[-1]))
            self.pixel_classes = spectral_norm(nn.Embedding(classes, filters))

    def forward(self, x, y=None):
        maps = []
        for k, block in enumerate(self.downs):
            x = block(x)
            if k == self.attending:
                x = self.attention(x)
            maps.append(x)
        h = self.activation(x).sum([2, 3])
        score = self.score(h)
        for k, block in enumerate(self.ups):
            x = block(x if k == 0 else torch.cat([x, maps[-1 - k]], 1))
        pixels = self.pixels(x)
        if y is not None:
            score = score + (self.classes(y) * h).sum(1, keepdim=True)
            pixels = pixels + (self.pixel_classes(y)[:, :, None, None] * x).sum(1, keepdim=True)
        return score, pixels


def table_of(network):
    table = {"parameters": {}, "state": {}}
    for kind, blocks in [("down", network.downs), ("up", network.ups)]:
        for k, block in enumerate(blocks):
            for part in ["first", "second", "skip"]:
                of_layer(f"{kind}{k + 1}.{part}", getattr(block, part), table)
    if network.attention is not None:
        for theirs, ours in {"theta": "queries", "phi": "keys", "g": "values", "o": "result"}.items():
            of_layer(f"attention.{ours}", getattr(network.attention, theirs), table)
        table["parameters"]["attention/scale"] = network.attention.gamma
    of_layer("score", network.score, table)
    of_layer("pixels", network.pixels, table)
    if hasattr(network, "classes"):
        of_embedding("classes", network.classes, table)
        of_embedding("pixels.classes", network.pixel_classes, table)
    return table


def case(side, classes=None, **size):
    network = UnetJudge(side, classes=classes, **size)
    given = [picture(side).requires_grad_(), *([torch.tensor([2, 0])] if classes else [])]
    drawn(network, lambda judge: judge(*given))
    score, pixels = network(*given)
    [slope] = torch.autograd.grad(score.sum() + pixels.sum() / side, given[0], create_graph=True)
    penalty = (slope**2).sum()
    down, up = torch.autograd.grad(penalty, [network.downs[0].first.weight_orig, network.ups[-1].first.weight_orig])
    return {
        **kept(table_of(network)), "score": stored(score), "pixels": thinned(nhwc(pixels), STRIDE),
        "slope": thinned(nhwc(slope), STRIDE), "penalty": penalty.item(),
        "penaltySlopes": [stored(x.permute(2, 3, 1, 0)) for x in (down, up)],
    }


authors = {"128": 31_481_667 - 65, "128, 10 classes, attention": 31_497_668 - 65, "256": 44_067_651 - 65}
assert authors == {
    "128": count(UnetJudge(128)),
    "128, 10 classes, attention": count(UnetJudge(128, classes=10, attention=64)),
    "256": count(UnetJudge(256)),
}
golden = {
    "torch": torch.__version__,
    "stride": STRIDE,
    "cases": {"32": case(32, filters=1), "16, 3 classes, attention": case(16, classes=3, filters=4, attention=4)},
    "parameters": authors,
}
TARGET.write_text(json.dumps(golden) + "\n")

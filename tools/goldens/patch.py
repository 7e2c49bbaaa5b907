"""
Judges of patches, of PyTorch's modules after the papers: scores, and slopes to second order.

    python tools/goldens/patch.py       # writes tests/golden/patch.json

Needs torch (made with 2.15.0). pix2pix: arXiv:1611.07004, appendix 6.1.2; its authors' networks have the parameter counts
that the test knows: 2.769 million for pairs of pictures, and 2.765 million with CycleGAN's instance norm.
"""

import json
from pathlib import Path

import torch
from exported import count, drawn, kept, nhwc, of_layer, picture, stored, thinned
from torch import nn

TARGET = Path(__file__).resolve().parents[2] / "tests" / "golden" / "patch.json"
STRIDE = 5
torch.manual_seed(7)


def judge(norm, channels=3, filters=64, layers=3):
    def convolution(a, b, stride, bias):
        conv = nn.Conv2d(a, b, 4, stride, 1, bias=bias)
        return nn.utils.spectral_norm(conv) if norm == "spectral" else conv

    parts = [convolution(channels, filters, 2, True), nn.LeakyReLU(0.2)]
    width = filters
    for k in range(1, layers + 1):
        wide = filters * min(2**k, 8)
        parts.append(convolution(width, wide, 2 if k < layers else 1, norm == "spectral"))
        if norm == "batch":
            parts.append(nn.BatchNorm2d(wide))
        if norm == "instance":
            parts.append(nn.InstanceNorm2d(wide, affine=True))
        parts.append(nn.LeakyReLU(0.2))
        width = wide
    return nn.Sequential(*parts, convolution(width, 1, 1, True))


def case(norm):
    network = judge(norm, filters=2, layers=2)
    x = picture(16).requires_grad_()
    drawn(network, lambda of: of(x))
    table = {"parameters": {}, "state": {}}
    convs = [part for part in network if isinstance(part, nn.Conv2d)]
    names = [f"map{k + 1}" for k in range(len(convs) - 1)] + ["score"]
    for name, conv in zip(names, convs):
        of_layer(f"{name}.bounded" if norm == "spectral" else name, conv, table)
    norms = [part for part in network if isinstance(part, (nn.BatchNorm2d, nn.InstanceNorm2d))]
    for k, part in enumerate(norms):
        scale, shift = {"batch": ("gamma", "beta"), "instance": ("scale", "offset")}[norm]
        table["parameters"][f"map{k + 2}.norm/{scale}"] = part.weight
        table["parameters"][f"map{k + 2}.norm/{shift}"] = part.bias
    score = network(x)
    [slope] = torch.autograd.grad((score**2).sum(), x, create_graph=True)
    penalty = (slope**2).sum()
    first = getattr(convs[0], "weight_orig", convs[0].weight)
    [of_kernel] = torch.autograd.grad(penalty, [first])
    return {
        **kept(table), "score": stored(nhwc(score)), "slope": thinned(nhwc(slope), STRIDE), "penalty": penalty.item(),
        "penaltySlope": stored(of_kernel.permute(2, 3, 1, 0)),
    }


golden = {
    "torch": torch.__version__,
    "stride": STRIDE,
    "cases": {norm: case(norm) for norm in ["batch", "instance", "spectral"]},
    "parameters": {"pairs": count(judge("batch", 6)), "spectral": count(judge("spectral"))},
}
TARGET.write_text(json.dumps(golden) + "\n")
print(golden["parameters"], {name: case["penalty"] for name, case in golden["cases"].items()})

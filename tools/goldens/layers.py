"""Golden values of the layers of @gan/architectures, by PyTorch in float64: what PyTorch has as a function, and the
formulas of the papers written out with a convolution for each sample.

    python tools/goldens/layers.py      # writes tests/golden/layers.json

Of each case: options, inputs (masks are fixed: nothing is differentiated in them) and weights; the result y; and with fixed numbers v, s = sum(y v): the gradients of s in
every input and weight, and those of sum over inputs of |ds/dinput|^2, as a gradient penalty takes them.
Maps are [batch, height, width, channels] and kernels [height, width, in, out], as in TensorFlow.js.
"""

import json
import math
from pathlib import Path

import torch
import torch.nn.functional as F

torch.manual_seed(5)
torch.set_default_dtype(torch.float64)
TARGET = Path(__file__).resolve().parents[2] / "tests" / "golden" / "layers.json"


def nchw(x):
    return x.permute(0, 3, 1, 2)


def nhwc(x):
    return x.permute(0, 2, 3, 1)


def oihw(kernel):
    return kernel.permute(3, 2, 0, 1)


def binomial(channels):
    row = torch.tensor([1.0, 3.0, 3.0, 1.0])
    return (torch.outer(row, row) / 64).expand(channels, 1, 4, 4)


def up(x):
    """Zeros between and the filter, on [batch, channels, height, width]."""
    return F.conv_transpose2d(x, 4 * binomial(x.shape[1]), stride=2, padding=1, groups=x.shape[1])


def down(x):
    return F.conv2d(x, binomial(x.shape[1]), stride=2, padding=1, groups=x.shape[1])


def grown(x, w):
    """A transposed convolution to [2 height + 1, 2 width + 1], and the filter down to twice the sides."""
    y = F.conv_transpose2d(x, w.transpose(0, 1), stride=2)
    return F.conv2d(F.pad(y, (1, 1, 1, 1)), 4 * binomial(y.shape[1]), groups=y.shape[1])


def modulated(x, style, kernel, demodulate=True, times=1):
    results = []
    scale = 1 / math.sqrt(kernel.shape[0] * kernel.shape[1] * kernel.shape[2])
    for one, s in zip(nchw(x), style):
        w = oihw(kernel) * scale * s[None, :, None, None]
        if demodulate:
            w = w / torch.sqrt((w**2).sum(dim=(1, 2, 3), keepdim=True) + 1e-8)
        one = one[None]
        results.append(F.conv2d(one, w, padding="same") if times == 1 else grown(one, w))
    return nhwc(torch.cat(results))


def partial(x, mask, kernel, bias, strides=1):
    pad = kernel.shape[0] // 2
    masked = F.conv2d(nchw(x * mask), oihw(kernel), stride=strides, padding=pad)
    ones = torch.ones(1, 1, kernel.shape[0], kernel.shape[1])
    count = F.conv2d(nchw(mask), ones, stride=strides, padding=pad)
    known = (count > 0).double()
    y = known * (masked * ones.numel() / count.clamp(min=1) + bias[None, :, None, None])
    return nhwc(y)


def gated(x, kernel, bias, phi=F.elu, stride=1, dilation=1):
    features, gates = F.conv2d(nchw(x), oihw(kernel), bias, stride, dilation, dilation).chunk(2, 1)
    return nhwc(phi(features) * torch.sigmoid(gates))


def attend(queries, keys, values, scale=1.0):
    flat = lambda x: x.reshape(x.shape[0], 1, -1, x.shape[-1])
    y = F.scaled_dot_product_attention(flat(queries), flat(keys), flat(values), scale=scale)
    return y.reshape(*queries.shape[:-1], values.shape[-1])


def pixel_norm(x):
    return F.normalize(x, dim=-1, eps=0) * math.sqrt(x.shape[-1])


r = torch.randn
hole = (torch.rand(2, 5, 5, 1) > 0.6).double()
CASES = [
    ("pixelNormalization", {}, [r(2, 3, 3, 4)], {}, lambda x: pixel_norm(x)),
    ("equalizedDense", {"units": 4, "gain": 1.5, "rate": 0.5}, [r(3, 6)], {"kernel": r(6, 4), "bias": r(4)},
     lambda x, kernel, bias: F.linear(x, kernel.T * (1.5 * 0.5 / math.sqrt(6)), bias * 0.5)),
    ("equalizedConv2d", {"filters": 3, "kernelSize": 3, "gain": math.sqrt(2)}, [r(2, 5, 4, 2)], {"kernel": r(3, 3, 2, 3), "bias": r(3)},
     lambda x, kernel, bias: nhwc(F.conv2d(nchw(x), oihw(kernel) * (math.sqrt(2) / math.sqrt(18)), bias, padding=1))),
    ("modulatedConv2d", {"filters": 4, "kernelSize": 3}, [r(2, 5, 4, 3), r(2, 3) + 1], {"kernel": r(3, 3, 3, 4)}, modulated),
    ("modulatedConv2d", {"filters": 3, "kernelSize": 1, "demodulate": False}, [r(2, 3, 3, 5), r(2, 5) + 1], {"kernel": r(1, 1, 5, 3)},
     lambda x, style, kernel: modulated(x, style, kernel, demodulate=False)),
    ("modulatedConv2d", {"filters": 2, "kernelSize": 3, "up": 2}, [r(2, 4, 3, 3), r(2, 3) + 1], {"kernel": r(3, 3, 3, 2)},
     lambda x, style, kernel: modulated(x, style, kernel, times=2)),
    ("filteredUpsampling", {}, [r(2, 3, 5, 2)], {}, lambda x: nhwc(up(nchw(x)))),
    ("filteredDownsampling", {}, [r(2, 6, 4, 2)], {}, lambda x: nhwc(down(nchw(x)))),
    ("groupNormalization", {"groups": 2}, [r(2, 3, 4, 6)], {"scale": r(6), "offset": r(6)},
     lambda x, scale, offset: nhwc(F.group_norm(nchw(x), 2, scale, offset))),
    ("instanceNormalization", {}, [r(2, 3, 4, 3)], {"scale": r(3), "offset": r(3)},
     lambda x, scale, offset: nhwc(F.instance_norm(nchw(x), weight=scale, bias=offset))),
    ("instanceNormalization", {"affine": False, "epsilon": 1e-3}, [r(2, 4, 4, 3)], {}, lambda x: nhwc(F.instance_norm(nchw(x), eps=1e-3))),
    ("attention", {"scale": 0.5}, [r(2, 3, 3, 2), r(2, 2, 2, 2), r(2, 2, 2, 5)], {}, lambda q, k, v: attend(q, k, v, 0.5)),
    ("attention", {}, [r(2, 4, 3), r(2, 4, 3), r(2, 4, 2)], {}, attend),
    ("learnedScale", {"start": 0.5}, [r(2, 3)], {"scale": r(())}, lambda x, scale: x * scale),
    ("modulation", {}, [r(2, 3, 3, 4), r(2, 4), r(2, 4)], {}, lambda x, a, b: x * (1 + a[:, None, None]) + b[:, None, None]),
    ("partialConv2d", {"filters": 3, "kernelSize": 3}, [r(2, 5, 5, 2), hole], {"kernel": r(3, 3, 2, 3), "bias": r(3)}, partial),
    ("groupedConv2d", {"filters": 6, "kernelSize": 3, "groups": 2, "strides": 2}, [r(2, 5, 7, 4)], {"kernel": r(3, 3, 2, 6), "bias": r(6)},
     lambda x, kernel, bias: nhwc(F.conv2d(nchw(x), oihw(kernel), bias, stride=2, padding=1, groups=2))),
    ("groupedConv2d", {"filters": 6, "kernelSize": 2, "groups": 3, "padding": "valid", "useBias": False}, [r(2, 4, 3, 3)], {"kernel": r(2, 2, 1, 6)},
     lambda x, kernel: nhwc(F.conv2d(nchw(x), oihw(kernel), groups=3))),
    ("gatedLinearUnit", {}, [r(2, 3, 2, 6)], {}, lambda x: F.glu(x, -1)),
    ("gatedConv2d", {"filters": 3, "kernelSize": 3}, [r(2, 5, 4, 2)], {"kernel": r(3, 3, 2, 6), "bias": r(6)}, gated),
    ("gatedConv2d", {"filters": 2, "kernelSize": 3, "strides": 2, "activation": "leakyReLU"}, [r(2, 5, 5, 2)], {"kernel": r(3, 3, 2, 4), "bias": r(4)},
     lambda x, kernel, bias: gated(x, kernel, bias, lambda y: F.leaky_relu(y, 0.2), stride=2)),
    ("gatedConv2d", {"filters": 2, "kernelSize": 3, "dilation": 2, "activation": "linear"}, [r(2, 6, 5, 2)], {"kernel": r(3, 3, 2, 4), "bias": r(4)},
     lambda x, kernel, bias: gated(x, kernel, bias, lambda y: y, dilation=2)),
    ("fourierFeatures", {"frequencies": 3}, [r(2, 2)], {"frequencies": r(2, 3)},
     lambda x, frequencies: torch.cat([torch.cos(2 * math.pi * x @ frequencies), torch.sin(2 * math.pi * x @ frequencies)], 1)),
]


def stored(x):
    return {"shape": list(x.shape), "values": x.detach().flatten().tolist()}


def case(layer, options, inputs, weights, f):
    # What TensorFlow.js is given passes through float32, and so does this.
    fixed = [i for i, x in enumerate(inputs) if x is hole]
    inputs = [x if i in fixed else x.float().double().requires_grad_() for i, x in enumerate(inputs)]
    weights = {name: w.float().double().requires_grad_() for name, w in weights.items()}
    y = f(*inputs, *weights.values())
    v = torch.randn(y.shape).float().double()
    moved = [x for i, x in enumerate(inputs) if i not in fixed]
    at = [*moved, *weights.values()]
    s = (y * v).sum()
    first = torch.autograd.grad(s, at, create_graph=True, allow_unused=True)
    slope = sum((g**2).sum() for g in first[: len(moved)] if g is not None)
    zero = lambda grads: [torch.zeros_like(x) if g is None else g for g, x in zip(grads, at)]
    second = torch.autograd.grad(slope, at, allow_unused=True) if slope.requires_grad else [None] * len(at)
    return {
        "layer": layer, "options": options, "fixed": fixed, "inputs": [stored(x) for x in inputs],
        "weights": {name: stored(w) for name, w in weights.items()}, "v": stored(v), "y": stored(y),
        "first": [stored(g) for g in zero(first)], "second": [stored(g) for g in zero(second)],
    }


def rounded(x):
    if isinstance(x, float):
        return float(f"{x:.10g}")
    if isinstance(x, dict):
        return {k: rounded(v) for k, v in x.items()}
    return [rounded(v) for v in x] if isinstance(x, list) else x


TARGET.write_text(json.dumps({"torch": torch.__version__, "cases": rounded([case(*one) for one in CASES])}) + "\n")

"""Golden values of @gan/architectures: DCGAN of PyTorch's own modules, in float64.

    python tools/goldens/dcgan.py > packages/gan-architectures/src/networks/dcgan/golden/dcgan.json
    python tools/goldens/dcgan.py r1 > tests/golden/dcgan-r1.json

Needs torch (made with 2.15.0). Weights and inputs are sines, so that they need not be stored: the i-th number of the
k-th weight of the TypeScript network, in its order and layout, is sin(1.3 i + 0.9 k + 0.5), scaled by what it is.
"""

import json
import sys
import torch
from torch import nn

torch.set_default_dtype(torch.float64)
BATCH, EVERY = 4, 97


def sines(k, shape):
    count = torch.Size(shape).numel()
    return torch.sin(1.3 * torch.arange(count) + 0.9 * k + 0.5).reshape(shape)


SCALES = {
    "kernel": lambda s: 0.2 * s, "bias": lambda s: 0.1 * s,
    "gamma": lambda s: 1 + 0.2 * s, "beta": lambda s: 0.1 * s, "mean": lambda s: 0.1 * s, "variance": lambda s: 1 + 0.5 * s,
}


class Weights:
    """Weights in the TypeScript network's order: those it trains, then the statistics of its norms."""

    def __init__(self):
        self.k, self.norms, self.trained = 0, [], []

    def take(self, kind, *shape):
        value = SCALES[kind](sines(self.k, shape))
        self.k += 1
        return value

    def fill(self, parameter, value, axes=None):
        """Sets a parameter to a value whose axes PyTorch has in another order; `trained` tells the way back."""
        if axes is None:
            axes = list(range(value.dim()))
        value = value.permute(axes)
        assert parameter.shape == value.shape, (parameter.shape, value.shape)
        parameter.data = value.contiguous()
        if isinstance(parameter, nn.Parameter):
            self.trained.append((parameter, [axes.index(i) for i in range(len(axes))]))

    def embedding(self, classes, width):
        layer = nn.Embedding(classes, width)
        self.fill(layer.weight, self.take("kernel", classes, width))
        return layer

    def dense(self, inputs, units, bias):
        layer = nn.Linear(inputs, units, bias=bias)
        self.fill(layer.weight, self.take("kernel", inputs, units), [1, 0])
        if bias:
            self.fill(layer.bias, self.take("bias", units))
        return layer

    def convolution(self, inputs, filters, bias):
        layer = nn.Conv2d(inputs, filters, 4, 2, 1, bias=bias)
        self.fill(layer.weight, self.take("kernel", 4, 4, inputs, filters), [3, 2, 0, 1])
        if bias:
            self.fill(layer.bias, self.take("bias", filters))
        return layer

    def transposed(self, inputs, filters, bias):
        layer = nn.ConvTranspose2d(inputs, filters, 4, 2, 1, bias=bias)
        self.fill(layer.weight, self.take("kernel", 4, 4, filters, inputs), [3, 2, 0, 1])
        if bias:
            self.fill(layer.bias, self.take("bias", filters))
        return layer

    def norm(self, layer):
        self.fill(layer.weight, self.take("gamma", layer.num_features))
        self.fill(layer.bias, self.take("beta", layer.num_features))
        self.norms.append(layer)
        return layer

    def statistics(self):
        for layer in self.norms:
            self.fill(layer.running_mean, self.take("mean", layer.num_features))
            self.fill(layer.running_var, self.take("variance", layer.num_features))


class Generator(nn.Module):
    def __init__(self, start, widths, channels, latents, classes=None, embedding=0):
        super().__init__()
        w, self.start = Weights(), start
        self.embedding = w.embedding(classes, embedding) if classes else None
        first = start * start * widths[0]
        self.dense = w.dense(latents + embedding, first, False)
        self.norm = w.norm(nn.BatchNorm1d(first))
        maps = []
        for before, after in zip(widths, widths[1:]):
            maps += [w.transposed(before, after, False), w.norm(nn.BatchNorm2d(after)), nn.ReLU()]
        self.maps = nn.Sequential(*maps, w.transposed(widths[-1], channels, True), nn.Tanh())
        w.statistics()
        self.norms = w.norms

    def forward(self, latents, classes=None):
        code = latents if self.embedding is None else torch.cat([latents, self.embedding(classes)], 1)
        row = torch.relu(self.norm(self.dense(code)))
        return self.maps(row.reshape(len(row), self.start, self.start, -1).permute(0, 3, 1, 2)).permute(0, 2, 3, 1)


class Discriminator(nn.Module):
    def __init__(self, side, widths, channels, classes=None, condition=None):
        super().__init__()
        w, self.side, self.condition = Weights(), side, condition
        if condition == "concatenation":
            self.map, channels = w.embedding(classes, side * side), channels + 1
        maps = [w.convolution(channels, widths[0], True), nn.LeakyReLU(0.2)]
        for before, after in zip(widths, widths[1:]):
            maps += [w.convolution(before, after, False), w.norm(nn.BatchNorm2d(after)), nn.LeakyReLU(0.2)]
        self.maps = nn.Sequential(*maps)
        flat = (side // 2 ** len(widths)) ** 2 * widths[-1]
        if condition == "projection":
            self.direction = w.embedding(classes, flat)
        self.dense = w.dense(flat, 1, True)
        w.statistics()
        self.norms, self.trained = w.norms, w.trained

    def forward(self, sample, classes=None):
        if self.condition == "concatenation":
            sample = torch.cat([sample, self.map(classes).reshape(-1, self.side, self.side, 1)], 3)
        features = self.maps(sample.permute(0, 3, 1, 2)).permute(0, 2, 3, 1).flatten(1)
        score = self.dense(features)
        if self.condition == "projection":
            score = score + (self.direction(classes) * features).sum(1, keepdim=True)
        return score


def rounded(x, every=1):
    return [float(f"{v:.8g}") for v in x.detach().flatten()[::every].tolist()]


def played(network, shape, classes=None):
    """Inference; then training, its gradient of the mean square of the outputs, and the statistics that it leaves."""
    x = sines(50, (BATCH, *shape)).requires_grad_()
    ids = () if classes is None else (torch.arange(BATCH) * 3 % classes,)
    inference = network.eval()(x, *ids)
    before = [norm.running_var.clone() for norm in network.norms]
    counts = []
    hooks = [n.register_forward_pre_hook(lambda m, i: counts.append(i[0].numel() // m.num_features)) for n in network.norms]
    training = network.train()(x, *ids)
    (gradient,) = torch.autograd.grad(training.square().mean(), x)
    for hook in hooks:
        hook.remove()
    # PyTorch averages the unbiased variance, n / (n - 1) times that of the batch; Keras that of the batch.
    variances = [0.9 * b + (n.running_var - 0.9 * b) * (c - 1) / c for n, b, c in zip(network.norms, before, counts)]
    state = [part for n, v in zip(network.norms, variances) for part in (n.running_mean, v)]
    return {
        "inference": rounded(inference, EVERY if inference.numel() > 100 else 1),
        "training": rounded(training, EVERY if training.numel() > 100 else 1),
        "gradient": rounded(gradient, EVERY if gradient.numel() > 100 else 1),
        "state": rounded(torch.cat(state), 11),
    }


def count(network):
    return sum(p.numel() for p in network.parameters() if p.requires_grad)


def penalised(network, shape, classes=None):
    """R1 with gamma 1, in training, and its gradient in every parameter, in the TypeScript network's order and layout."""
    x = sines(50, (BATCH, *shape)).requires_grad_()
    ids = () if classes is None else (torch.arange(BATCH) * 3 % classes,)
    (slope,) = torch.autograd.grad(network.train()(x, *ids).sum(), x, create_graph=True)
    penalty = slope.square().sum() / BATCH / 2
    grads = torch.autograd.grad(penalty, [p for p, _ in network.trained], allow_unused=True)
    laid = [torch.zeros_like(p) if g is None else g.permute(back) for g, (p, back) in zip(grads, network.trained)]
    return {"value": rounded(penalty)[0], "gradients": [rounded(g, 7 if g.numel() > 100 else 1) for g in laid]}


if sys.argv[1:] == ["r1"]:
    print(json.dumps({
        "torch": torch.__version__.split("+")[0],
        "cases": {
            "unconditional": penalised(Discriminator(28, [2, 4], 1), [28, 28, 1]),
            "concatenation": penalised(Discriminator(16, [3, 6], 2, 4, "concatenation"), [16, 16, 2], 4),
            "projection": penalised(Discriminator(16, [3, 6], 2, 4, "projection"), [16, 16, 2], 4),
        },
    }))
    sys.exit()

print(json.dumps({
    "torch": torch.__version__.split("+")[0],
    "every": EVERY,
    "parameters": {
        "generator 28": count(Generator(7, [128, 64], 1, 100)),
        "discriminator 28": count(Discriminator(28, [64, 128], 1)),
        "generator 32": count(Generator(4, [256, 128, 64], 3, 100)),
        "discriminator 32": count(Discriminator(32, [64, 128, 256], 3)),
        "generator 64": count(Generator(4, [512, 256, 128, 64], 3, 100)),
        "discriminator 64": count(Discriminator(64, [64, 128, 256, 512], 3)),
    },
    "cases": {
        "generator 28": played(Generator(7, [4, 2], 1, 3), [3]),
        "discriminator 28": played(Discriminator(28, [2, 4], 1), [28, 28, 1]),
        "generator 32": played(Generator(4, [8, 4, 2], 3, 3), [3]),
        "discriminator 32": played(Discriminator(32, [2, 4, 8], 3), [32, 32, 3]),
        "generator of 4 classes": played(Generator(4, [6, 3], 2, 5, 4, 6), [5], 4),
        "discriminator by concatenation": played(Discriminator(16, [3, 6], 2, 4, "concatenation"), [16, 16, 2], 4),
        "discriminator by projection": played(Discriminator(16, [3, 6], 2, 4, "projection"), [16, 16, 2], 4),
    },
}))

"""The perceptrons of examples/01 for points of the plane with R1, in eager PyTorch: what ring.ts trains."""

import torch
from torch import nn
from torch.nn.functional import softplus

from two_players import TwoPlayers, load

LATENTS, UNITS = 2, 128


class Perceptron(nn.Module):
    def __init__(self, activation, name, width):
        super().__init__()
        self.activation, self.name = activation, name
        self.hidden = nn.ModuleList([nn.Linear(2, UNITS), nn.Linear(UNITS, UNITS)])
        self.last = nn.Linear(UNITS, width)

    def forward(self, x):
        for layer in self.hidden:
            x = self.activation(layer(x))
        return self.last(x)

    def places(self):
        named = [*((f"hidden{k + 1}", layer) for k, layer in enumerate(self.hidden)), (self.name, self.last)]
        for name, layer in named:
            yield f"{name}/kernel", layer.weight
            yield f"{name}/bias", layer.bias


class Model(TwoPlayers):
    def __init__(self, setup, weights, device, memory_format):
        generator, discriminator = Perceptron(nn.ReLU(True), "sample", 2), Perceptron(nn.LeakyReLU(0.2, True), "score", 1)
        load(generator, weights, "weights/generator/parameters/")
        load(discriminator, weights, "weights/discriminator/parameters/")
        # There are no maps here to have a format.
        plain = torch.preserve_format
        super().__init__(generator, discriminator, LATENTS, device, plain, lr=2e-3, betas=(0.5, 0.99))

    def discriminator_loss(self, points, fakes):
        at = points.detach().requires_grad_()
        real = self.discriminator(at)
        (slope,) = torch.autograd.grad(real.sum(), at, create_graph=True)
        penalty = 0.01 * slope.square().sum(1).mean()
        return softplus(-real).mean() + softplus(self.discriminator(fakes)).mean() + penalty

    def generator_loss(self, points, fakes):
        return softplus(-self.discriminator(fakes)).mean()

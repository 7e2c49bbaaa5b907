"""The residual networks of WGAN-GP for 32 x 32 with its gradient penalty, in eager PyTorch: what wgan-gp.ts trains."""

import resnet
import torch
from torch import nn


class Critic(nn.Module):
    def __init__(self):
        super().__init__()
        free = {"bounded": lambda layer: layer}
        self.block1 = resnet.Down(3, resnet.FILTERS, True, True, **free)
        self.block2 = resnet.Down(resnet.FILTERS, resnet.FILTERS, True, False, **free)
        self.block3 = resnet.Down(resnet.FILTERS, resnet.FILTERS, False, False, **free)
        self.block4 = resnet.Down(resnet.FILTERS, resnet.FILTERS, False, False, **free)
        self.score = nn.Linear(resnet.FILTERS, 1)

    def forward(self, x):
        x = self.block4(self.block3(self.block2(self.block1(x))))
        return self.score(x.relu().mean((2, 3)))


class Model(resnet.Model):
    def networks(self):
        return resnet.Generator(), Critic()

    def step(self, pictures, draws):
        self.draws = draws
        return super().step(pictures, draws)

    def discriminator_loss(self, pictures, fakes):
        share = self.draws.uniform(len(pictures))[:, None, None, None]
        at = (share * pictures + (1 - share) * fakes).requires_grad_()
        (slope,) = torch.autograd.grad(self.discriminator(at).sum(), at, create_graph=True)
        penalty = 10 * (slope.square().sum((1, 2, 3)).sqrt() - 1).square().mean()
        return self.discriminator(fakes).mean() - self.discriminator(pictures).mean() + penalty

"""The DCGAN of dcgan.py with one thing more in a step, by its name in term.ts."""

import torch
from torch.func import functional_call
from torch.nn.functional import softplus

import dcgan


def slopes(scores, at):
    """The gradient of the sum of scores at samples, [batch, numbers], to be differentiated again."""
    (gradient,) = torch.autograd.grad(scores.sum(), at, create_graph=True)
    return gradient.flatten(1)


class Model(dcgan.Model):
    def __init__(self, setup, weights, device, memory_format):
        ours = {name.replace("/judge/", "/discriminator/"): value for name, value in weights.items()}
        super().__init__(setup, ours, device, memory_format)
        self.variant = setup.get("variant", "plain")
        self.mean_length = torch.zeros((), device=device)

    def judge_penalty(self, pictures, fakes, draws):
        """R1 with gamma 10, or the gradient penalty of WGAN-GP with weight 10."""
        if self.variant == "r1":
            at = pictures.detach().requires_grad_()
            return 5 * slopes(self.discriminator(at), at).square().sum(1).mean()
        if self.variant == "gradientPenalty":
            share = draws.uniform(len(pictures))[:, None, None, None]
            at = (share * pictures + (1 - share) * fakes).requires_grad_()
            return 10 * (slopes(self.discriminator(at), at).square().sum(1).sqrt() - 1).square().mean()
        return None

    def path_length(self, latents, draws):
        """With weight 2, on half of the batch."""
        at = latents[: len(latents) // 2].detach().requires_grad_()
        made = self.generator(at)
        noise = draws.pictures(made)
        lengths = slopes((made * noise) / (made.shape[2] * made.shape[3]) ** 0.5, at).square().sum(1).sqrt()
        average = 0.99 * self.mean_length + 0.01 * lengths.mean()
        self.mean_length = average.detach()
        return 2 * (lengths - average).square().mean()

    def foreseen(self, pictures, fakes, updates):
        """The discriminator's parameters after more updates by Adam, as functions of the fakes."""
        adam = self.adams["discriminator"]
        (group,) = adam.param_groups
        beta1, beta2 = group["betas"]
        now = dict(self.discriminator.named_parameters())
        states = {name: adam.state[parameter] for name, parameter in now.items()}
        first = {name: state["exp_avg"] for name, state in states.items()}
        second = {name: state["exp_avg_sq"] for name, state in states.items()}
        done = int(next(iter(states.values()))["step"].item())
        for update in range(done + 1, done + updates + 1):
            judge = lambda x: functional_call(self.discriminator, now, (x,))
            loss = softplus(-judge(pictures)).mean() + softplus(judge(fakes)).mean()
            gradients = torch.autograd.grad(loss, list(now.values()), create_graph=True)
            after = {}
            for (name, parameter), gradient in zip(now.items(), gradients):
                first[name] = beta1 * first[name] + (1 - beta1) * gradient
                second[name] = beta2 * second[name] + (1 - beta2) * gradient.square()
                scale = second[name].sqrt() / (1 - beta2**update) ** 0.5 + group["eps"]
                after[name] = parameter - group["lr"] / (1 - beta1**update) * first[name] / scale
            now = after
        return now

    def step(self, pictures, draws):
        with torch.no_grad():
            fakes = self.generator(draws.normal("latents", len(pictures), dcgan.LATENTS))
        discriminator_loss = self.discriminator_loss(pictures, fakes)
        penalty = self.judge_penalty(pictures, fakes, draws)
        if penalty is not None:
            discriminator_loss = discriminator_loss + penalty
        self.update("discriminator", discriminator_loss)

        latents = draws.normal("latents", len(pictures), dcgan.LATENTS)
        fakes = self.generator(latents)
        if self.variant == "unrolled5":
            scores = functional_call(self.discriminator, self.foreseen(pictures, fakes, 5), (fakes,))
        else:
            scores = self.discriminator(fakes)
        generator_loss = softplus(-scores).mean()
        if self.variant == "pathLength":
            generator_loss = generator_loss + self.path_length(latents, draws)
        self.update("generator", generator_loss)
        return {"discriminator": discriminator_loss.item(), "generator": generator_loss.item()}

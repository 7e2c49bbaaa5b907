"""Golden values of the penalties and regularisers of @gan/losses, from code that others wrote, in float64.

    python tools/goldens/penalties.py > tests/golden/penalties.json

Needs torch (made with 2.15.0), torch-mimicry 0.1.16, basicsr 1.4.2, stylegan2-pytorch 1.9.0 and torchgan 0.1.0, whose
losses are taken from their installed files one by one: nothing else of those packages is imported. What they lack is
written here in functions of torch, and says so. All inputs are multiples of 1/64, hence the same numbers in float32.
"""

import importlib
import json
import types
from contextlib import contextmanager
from unittest import mock

import torch
from torch import autograd
from torch.nn import functional as F

from installed import installed, without_init

torch.manual_seed(7)
torch.set_default_dtype(torch.float64)
BATCH = 5

mimicry_penalty = installed("torch_mimicry", "nets/wgan_gp/wgan_gp_base.py", "compute_gradient_penalty_loss")
basicsr_r1 = installed("basicsr", "losses/gan_loss.py", "r1_penalty")
basicsr_path = installed("basicsr", "losses/gan_loss.py", "g_path_regularize")
stylegan_penalty = installed("stylegan2_pytorch", "stylegan2_pytorch.py", "gradient_penalty")
stylegan_lengths = installed("stylegan2_pytorch", "stylegan2_pytorch.py", "calc_pl_lengths")
without_init("torchgan", "torchgan.losses")
historical = importlib.import_module("torchgan.losses.historical")
matching = importlib.import_module("torchgan.losses.featurematching")


def grid(*shape, scale=1.0):
    return torch.round(torch.randn(*shape) * scale * 64) / 64


def units(*shape):
    return torch.round(torch.rand(*shape) * 63) / 64


# Pictures are [batch, height, width, channels] here, as in TensorFlow.js; `first` puts channels first, as in PyTorch.
inputs = {
    "real": grid(BATCH, 2, 2, 3),
    "fake": grid(BATCH, 2, 2, 3) + 0.25,
    "share": units(BATCH),
    "latents": grid(BATCH, 6),
    "styles": grid(BATCH, 2, 3),
    "pathNoise": grid(BATCH, 2, 2, 3),
    "stylesNoise": grid(2, 2, 2, 3),
    "latentNoise": grid(BATCH, 6),
    "draganShare": units(BATCH),
    "draganNoise": units(BATCH, 2, 2, 3),
}
JUDGE = {
    "w": grid(12, 7, scale=0.5), "b": grid(7, scale=0.5), "u": grid(7, 4, scale=0.5), "c": grid(4, scale=0.5),
    "v": grid(4, 1), "d": grid(1),
}
GENERATOR = {"w": grid(6, 8, scale=0.5), "b": grid(8, scale=0.5), "v": grid(8, 12, scale=0.5), "d": grid(12, scale=0.5)}
real, fake = inputs["real"], inputs["fake"]


def first(x):
    return x.permute(0, 3, 1, 2).contiguous()


def last(x):
    # By places, so that the gradient lies in memory as PyTorch's packages take for granted.
    places = torch.arange(12).reshape(3, 2, 2).permute(1, 2, 0).flatten()
    return x.flatten(1)[:, places].reshape(-1, 2, 2, 3)


def features(x, p):
    h = F.leaky_relu(x.reshape(x.shape[0], 12) @ p["w"] + p["b"], 0.2)
    return torch.tanh(h @ p["u"] + p["c"])


def judge(x, p):
    return features(x, p) @ p["v"] + p["d"]


def generator(z, p):
    return (torch.tanh(z.reshape(z.shape[0], 6) @ p["w"] + p["b"]) @ p["v"] + p["d"]).reshape(-1, 2, 2, 3)


@contextmanager
def drawing(numbers):
    """Lets torch draw these numbers, whatever it is asked for."""
    draw = lambda *_, **__: numbers.clone()
    with mock.patch.multiple(torch, rand=draw, randn=draw, randn_like=draw):
        yield


def rounded(x):
    return [float(f"{v:.12g}") for v in x.detach().flatten().tolist()]


def case(source, weights, loss, **extra):
    p = {name: value.clone().requires_grad_() for name, value in weights.items()}
    value = loss(p)
    grads = autograd.grad(value, list(p.values()), allow_unused=True)
    return {
        "source": source,
        "value": rounded(value)[0],
        "gradients": {n: rounded(torch.zeros_like(p[n]) if g is None else g) for n, g in zip(p, grads)},
        **extra,
    }


def at(x):
    return x.clone().requires_grad_()


def mimicry(p):
    net = types.SimpleNamespace(forward=lambda x: judge(last(x), p))
    with drawing(inputs["share"][:, None]):
        return mimicry_penalty(net, first(real), first(fake), gp_scale=10.0)


def slopes(x, p):
    x = at(x)
    (g,) = autograd.grad(judge(x, p).sum(), x, create_graph=True)
    return torch.linalg.vector_norm(g.flatten(1), dim=1)


def interpolates():
    return torch.lerp(fake, real, inputs["share"][:, None, None, None])


def r1(x, gamma):
    def loss(p):
        point = at(x)
        return gamma / 2 * basicsr_r1(judge(point, p), point)
    return loss


def centred(x, weight, center):
    def loss(p):
        point = at(x)
        return stylegan_penalty(point, judge(point, p), weight=weight, center=center)
    return loss


around = real + 0.5 * real.std(correction=0) * inputs["draganShare"][:, None, None, None] * inputs["draganNoise"]

anchors = {"real": 0.375, "fake": -0.25, "count": 3.0}


def lecam(p):
    r, f = judge(real, p), judge(fake, p)
    return 0.3 * (F.relu(r - anchors["fake"]).square().mean() + F.relu(anchors["real"] - f).square().mean())


def lecam_after():
    r, f = judge(real, JUDGE).mean(), judge(fake, JUDGE).mean()
    start = torch.tensor([anchors["real"], anchors["fake"]])
    return {"real": rounded(start[0].lerp(r, 0.25))[0], "fake": rounded(start[1].lerp(f, 0.25))[0], "count": 4.0}


# Down, right and whether mirrored, for each picture; one pixel at most.
MOVES = {"real": [[1, 0, 0], [0, -1, 1], [-1, 1, 0], [1, 1, 1], [0, 0, 0]], "fake": [[0, 1, 1], [1, 1, 0], [-1, -1, 1], [0, 0, 0], [0, 0, 1]]}


def augmented(x, moves):
    out = []
    for picture, (down, right, mirrored) in zip(first(x), moves):
        padded = F.pad(picture[None], (1, 1, 1, 1), mode="reflect")
        moved = padded[..., 1 - down : 3 - down, 1 - right : 3 - right]
        out.append(torch.flip(moved, [3]) if mirrored else moved)
    return last(torch.cat(out))


def consistency(of, p):
    return F.mse_loss(judge(augmented(inputs[of], MOVES[of]), p), judge(inputs[of], p))


def moved_latents():
    return inputs["latents"] + 0.125 * inputs["latentNoise"]


def orthogonal(names, unit):
    def loss(p):
        total = 0
        for name in names:
            product = p[name].T @ p[name]
            identity = torch.eye(product.shape[0])
            total = total + torch.linalg.matrix_norm(product - identity if unit else product * (1 - identity)).square()
        return 0.03 * total
    return loss


def history(kind, weights):
    """torchgan's own steps, between which the parameters move: the last one's loss and gradients.

    It compares with the mean of the parameters before those of now, ours with the mean of all, in which those of now have a
    share of 1 / t: the way to that mean is (t - 1) / t as long.
    """
    loss = kind(lambd=0.5)
    steps = [{name: value * (1 + 0.25 * k) for name, value in weights.items()} for k in (2, -1, 0)]
    net = torch.nn.ParameterDict({name: torch.nn.Parameter(value.clone()) for name, value in weights.items()})
    for step in steps:
        with torch.no_grad():
            for name, value in step.items():
                net[name].copy_(value)
        value = loss.train_ops(net, torch.optim.SGD(net.parameters(), lr=0.0))
    t = len(steps)
    return {
        "source": "torchgan 0.1.0",
        "value": float(f"{value * ((t - 1) / t) ** 2:.12g}"),
        "gradients": {name: rounded(net[name].grad * (t - 1) / t) for name in weights},
        "steps": [{name: rounded(value) for name, value in step.items()} for step in steps],
    }


def path(p):
    styles = at(inputs["latents"][:, None, :])
    with drawing(first(inputs["pathNoise"])):
        penalty, _, mean = basicsr_path(first(generator(styles, p)), styles, torch.tensor(0.75), decay=0.125)
    return 2 * penalty, {"mean": rounded(mean)[0]}


def path_of_styles(p):
    styles = at(inputs["styles"][:2])
    with drawing(first(inputs["stylesNoise"])):
        lengths = stylegan_lengths(styles, first(generator(styles, p)))
    mean = torch.tensor(0.75).lerp(lengths.mean(), 0.125)
    return 2 * (lengths - mean).square().mean(), {"mean": rounded(mean)[0]}


def pairs(p):
    z = inputs["latents"]
    return z, z.roll(-1, 0), generator(z, p), generator(z.roll(-1, 0), p)


def mode_seeking(p):
    z, other, x, y = pairs(p)
    return 1.5 / (F.l1_loss(x, y) / F.l1_loss(z, other) + 1e-5)


BOUND = 1.0


def diversity(p):
    z, other, x, y = pairs(p)
    mean = lambda a, b: F.l1_loss(a, b, reduction="none").flatten(1).mean(1)
    return -1.5 * torch.clamp(mean(x, y) / (mean(z, other) + 1e-5), max=BOUND).mean()


def feature_matching(p):
    loss = matching.FeatureMatchingGeneratorLoss(reduction="sum")
    return loss.forward(features(real, JUDGE).mean(0), features(generator(inputs["latents"], p), JUDGE).mean(0))


def latent_gap(p, of):
    z = inputs["latents"]
    return F.mse_loss(of(generator(z, p)), of(generator(moved_latents(), p)))


TORCH, MIMICRY = "torch", "torch-mimicry 0.1.16"
BASICSR, STYLEGAN, TORCHGAN = "basicsr 1.4.2", "stylegan2-pytorch 1.9.0", "torchgan 0.1.0"
discriminator = {
    "gradientPenalty": case(MIMICRY, JUDGE, mimicry),
    "oneSidedGradientPenalty": case(TORCH, JUDGE, lambda p: 10 * torch.clamp(slopes(interpolates(), p) - 1, min=0).square().mean()),
    "zeroCenteredPenalty": case(STYLEGAN, JUDGE, centred(interpolates(), 10, 0.0)),
    "lipschitzPenalty": case(TORCH, JUDGE, lambda p: 10 * slopes(interpolates(), p).max().square()),
    "dragan": case(STYLEGAN, JUDGE, centred(around, 10, 1.0)),
    "r1": case(BASICSR, JUDGE, r1(real, 0.375)),
    "r2": case(BASICSR, JUDGE, r1(fake, 0.375)),
    "leCam": case(TORCH, JUDGE, lecam, before=anchors, after=lecam_after()),
    "drift": case(TORCH, JUDGE, lambda p: 0.001 * F.mse_loss(judge(real, p), torch.zeros(BATCH, 1))),
    "consistency": case(TORCH, JUDGE, lambda p: 10 * consistency("real", p)),
    "balancedConsistency": case(TORCH, JUDGE, lambda p: 10 * consistency("real", p) + 5 * consistency("fake", p)),
    "latentConsistency": case(TORCH, JUDGE, lambda p: 5 * latent_gap(GENERATOR, lambda x: judge(x, p))),
    "orthogonal": case(TORCH, JUDGE, orthogonal(["w", "u"], False)),
    "historicalAveraging": history(historical.HistoricalAverageDiscriminatorLoss, JUDGE),
}
generated = {
    "pathLength": case(BASICSR, GENERATOR, lambda p: path(p)[0], before={"mean": 0.75}, after=path(GENERATOR)[1]),
    "pathLengthOfStyles": case(STYLEGAN, GENERATOR, lambda p: path_of_styles(p)[0], before={"mean": 0.75}, after=path_of_styles(GENERATOR)[1]),
    "featureMatching": case(TORCHGAN, GENERATOR, feature_matching),
    "latentConsistency": case(TORCH, GENERATOR, lambda p: -0.5 * latent_gap(p, lambda x: x)),
    "modeSeeking": case(TORCH, GENERATOR, mode_seeking),
    "diversitySensitive": case(TORCH, GENERATOR, diversity),
    "unitOrthogonal": case(TORCH, GENERATOR, orthogonal(["w", "v"], True)),
    "historicalAveraging": history(historical.HistoricalAverageGeneratorLoss, GENERATOR),
}


def described(tensors):
    return {name: {"shape": list(value.shape), "values": rounded(value)} for name, value in tensors.items()}


print(json.dumps({
    "torch": torch.__version__.split("+")[0],
    "inputs": described(inputs), "moves": MOVES,
    "judge": described(JUDGE), "generator": described(GENERATOR),
    "discriminatorSides": discriminator, "generatorSides": generated,
}))

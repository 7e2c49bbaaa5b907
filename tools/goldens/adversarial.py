"""Golden values of the adversarial terms of @gan/losses.

    python tools/goldens/adversarial.py <PyTorch-StudioGAN>/src > packages/gan-losses/src/golden/adversarial.json

Needs torch, scikit-learn, einops, torchgan, torch-mimicry and stylegan2-pytorch (made with 2.15.0, 1.9.1, 0.8.2, 0.1.0, 0.1.16 and
1.9.0; the last three may be installed without what they depend on), and a checkout of PyTorch-StudioGAN. Each entry says where
its numbers come from.
"""

import sys

import torch
from einops import rearrange, repeat
from sklearn.gaussian_process.kernels import RBF, RationalQuadratic
from torch.nn import functional as F

from heads import BATCH, functions, golden, grid, installed, leaf, pair, rounded, stored, write

dual, hinge = functions(
    installed("stylegan2_pytorch", "stylegan2_pytorch.py"),
    ["dual_contrastive_loss", "hinge_loss"],
    {"torch": torch, "F": F, "rearrange": rearrange, "repeat": repeat},
)
(crammer_singer,) = functions(f"{sys.argv[1]}/utils/losses.py", ["crammer_singer_loss"], {"torch": torch, "F": F})
losses = functions(
    installed("torchgan", "losses/functional.py"),
    [
        "energy_based_discriminator_loss",
        "energy_based_generator_loss",
        "boundary_equilibrium_discriminator_loss",
        "boundary_equilibrium_generator_loss",
        "least_squares_discriminator_loss",
        "least_squares_generator_loss",
    ],
    {"torch": torch, "F": F, "reduce": lambda x, reduction: x.mean()},
)
ebgan_d, ebgan_g, began_d, began_g, squares_d, squares_g = losses

# mimicry makes its labels in the default precision.
torch.set_default_dtype(torch.float64)
_, bce_g, bce_d, wasserstein_d, wasserstein_g, hinge_d, hinge_g = functions(
    installed("torch_mimicry", "modules/losses.py"),
    [
        "_bce_loss_with_logits",
        "minimax_loss_gen",
        "minimax_loss_dis",
        "wasserstein_loss_dis",
        "wasserstein_loss_gen",
        "hinge_loss_dis",
        "hinge_loss_gen",
    ],
    {"torch": torch, "F": F},
)

autograd = "PyTorch's autograd, in float64, of the paper's formula"
score = pair(score=(BATCH, 1))
energy = {b: {"energy": grid(BATCH, 1).abs() + 1 / 64} for b in ("real", "fake")}
features = {b: {"features": grid(BATCH, 3, scale=0.75)} for b in ("real", "fake")}
chance = {b: {"score": torch.randint(1, 64, (BATCH, 1), dtype=torch.float64) / 64} for b in ("real", "fake")}
many = pair(**{"class": (BATCH, 4)})
classes = torch.tensor([2, 0, 1, 0, 2])
ones = torch.ones(BATCH, 1, dtype=torch.float64)


def on_scores(source, d, g):
    return golden(score, source, lambda r, f: d(r["score"], f["score"]), lambda r, f: g(r["score"], f["score"]))


def swapped(loss):
    """Both sides of a loss whose generator plays the judge's side with real and fake exchanged."""
    return loss, lambda r, f: loss(f, r)


def bce(s, target):
    return F.binary_cross_entropy_with_logits(s, torch.full_like(s, target))


# The output activations and conjugates of table 6 of arXiv:1606.00709.
F_GAN = {
    "KullbackLeibler": (lambda v: v, lambda t: torch.exp(t - 1)),
    "ReverseKullbackLeibler": (lambda v: -torch.exp(-v), lambda t: -1 - torch.log(-t)),
    "Pearson": (lambda v: v, lambda t: t**2 / 4 + t),
    "SquaredHellinger": (lambda v: 1 - torch.exp(-v), lambda t: t / (1 - t)),
    "JensenShannon": (lambda v: torch.log(torch.tensor(2.0, dtype=v.dtype)) - torch.log(1 + torch.exp(-v)), lambda t: -torch.log(2 - torch.exp(t))),
    "TotalVariation": (lambda v: torch.tanh(v) / 2, lambda t: t),
}


def kernel_sum(kernels, x, y):
    """Over differences, one by one."""
    squares = (x[:, None] - y[None]).square().sum(-1)
    return sum(kernel(squares) for kernel in kernels)


GAUSS = [lambda d, s=s: torch.exp(-d / (2 * s**2)) for s in (1, 2**0.5, 2, 8**0.5, 4)]
QUADRATIC = [lambda d, a=a: (1 + d / (2 * a)) ** -a for a in (0.2, 0.5, 1, 2, 5)]
x, y = features["real"]["features"], features["fake"]["features"]
for ours, theirs in (
    (GAUSS, [RBF(s) for s in (1, 2**0.5, 2, 8**0.5, 4)]),
    (QUADRATIC, [RationalQuadratic(alpha=a) for a in (0.2, 0.5, 1, 2, 5)]),
):
    assert torch.allclose(kernel_sum(ours, x, y), torch.tensor(sum(k(x.numpy(), y.numpy()) for k in theirs)), rtol=1e-12)


def within(kernels, x):
    apart = ~torch.eye(BATCH, dtype=torch.bool)
    return kernel_sum(kernels, x, x)[apart].mean()


def mmd(kernels, x, y):
    return within(kernels, x) + within(kernels, y) - 2 * kernel_sum(kernels, x, y).mean()


def on_features(source, d, g):
    return golden(features, source, lambda r, f: d(r["features"], f["features"]), lambda r, f: g(r["features"], f["features"]))


def pulling_away(f):
    cosines = F.cosine_similarity(f[:, None], f[None], dim=-1)
    return cosines[~torch.eye(BATCH, dtype=torch.bool)].square().mean()


k_start = 0.25
mmd_source = "scikit-learn's kernels, and PyTorch's autograd in float64"
terms = {
    "nonSaturating": on_scores("torch_mimicry.modules.losses", lambda r, f: bce_d(f, r), lambda r, f: bce_g(f)),
    "minimax": golden(
        chance,
        "torch.nn.functional.binary_cross_entropy",
        lambda r, f: F.binary_cross_entropy(r["score"], ones) + F.binary_cross_entropy(f["score"], 0 * ones),
        lambda r, f: -F.binary_cross_entropy(f["score"], 0 * ones),
    ),
    "hinge": on_scores("torch_mimicry.modules.losses", lambda r, f: hinge_d(f, r), lambda r, f: hinge_g(f)),
    "wasserstein": on_scores("torch_mimicry.modules.losses", wasserstein_d, lambda r, f: wasserstein_g(f)),
    "leastSquares": on_scores("torchgan.losses.functional", squares_d, lambda r, f: squares_g(f)),
    "leastSquaresPearson": on_scores(
        "torchgan.losses.functional", lambda r, f: squares_d(r, f, a=-1.0, b=1.0), lambda r, f: squares_g(f, c=0.0)
    ),
    "relativistic": on_scores("torch.nn.functional.binary_cross_entropy_with_logits", *swapped(lambda r, f: bce(r - f, 1.0))),
    "relativisticHinge": on_scores(
        "torch.nn.functional.margin_ranking_loss", *swapped(lambda r, f: F.margin_ranking_loss(r, f, ones, margin=1))
    ),
    "relativisticLeastSquares": on_scores("torch.nn.functional.mse_loss", *swapped(lambda r, f: F.mse_loss(r - f, ones))),
    "relativisticAverage": on_scores(
        "torch.nn.functional.binary_cross_entropy_with_logits",
        *swapped(lambda r, f: bce(r - f.mean(), 1.0) + bce(f - r.mean(), 0.0)),
    ),
    "relativisticAverageHinge": on_scores(
        # Theirs takes scores that are low for real samples, as (fake, real).
        "stylegan2_pytorch.hinge_loss",
        *swapped(lambda r, f: hinge(-(f - r.mean()), -(r - f.mean()))),
    ),
    "relativisticAverageLeastSquares": on_scores(
        "torch.nn.functional.mse_loss", *swapped(lambda r, f: F.mse_loss(r - f.mean(), ones) + F.mse_loss(f - r.mean(), -ones))
    ),
    "softmaxGan": on_scores(
        "torch.nn.functional.cross_entropy",
        lambda r, f: F.cross_entropy(torch.cat([r, f]).T, torch.cat([ones, 0 * ones]).T / BATCH),
        lambda r, f: F.cross_entropy(torch.cat([r, f]).T, torch.cat([ones, ones]).T / (2 * BATCH)),
    ),
    "dualContrastive": on_scores("stylegan2_pytorch.dual_contrastive_loss", lambda r, f: dual(f, r), lambda r, f: dual(r, f)),
    **{
        f"fGan{name}": on_scores(
            f"{autograd}, table 6", lambda r, f, g=g, c=c: c(g(f)).mean() - g(r).mean(), lambda r, f, g=g, c=c: -c(g(f)).mean()
        )
        for name, (g, c) in F_GAN.items()
    },
    "fGanNonSaturating": on_scores(
        f"{autograd}, table 6",
        lambda r, f: torch.exp(f - 1).mean() - r.mean(),
        lambda r, f: -f.mean(),
    ),
    "energyBased": golden(
        energy,
        "torchgan.losses.functional",
        lambda r, f: ebgan_d(r["energy"], f["energy"], 0.75),
        lambda r, f: ebgan_g(f["energy"]),
    ),
    "boundaryEquilibrium": golden(
        energy,
        "torchgan.losses.functional",
        lambda r, f: began_d(r["energy"], f["energy"], k_start)[0],
        lambda r, f: began_g(f["energy"]),
    ),
    "pullingAway": golden(
        features, "torch.nn.functional.cosine_similarity", generator=lambda r, f: pulling_away(f["features"])
    ),
    "multiHinge": golden(
        many,
        "StudioGAN's crammer_singer_loss",
        lambda r, f: crammer_singer(r["class"], classes, False) + crammer_singer(f["class"], torch.full((BATCH,), 3), False),
        lambda r, f: crammer_singer(f["class"], classes, False),
    ),
    "maximumMeanDiscrepancy": on_features(mmd_source, lambda x, y: -mmd(GAUSS, x, y), lambda x, y: mmd(GAUSS, x, y)),
    "maximumMeanDiscrepancyRationalQuadratic": on_features(
        mmd_source, lambda x, y: -mmd(QUADRATIC, x, y), lambda x, y: mmd(QUADRATIC, x, y)
    ),
    "maximumMeanDiscrepancyRepulsive": on_features(
        mmd_source, lambda x, y: within(GAUSS, x) - within(GAUSS, y), lambda x, y: mmd(GAUSS, x, y)
    ),
}


def controller():
    """k and the convergence over updates, by torchgan's update_k."""
    (loss,) = functions(
        installed("torchgan", "losses/boundaryequilibrium.py"),
        ["BoundaryEquilibriumDiscriminatorLoss"],
        {"DiscriminatorLoss": type("DiscriminatorLoss", (), {"__init__": lambda self, *_: None}), "torch": torch},
    )
    controlled = loss(init_k=k_start, lambd=0.5, gamma=0.75)
    for real, fake in ((1.0, 0.25), (2.0, 0.5), (0.5, 0.125), (0.25, 3.0), (0.125, 0.0625)):
        controlled.update_k(real, fake)
        yield {"real": real, "fake": fake, "k": controlled.k, "convergence": controlled.convergence_metric}


def divergence():
    """The Wasserstein divergence of a critic (x w)^2 v, which has a slope of its own at each point."""
    real, fake, share = grid(BATCH, 3), grid(BATCH, 3) + 0.25, torch.tensor([0.125, 0.875, 0.5, 0.0, 0.328125], dtype=torch.float64)
    p = leaf({"w": grid(3, 4, scale=0.5), "v": grid(4, 1, scale=0.5)})

    def judge(x):
        return (x @ p["w"]).square() @ p["v"]

    at = torch.lerp(fake, real, share[:, None]).requires_grad_()
    (slope,) = torch.autograd.grad(judge(at).sum(), at, create_graph=True)
    value = judge(fake).mean() - judge(real).mean() + 2 * torch.linalg.vector_norm(slope, dim=1).pow(6).mean()
    slopes = torch.autograd.grad(value, list(p.values()))
    return {
        "source": autograd,
        "real": stored(real),
        "fake": stored(fake),
        "share": stored(share),
        "parameters": {name: stored(value) for name, value in p.items()},
        "value": rounded(value)[0],
        "gradients": {name: rounded(slope) for name, slope in zip(p, slopes)},
    }


write(
    terms=terms,
    controller=list(controller()),
    wassersteinDivergence=divergence(),
)

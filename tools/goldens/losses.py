"""Golden values of @gan/losses: PyTorch's own losses and autograd, in float64.

    python tools/goldens/losses.py > packages/gan-losses/src/golden/terms.json

Needs torch (made with 2.15.0). All inputs are multiples of 1/64, hence the same numbers in float32.
"""

import json
import torch
from torch.nn import functional as F

torch.manual_seed(3)
BATCH = 5


def grid(*shape, scale=1.0):
    return torch.round(torch.randn(*shape, dtype=torch.float64) * scale * 64) / 64


weights = {"w": grid(6, 4, scale=0.375), "b": grid(4, scale=0.5), "v": grid(4, 1, scale=0.5), "c": grid(1) + 1.25}
real, fake, share = grid(BATCH, 2, 3), grid(BATCH, 2, 3) + 0.25, torch.tensor([0.125, 0.875, 0.5, 0.0, 0.328125], dtype=torch.float64)


def judge(x, p):
    """A critic that is not linear: (x w + b)^2 v + c."""
    return torch.square(x.reshape(BATCH, 6) @ p["w"] + p["b"]) @ p["v"] + p["c"]


def bce(p, target):
    return F.binary_cross_entropy(p, torch.full_like(p, target))


def bcel(s, target):
    return F.binary_cross_entropy_with_logits(s, torch.full_like(s, target))


def mse(s, target):
    return F.mse_loss(s, torch.full_like(s, target))


def hinge_real(s):
    """1 - s where that is positive: MarginRankingLoss of the score against 0 with margin 1."""
    return F.margin_ranking_loss(s, torch.zeros_like(s), torch.ones_like(s), margin=1)


def hinge_fake(s):
    return F.margin_ranking_loss(s, torch.zeros_like(s), -torch.ones_like(s), margin=1)


def slope(x, p):
    """The norm of each sample's gradient."""
    x = x.clone().requires_grad_()
    (g,) = torch.autograd.grad(judge(x, p).sum(), x, create_graph=True)
    return torch.linalg.vector_norm(g.flatten(1), dim=1)


sig = torch.sigmoid
TERMS = {
    "nonSaturating": (lambda r, f: bcel(r, 1.0) + bcel(f, 0.0), lambda r, f: bcel(f, 1.0)),
    "minimax": (lambda r, f: bce(sig(r), 1.0) + bce(sig(f), 0.0), lambda r, f: -bce(sig(f), 0.0)),
    "hinge": (lambda r, f: hinge_real(r) + hinge_fake(f), lambda r, f: -f.mean()),
    "wasserstein": (lambda r, f: f.mean() - r.mean(), lambda r, f: -f.mean()),
    "leastSquares": (lambda r, f: 0.5 * mse(r, 1.0) + 0.5 * mse(f, 0.0), lambda r, f: 0.5 * mse(f, 1.0)),
    "leastSquaresPearson": (lambda r, f: 0.5 * mse(r, 1.0) + 0.5 * mse(f, -1.0), lambda r, f: 0.5 * mse(f, 0.0)),
    "relativistic": (lambda r, f: bcel(r - f, 1.0), lambda r, f: bcel(f - r, 1.0)),
}
PENALTIES = {
    "r1": lambda p: 0.375 * 0.5 * slope(real, p).square().mean(),
    "gradientPenalty": lambda p: 10 * F.mse_loss(
        slope(torch.lerp(fake, real, share[:, None, None]), p), torch.ones(BATCH, dtype=torch.float64)
    ),
}


def leaf(p):
    return {name: value.clone().requires_grad_() for name, value in p.items()}


def rounded(x):
    return [float(f"{v:.10g}") for v in x.detach().flatten().tolist()]


def discriminator(loss):
    p = leaf(weights)
    value = loss(p)
    grads = torch.autograd.grad(value, list(p.values()), allow_unused=True)
    return {
        "value": rounded(value)[0],
        "gradients": {n: rounded(torch.zeros_like(p[n]) if g is None else g) for n, g in zip(p, grads)},
    }


def generator(loss):
    f = fake.clone().requires_grad_()
    value = loss(f)
    return {"value": rounded(value)[0], "gradient": rounded(torch.autograd.grad(value, f)[0])}


terms = {
    name: {
        "discriminator": discriminator(lambda p: d(judge(real, p), judge(fake, p))),
        "generator": generator(lambda f: g(judge(real, weights), judge(f, weights))),
    }
    for name, (d, g) in TERMS.items()
}
terms.update({name: {"discriminator": discriminator(loss)} for name, loss in PENALTIES.items()})
terms["l1"] = {"generator": generator(lambda f: F.l1_loss(f, real))}

print(json.dumps({
    "torch": torch.__version__.split("+")[0],
    "real": rounded(real), "fake": rounded(fake), "share": rounded(share),
    "parameters": {name: {"shape": list(value.shape), "values": rounded(value)} for name, value in weights.items()},
    "terms": terms,
}, indent=1))

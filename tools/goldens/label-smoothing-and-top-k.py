"""Golden values of label smoothing and top-k training, by torch (made with 2.15.0) in float64.

    python tools/goldens/label-smoothing-and-top-k.py > packages/gan-losses/src/golden/label-smoothing-and-top-k.json

- smoothing: binary_cross_entropy(_with_logits) with targets of 1 - smoothing
- topK: the loss of what torch.topk gives of the scores
"""

import json
import torch
from torch.nn import functional as F

torch.manual_seed(11)
torch.set_default_dtype(torch.float64)
real, fake = (torch.round(torch.randn(8, 1) * 1.5 * 64) / 64 for _ in range(2))
SMOOTHING = 0.125


def numbers(x):
    return [float(f"{v:.14g}") for v in x.detach().flatten().tolist()]


def measured(loss):
    r, f = (x.clone().requires_grad_() for x in (real, fake))
    value = loss(r, f)
    grads = torch.autograd.grad(value, (r, f), allow_unused=True)
    return {
        "value": numbers(value)[0],
        **{name: numbers(torch.zeros_like(real) if g is None else g) for name, g in zip(("real", "fake"), grads)},
    }


def bce(loss):
    return lambda r, f: loss(r, torch.full_like(r, 1 - SMOOTHING)) + loss(f, torch.zeros_like(f))


def best(r, f, k):
    """The same rows of both."""
    scores, rows = torch.topk(f, k, dim=0)
    return r[rows.flatten()], scores


def paired(r, f):
    r, f = best(r, f, 5)
    return F.binary_cross_entropy_with_logits(f - r, torch.ones_like(f))


print(json.dumps({
    "torch": torch.__version__.split("+")[0],
    "smoothing": SMOOTHING,
    "real": numbers(real), "fake": numbers(fake),
    "cases": {
        "nonSaturating": measured(bce(F.binary_cross_entropy_with_logits)),
        "minimax": measured(lambda r, f: bce(F.binary_cross_entropy)(torch.sigmoid(r), torch.sigmoid(f))),
        "topHinge": measured(lambda r, f: -torch.topk(f, 5, dim=0).values.mean()),
        "topNonSaturating": measured(
            lambda r, f: F.binary_cross_entropy_with_logits(torch.topk(f, 4, dim=0).values, torch.ones(4, 1))
        ),
        "topRelativistic": measured(paired),
    },
}, indent=1))

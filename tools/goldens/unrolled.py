"""Golden values of an unrolled judge: PyTorch's autograd through torch.optim's own differentiable steps, in float64.

    python tools/goldens/unrolled.py > tests/golden/unrolled.json

Needs torch (made with 2.15.0). Points, weights and what the optimizers keep are multiples of 1/64, hence the same numbers
in float32. The judge looks ahead from the middle of its training: its optimizer has a state and has counted updates.
"""

import json
import torch
from torch.nn.functional import softplus

torch.manual_seed(7)
BATCH = 5


def grid(*shape, scale=1.0):
    return torch.round(torch.randn(*shape, dtype=torch.float64) * scale * 64) / 64


real, latents = grid(BATCH, 2), grid(BATCH, 3)
generator = {"0/kernel": grid(3, 4, scale=0.5), "1/bias": grid(4, scale=0.5), "2/kernel": grid(4, 2, scale=0.5), "3/bias": grid(2, scale=0.5)}
judge = {"0/kernel": grid(2, 4, scale=0.5), "1/bias": grid(4, scale=0.5), "2/kernel": grid(4, 1, scale=0.5), "3/bias": grid(1, scale=0.5)}


def network(p, x):
    return softplus(x @ p["0/kernel"] + p["1/bias"]) @ p["2/kernel"] + p["3/bias"]


def positive(x):
    return x.abs() + 1 / 64


FIRST = {name: grid(*value.shape, scale=0.25) for name, value in judge.items()}
# A mean of squares is at least the square of the mean, which the centred RMSProp subtracts.
SLOTS = {name: {"first": FIRST[name], "second": FIRST[name].square() + positive(grid(*value.shape, scale=0.25)),
                "velocity": grid(*value.shape, scale=0.25)} for name, value in judge.items()}
# Our names of what PyTorch keeps.
NAMES = {"first": {"Adam": "exp_avg", "AdamW": "exp_avg", "RMSprop": "grad_avg"}, "second": {"Adam": "exp_avg_sq", "AdamW": "exp_avg_sq", "RMSprop": "square_avg"},
         "velocity": {"SGD": "momentum_buffer", "RMSprop": "momentum_buffer"}}
DONE = 3

CASES = [
    ("adam", {"learningRate": 0.125, "beta1": 0.5}, 1, 0.0, torch.optim.Adam, {"lr": 0.125, "betas": (0.5, 0.999)}, ["first", "second"]),
    ("adam", {"learningRate": 0.125, "beta1": 0.5}, 5, 0.0, torch.optim.Adam, {"lr": 0.125, "betas": (0.5, 0.999)}, ["first", "second"]),
    ("adam", {"learningRate": 0.125, "beta1": 0.5}, 2, 0.75, torch.optim.Adam, {"lr": 0.125, "betas": (0.5, 0.999)}, ["first", "second"]),
    ("adamW", {"learningRate": 0.125, "weightDecay": 0.25}, 3, 0.0, torch.optim.AdamW, {"lr": 0.125, "weight_decay": 0.25}, ["first", "second"]),
    ("rmsProp", {"learningRate": 0.0625, "decay": 0.5, "momentum": 0.5, "centered": True}, 3, 0.0, torch.optim.RMSprop,
     {"lr": 0.0625, "alpha": 0.5, "momentum": 0.5, "centered": True}, ["second", "first", "velocity"]),
    ("sgd", {"learningRate": 0.25, "momentum": 0.5}, 5, 0.0, torch.optim.SGD, {"lr": 0.25, "momentum": 0.5}, ["velocity"]),
]


def judge_loss(p, fakes, gamma):
    loss = softplus(-network(p, real)).mean() + softplus(network(p, fakes)).mean()
    if gamma:
        x = real.clone().requires_grad_()
        (slope,) = torch.autograd.grad(network(p, x).sum(), x, create_graph=True)
        loss = loss + gamma / 2 * slope.square().sum(1).mean()
    return loss


def unrolled(updates, gamma, make, keywords, slots):
    g = {name: value.clone().requires_grad_() for name, value in generator.items()}
    fakes = network(g, latents)
    p = {name: value.clone().requires_grad_() for name, value in judge.items()}
    kept = {name: {slot: SLOTS[name][slot].clone() for slot in slots} for name in judge}
    for k in range(updates):
        gradients = torch.autograd.grad(judge_loss(p, fakes, gamma), list(p.values()), create_graph=True)
        # Clones, which the step changes in place; what it starts from stays on the graph.
        p = {name: value.clone() for name, value in p.items()}
        optimizer = make(list(p.values()), differentiable=True, **keywords)
        for (name, value), gradient in zip(p.items(), gradients):
            state = {NAMES[slot][make.__name__]: tensor.clone() for slot, tensor in kept[name].items()}
            if make is not torch.optim.SGD:
                state["step"] = torch.tensor(float(DONE + k), dtype=torch.float64)
            optimizer.state[value] = state
            value.grad = gradient
        with torch.enable_grad():
            optimizer.step()
        kept = {name: {slot: optimizer.state[value][NAMES[slot][make.__name__]] for slot in slots} for name, value in p.items()}
    loss = softplus(-network(p, fakes)).mean()
    return loss, dict(zip(g, torch.autograd.grad(loss, list(g.values()))))


def flat(tensors):
    return {name: {"shape": list(value.shape), "values": [float(f"{v:.12g}") for v in value.detach().flatten().tolist()]} for name, value in tensors.items()}


cases = []
for name, options, updates, gamma, make, keywords, slots in CASES:
    loss, gradients = unrolled(updates, gamma, make, keywords, slots)
    cases.append({"name": name, "options": options, "updates": updates, "gamma": gamma, "loss": float(f"{loss.item():.12g}"), "gradients": flat(gradients)})

print(json.dumps({
    "torch": torch.__version__.split("+")[0], "real": flat({"": real})[""], "latents": flat({"": latents})[""],
    "generator": flat(generator), "judge": flat(judge), "slots": {name: flat(slots) for name, slots in SLOTS.items()},
    "updates": DONE, "cases": cases,
}, indent=1))

"""Golden values of @gan/core's optimizers: torch.optim's own, in float64.

    python tools/goldens/optimizers.py > packages/gan-core/src/optimizers/golden/optimizers.json

Needs torch (made with 2.15.0). Parameters and gradients are multiples of 1/64, hence the same numbers in float32. Each
case lists the parameters after every update; `rate` names a schedule that the test repeats, as `rates` does of all.
"""

import json
import torch

torch.manual_seed(5)
UPDATES = 6


def grid(*shape):
    return torch.round(torch.randn(*shape, dtype=torch.float64) * 64) / 64


start = {"w": grid(2, 3), "b": grid(3)}
gradients = [{name: grid(*value.shape) for name, value in start.items()} for _ in range(UPDATES)]
gradients[3]["b"] = torch.zeros(3, dtype=torch.float64)

CASES = [
    ("sgd", {"learningRate": 0.1}, torch.optim.SGD, {}),
    ("sgd", {"learningRate": 0.1, "momentum": 0.9}, torch.optim.SGD, {"momentum": 0.9}),
    ("sgd", {"learningRate": 0.1, "momentum": 0.5, "nesterov": True}, torch.optim.SGD, {"momentum": 0.5, "nesterov": True}),
    ("rmsProp", {"learningRate": 0.01}, torch.optim.RMSprop, {}),
    ("rmsProp", {"learningRate": 0.01, "decay": 0.9, "epsilon": 0.1}, torch.optim.RMSprop, {"alpha": 0.9, "eps": 0.1}),
    (
        "rmsProp",
        {"learningRate": 0.01, "decay": 0.5, "momentum": 0.9, "centered": True, "epsilon": 0.01},
        torch.optim.RMSprop,
        {"alpha": 0.5, "momentum": 0.9, "centered": True, "eps": 0.01},
    ),
    ("adam", {"learningRate": 0.01}, torch.optim.Adam, {}),
    ("adam", {"learningRate": 2e-4, "beta1": 0.0, "beta2": 0.9}, torch.optim.Adam, {"betas": (0.0, 0.9)}),
    ("adam", {"learningRate": 0.01, "beta1": 0.5, "epsilon": 0.1}, torch.optim.Adam, {"betas": (0.5, 0.999), "eps": 0.1}),
    ("adam", {"rate": "0.1 / update"}, torch.optim.Adam, {}),
    ("adamW", {"rates": "0.1 / update, betas 0.8 - 0.1 update and 1 - 0.1 / update, decay 0.05 update"}, torch.optim.AdamW, {}),
    ("adamW", {"learningRate": 0.01}, torch.optim.AdamW, {}),
    ("adamW", {"learningRate": 0.01, "weightDecay": 0.5, "beta1": 0.5}, torch.optim.AdamW, {"weight_decay": 0.5, "betas": (0.5, 0.999)}),
]


def flat(tensors):
    return {name: value.flatten().tolist() for name, value in tensors.items()}


cases = []
for name, options, make, keywords in CASES:
    parameters = {key: torch.nn.Parameter(value.clone()) for key, value in start.items()}
    optimizer = make(parameters.values(), lr=options.get("learningRate", 0.0), **keywords)
    after = []
    for update in range(1, UPDATES + 1):
        if "rate" in options:
            optimizer.param_groups[0]["lr"] = 0.1 / update
        if "rates" in options:
            betas = (0.8 - 0.1 * update, 1 - 0.1 / update)
            optimizer.param_groups[0].update(lr=0.1 / update, betas=betas, weight_decay=0.05 * update)
        for key, value in parameters.items():
            value.grad = gradients[update - 1][key].clone()
        optimizer.step()
        after.append(flat({key: value.detach() for key, value in parameters.items()}))
    cases.append({"name": name, "options": options, "after": after})

shapes = {name: list(value.shape) for name, value in start.items()}
print(json.dumps({"shapes": shapes, "start": flat(start), "gradients": [flat(g) for g in gradients], "cases": cases}))

"""Golden values of @gan/core's schedules: torch.optim.lr_scheduler, in float64.

    python tools/goldens/schedules.py > packages/gan-core/src/golden/schedules.json

Needs torch (made with 2.15.0). Each case lists the values at 0, 1, 2, ...
"""

import json
import torch
from torch.optim import lr_scheduler as S

CASES = [
    ("linear", {"from": 0.25, "to": 2.0, "steps": 7}, 2.0, lambda o: S.LinearLR(o, start_factor=0.125, end_factor=1.0, total_iters=7), 12),
    ("linear", {"from": 2.0, "to": 0.0, "steps": 10}, 2.0, lambda o: S.LinearLR(o, start_factor=1.0, end_factor=0.0, total_iters=10), 13),
    # Beyond its end PyTorch's cosine comes back; ours holds.
    ("cosine", {"from": 0.1, "to": 0.02, "steps": 9}, 0.1, lambda o: S.CosineAnnealingLR(o, T_max=9, eta_min=0.02), 10),
    ("exponential", {"from": 0.1, "factor": 0.9, "steps": 1}, 0.1, lambda o: S.ExponentialLR(o, gamma=0.9), 12),
    ("staircase", {"from": 0.1, "factor": 0.3, "steps": 4}, 0.1, lambda o: S.StepLR(o, step_size=4, gamma=0.3), 14),
]

cases = []
for name, options, base, make, count in CASES:
    optimizer = torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))], lr=base)
    scheduler = make(optimizer)
    values = []
    for _ in range(count):
        values.append(scheduler.get_last_lr()[0])
        optimizer.step()
        scheduler.step()
    cases.append({"name": name, "options": options, "values": values})

print(json.dumps(cases, indent=1))

"""The same program in eager PyTorch, with weights of its own."""

import json
import os
import sys
import time

import torch

here = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [os.path.join(here, "..", folder) for folder in ("models", "peers")]

import dcgan


class Draws:
    classes = None

    def normal(self, name, *shape):
        return torch.randn(*shape)


torch.set_num_threads(int(os.environ["OMP_NUM_THREADS"]))
model = dcgan.Model({"size": 28}, None, torch.device("cpu"), torch.contiguous_format)
losses = model.step(torch.rand(64, 1, 28, 28) * 2 - 1, Draws())
print(json.dumps({"cpuMilliseconds": time.process_time() * 1e3, "losses": losses}), flush=True)

"""A file written by the reference implementation, for @gan/core's reader and writer.

    python tools/goldens/safetensors-file.py > packages/gan-core/src/golden/safetensors.json

Needs numpy, torch and safetensors (made with 0.8.0). `narrow` has numbers that TensorFlow.js has not.
"""

import base64
import json
import numpy
import torch
from safetensors.numpy import save
from safetensors.torch import save as save_torch

tensors = {
    "dense/kernel": numpy.array([[1.5, -2.25, 0.0], [3e-39, numpy.inf, -0.0]], dtype=numpy.float32),
    "a scalar": numpy.array(7.0, dtype=numpy.float32),
    "labels": numpy.array([3, -1, 2147483647], dtype=numpy.int32),
    "mask": numpy.array([[True], [False], [True]]),
    "bytes \u00e9\u4e16": numpy.array([0, 127, 255], dtype=numpy.uint8),
    "nothing": numpy.zeros([0, 4], dtype=numpy.float32),
    "exact": numpy.array([0.1], dtype=numpy.float64),
}
contents = save(tensors, metadata={"made by": "safetensors"})
near = torch.tensor([1.5, -2.25, 0.0, 2.0**-24, float("inf"), 65504.0])
narrow = save_torch({"half": near.half(), "brain": near.bfloat16(), "whole": torch.tensor([3, -1, 2**40])})
print(json.dumps({name: base64.b64encode(of).decode() for name, of in {"base64": contents, "narrow": narrow}.items()}))

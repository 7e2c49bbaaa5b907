"""Goldens of @gan/metrics' digit classifier: its shipped weights applied by PyTorch.

    pip install torch==2.15.0 numpy==2.4.6
    python tools/goldens/digit-classifier.py > packages/gan-metrics/src/golden/digit-classifier.json

The pictures are whole numbers over 127.5, so that the tests make the very same ones.
"""

import hashlib
import json
import pathlib
import sys

import numpy
import torch
import torch.nn.functional as F

path = pathlib.Path(__file__).resolve().parents[2] / "packages/gan-metrics/weights/digit-classifier.safetensors"
file = path.read_bytes()
length = int.from_bytes(file[:8], "little")
header = json.loads(file[8 : 8 + length])


def weight(name):
    begin, end = header[name]["data_offsets"]
    values = numpy.frombuffer(file[8 + length :][begin:end], "<f4")
    return torch.tensor(values.reshape(header[name]["shape"]))


def convolution(x, name, pads):
    kernel = weight(f"{name}/kernel").permute(3, 2, 0, 1)
    return F.leaky_relu(F.conv2d(F.pad(x, pads), kernel, weight(f"{name}/bias"), stride=2), 0.1)


b, i, j = numpy.ogrid[0:3, 0:28, 0:28]
pictures = torch.tensor(((31 * i * i + 17 * j * (b + 1) + 7 * i * j + 50 * b) % 256) / 127.5 - 1).float()

x = pictures[:, None]
x = convolution(x, "convolution-1", (1, 2, 1, 2))
x = convolution(x, "convolution-2", (1, 2, 1, 2))
x = convolution(x, "convolution-3", (1, 1, 1, 1))
features = F.leaky_relu(x.permute(0, 2, 3, 1).flatten(1) @ weight("dense-1/kernel") + weight("dense-1/bias"), 0.1)
logits = features @ weight("dense-2/kernel") + weight("dense-2/bias")

json.dump(
    {
        "versions": {"torch": torch.__version__.split("+")[0]},
        "weights": hashlib.sha256(file).hexdigest(),
        "features": features.tolist(),
        "logits": logits.tolist(),
    },
    sys.stdout,
)
print()

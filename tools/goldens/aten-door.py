"""What PyTorch's own functions give for a few operators that TensorFlow.js lacks, and their gradients.

    python3 tools/goldens/aten-door.py > packages/tfjs-backend-torch/src/door/golden/aten.json

Computed in float64 by torch.nn.functional and autograd, of which the tests use nothing.
"""

import json

import torch
from torch.nn import functional

torch.set_default_dtype(torch.float64)


def numbers(x):
    return {'shape': list(x.shape), 'values': x.flatten().tolist()}


def grid_sample():
    image = (torch.arange(9.0).reshape(1, 1, 3, 3) ** 2 / 10).requires_grad_()
    grid = torch.tensor([[[[-0.5, -0.25], [0.6, 0.3]]]]).requires_grad_()
    dy = torch.tensor([[[[1.0, 2.0]]]])
    y = functional.grid_sample(image, grid, mode='bilinear', padding_mode='zeros', align_corners=False)
    dimage, dgrid = torch.autograd.grad(y, [image, grid], dy)
    of = {'image': image, 'grid': grid, 'dy': dy, 'y': y, 'dimage': dimage, 'dgrid': dgrid}
    return {name: numbers(x.detach()) for name, x in of.items()}


def bicubic():
    x = torch.tensor([[[[0.0, 1.0, -1.0], [2.0, 4.0, 0.5]]]])
    return {'x': numbers(x), 'y': numbers(functional.interpolate(x, size=(4, 5), mode='bicubic', align_corners=True))}


def attention():
    query, key = torch.tensor([[[[1.0, 0.0], [0.0, 2.0]]]]), torch.tensor([[[[0.5, 1.0], [-1.0, 0.25], [2.0, 0.0]]]])
    value = torch.tensor([[[[1.0, 2.0], [3.0, 4.0], [-5.0, 0.5]]]])
    of = {'query': query, 'key': key, 'value': value, 'y': functional.scaled_dot_product_attention(query, key, value)}
    return {name: numbers(x) for name, x in of.items()}


print(json.dumps({'gridSample': grid_sample(), 'bicubic': bicubic(), 'attention': attention()}))

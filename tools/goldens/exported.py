"""Weights of PyTorch's modules under the names and in the layouts of @gan/architectures, for scripts that make golden networks.

Kernels [out, in, height, width] become [height, width, in, out], dense ones [out, in] become [in, out]; maps are channels last.
"""

import torch
from torch import nn


def with_exact_vectors(module):
    """Vectors of spectral norm from which power iterations do not move, by SVD."""
    with torch.no_grad():
        for part in module.modules():
            if hasattr(part, "weight_orig"):
                weight = part.weight_orig.transpose(0, 1) if isinstance(part, nn.ConvTranspose2d) else part.weight_orig
                u, _, v = torch.linalg.svd(weight.flatten(1), full_matrices=False)
                part.weight_u.copy_(u[:, 0])
                part.weight_v.copy_(v[0])
    return module


def prepared(module):
    """Weights that are far from special and exact in float32."""
    with torch.no_grad():
        for parameter in module.parameters():
            parameter.copy_((parameter + 0.1 * torch.randn_like(parameter)).float())
    return with_exact_vectors(module.double())


def drawn(network, run, prepared=prepared):
    """Prepares it until no ReLU is within 2e-5 of where it bends: float32 could see another slope there."""
    nearest = []
    for part in network.modules():
        if isinstance(part, (nn.ReLU, nn.LeakyReLU)):
            part.register_forward_hook(lambda _, given, __: nearest.append(given[0].abs().min().item()))
    while True:
        nearest.clear()
        run(prepared(network))
        if min(nearest, default=1) > 2e-5:
            return


def of_layer(name, layer, table):
    """A convolution or dense layer, spectrally normalised or not."""
    weight = layer.weight_orig if hasattr(layer, "weight_orig") else layer.weight
    table["parameters"][f"{name}/kernel"] = weight.permute(2, 3, 1, 0) if weight.dim() == 4 else weight.T
    if getattr(layer, "bias", None) is not None:
        table["parameters"][f"{name}/bias"] = layer.bias
    if hasattr(layer, "weight_orig"):
        # The kernel here is [height, width, in, out]: the side of v is flattened in this order.
        v = layer.weight_v
        if weight.dim() == 4:
            v = v.reshape(weight.shape[1:]).permute(1, 2, 0).flatten()
        table["state"][f"{name}/u"], table["state"][f"{name}/v"] = layer.weight_u[:, None], v[:, None]


def of_embedding(name, layer, table):
    """Rows [classes, width] are the kernel of a dense layer as they are; its outputs are the width."""
    table["parameters"][f"{name}/kernel"] = layer.weight_orig
    table["state"][f"{name}/u"], table["state"][f"{name}/v"] = layer.weight_v[:, None], layer.weight_u[:, None]


def picture(side, channels=3, batch=2):
    """Exact in float32, and easily made again: i * 7919 mod 1024, from -1 to 1; channels first."""
    values = (torch.arange(batch * side * side * channels) * 7919 % 1024).double() / 512 - 1
    return values.reshape(batch, side, side, channels).permute(0, 3, 1, 2)


def nhwc(x):
    return x.permute(0, 2, 3, 1)


def stored(x):
    return {"shape": list(x.shape), "values": [float(f"{v:.9g}") for v in x.detach().flatten().tolist()]}


def thinned(x, stride):
    """Every so many-th number."""
    return {**stored(x), "values": stored(x.flatten()[::stride])["values"]}


def kept(table):
    return {kind: {name: stored(x) for name, x in of.items()} for kind, of in table.items()}


def count(network):
    return sum(parameter.numel() for parameter in network.parameters())

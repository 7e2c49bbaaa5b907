"""Losses and networks out of installed packages that do not import, or not run, as they are: one function, or one module, at a time."""

import ast
import importlib.util
import math
import sys
import types

import torch
from torch import autograd, nn
from torch.nn import functional as F


def installed(package, file, name):
    """A function from a file of an installed package, without running the rest of the file."""
    path = importlib.util.find_spec(package).submodule_search_locations[0] + "/" + file
    tree = ast.parse(open(path).read())
    found = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef) and node.name == name]
    space = {"torch": torch, "autograd": autograd, "math": math, "F": F, "torch_grad": autograd.grad}
    exec(compile(ast.Module(body=[found[0]], type_ignores=[]), path, "exec"), space)
    return space[name]


def without_init(*packages):
    """Lets modules of an installed package be imported without the package's own __init__."""
    folder = importlib.util.find_spec(packages[0]).submodule_search_locations[0]
    for package in packages:
        bare = types.ModuleType(package)
        bare.__path__ = [folder + package[len(packages[0]):].replace(".", "/")]
        sys.modules[package] = bare


def absent(name, **members):
    """Stands for a module that an installed package imports, but that is not used here."""
    module = types.ModuleType(name)
    module.__dict__.update(members)
    sys.modules[name] = module


def _package(name, folder=None):
    module = types.ModuleType(name)
    module.__path__ = [folder] if folder else []
    sys.modules[name] = module
    return module


def pro_gan_pth():
    """pro-gan-pth's networks, whose first map goes through pixel norm, too, and whose transposed convolution asks PyTorch as it is today."""
    without_init("pro_gan_pytorch")
    from pro_gan_pytorch import custom_layers, modules, networks

    def first_map(self, x):
        y = self.pixNorm(x[:, :, None, None])
        y = self.pixNorm(self.lrelu(self.conv_1(y)))
        return self.pixNorm(self.lrelu(self.conv_2(y)))

    def transposed(self, x):
        return torch.conv_transpose2d(x, self.weight * self.scale, self.bias)

    modules.GenInitialBlock.forward = first_map
    custom_layers.EqualizedConvTranspose2d.forward = transposed
    return networks


def basicsr_stylegan2():
    """basicsr's StyleGAN2, without what its packages import on the way; the formula of its activation in place of a CUDA extension."""
    [root] = importlib.util.find_spec("basicsr").submodule_search_locations
    for name in ["", ".archs", ".utils", ".ops", ".ops.upfirdn2d", ".ops.fused_act"]:
        _package(f"basicsr{name}", root + name.replace(".", "/"))
    import basicsr.ops.upfirdn2d.upfirdn2d as resampling
    import basicsr.utils.registry  # noqa: F401

    def leaky(x, bias, negative_slope=0.2, scale=2**0.5):
        return F.leaky_relu(x + bias.view(1, -1, *[1] * (x.dim() - 2)), negative_slope) * scale

    class FusedLeakyReLU(nn.Module):
        def __init__(self, channel, negative_slope=0.2, scale=2**0.5):
            super().__init__()
            self.bias = nn.Parameter(torch.zeros(channel))

        def forward(self, x):
            return leaky(x, self.bias)

    sys.modules["basicsr.ops.upfirdn2d"].upfirdn2d = resampling.upfirdn2d
    sys.modules["basicsr.ops.fused_act"].FusedLeakyReLU = FusedLeakyReLU
    sys.modules["basicsr.ops.fused_act"].fused_leaky_relu = leaky
    import basicsr.archs.stylegan2_arch as arch

    return arch

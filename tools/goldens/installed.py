"""Losses out of installed packages that do not import without CUDA or heavy neighbours: one function, or one module, at a time."""

import ast
import importlib.util
import math
import sys
import types

import torch
from torch import autograd
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

"""What the golden values of terms that read heads share: inputs, gradients, and functions of packages that others wrote.

All inputs are multiples of 1/64, hence the same numbers in float32. Values and gradients are of float64.
"""

import ast
import json
from importlib.util import find_spec
from pathlib import Path

import torch

torch.manual_seed(11)
BATCH = 5


def grid(*shape, scale=1.0):
    return torch.round(torch.randn(*shape, dtype=torch.float64) * scale * 64) / 64


def functions(source, names, scope):
    """Functions and classes by name, out of a file whose imports (CUDA, other packages) are not wanted."""
    nodes = {getattr(node, "name", None): node for node in ast.parse(Path(source).read_text()).body}
    wanted = [nodes[name] for name in names]
    exec(compile(ast.Module(wanted, []), str(source), "exec"), scope)
    return [scope[name] for name in names]


def installed(package, file):
    return Path(find_spec(package).submodule_search_locations[0]) / file


def rounded(x):
    return [float(f"{v:.12g}") for v in x.detach().flatten().tolist()]


def leaf(x):
    return {name: value.clone().requires_grad_() for name, value in x.items()}


def side(loss, heads, wrt):
    """The value of a side, and its gradient in each head of the given batches."""
    at = {batch: leaf(heads[batch]) for batch in ("real", "fake")}
    value = loss(at["real"], at["fake"])
    flat = [(batch, head, tensor) for batch in wrt for head, tensor in at[batch].items()]
    slopes = torch.autograd.grad(value, [tensor for _, _, tensor in flat], allow_unused=True)
    result = {"value": rounded(value)[0]}
    for (batch, head, tensor), slope in zip(flat, slopes):
        result.setdefault(batch, {})[head] = rounded(torch.zeros_like(tensor) if slope is None else slope)
    return result


def golden(heads, source, discriminator=None, generator=None):
    """A term's entry: the heads it reads, where the numbers come from, and its sides as functions of the two batches' heads."""
    entry = {"source": source, "heads": {b: {n: stored(t) for n, t in of.items()} for b, of in heads.items()}}
    if discriminator:
        entry["discriminator"] = side(discriminator, heads, ("real", "fake"))
    if generator:
        entry["generator"] = side(generator, heads, ("real", "fake"))
    return entry


def stored(x):
    return {"shape": list(x.shape), "values": rounded(x)}


def pair(**shapes):
    """Heads of a real batch and of a fake one."""
    return {batch: {name: grid(*shape) for name, shape in shapes.items()} for batch in ("real", "fake")}


def write(**parts):
    print(json.dumps({"torch": torch.__version__.split("+")[0], **parts}, indent=1))

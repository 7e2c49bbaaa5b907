"""Networks of other implementations as safetensors files, with what they give, for scripts that make tests/golden/imported.

A file has the state of a generator (`generator.*`) and of a judge (`judge.*`) as they are, and `golden.*`: latents, what the
generator makes of them, and what the judge says of pictures whose numbers are i * 7919 mod 1024, from -1 to 1, in float64. Of
large outputs every `stride`th number is stored. Weights are exact in float32, or in the narrower dtype of the file; statistics
of norms and vectors of spectral norm are whatever, as half way through training.
"""

import re
from pathlib import Path

import torch
import torch.nn.functional as F
from exported import nhwc, picture
from safetensors.torch import save_file
from torch import nn

FOLDER = Path(__file__).resolve().parents[2] / "tests" / "golden" / "imported"
FOLDER.mkdir(exist_ok=True)


def shaken(module, dtype):
    """Everything away from what it began with, and exact in a dtype."""
    with torch.no_grad():
        for name, x in [*module.named_parameters(), *module.named_buffers()]:
            if not x.is_floating_point() or name.lower().endswith(("kernel", "filter")):
                continue
            x.copy_((x + 0.1 * torch.randn_like(x)).float())
            if re.search(r"(running|stored)_vars?$", name):
                x.abs_().add_(0.5)
            # A table of names cannot be seen to mix up biases and scales that are all alike.
            if re.search(r"\.(sn_u|u0)$", name) or re.search(r"weight_[uv]$", name):
                x.copy_(F.normalize(x, dim=-1).float())
            x.copy_(x.to(dtype))
        for part in module.modules():
            if hasattr(part, "weight_orig"):
                # On the way to the singular vectors: far from them, what is divided by overflows a tanh.
                kernel = part.weight_orig.transpose(0, 1) if isinstance(part, nn.ConvTranspose2d) else part.weight_orig
                weight, u = kernel.flatten(1), part.weight_u
                for _ in range(2):
                    v = F.normalize(weight.T @ u, dim=0)
                    u = F.normalize(weight @ v, dim=0)
                part.weight_u.copy_(u.to(dtype))
                part.weight_v.copy_(v.to(dtype))
    for part in module.modules():
        if isinstance(part, nn.ReLU):
            part.inplace = False
    return module


def settled(network, run, dtype, norms=nn.BatchNorm2d, statistics=("running_mean", "running_var")):
    """
    Statistics of norms that are about those of what comes when it runs, as of a network that has been trained: else deep
    ones overflow, or say nearly the same of all.
    """

    def set_by(norm, given):
        x = given[0]
        for name, value in zip(statistics, [x.mean((0, 2, 3)), x.var((0, 2, 3))]):
            kept = getattr(norm, name)
            kept.copy_((value * (0.8 + 0.4 * torch.rand(kept.shape))).to(dtype))

    network.eval().double()
    hooks = [part.register_forward_pre_hook(set_by) for part in network.modules() if isinstance(part, norms)]
    with torch.no_grad():
        run()
    network.float()
    for hook in hooks:
        hook.remove()


def thinned(x):
    stride = 1 + x.numel() // 300
    return x.detach().double().flatten()[::stride].contiguous(), torch.tensor(stride, dtype=torch.int32)


def written(
    name, generator, judge, side, width=5, classes=None, batch=2, training=False, making=None, judging=None, ready=None,
    beside=None, dtype=torch.float32,
):
    """
    making(generator, latents), judging(judge, pictures): how they are called, where that is not as usual; ready(network) is
    done once it is shaken, and beside(judge, pictures) has more of what is stored.
    """
    tensors = {}
    for part, network in {"generator": generator, "judge": judge}.items():
        if network is None:
            continue
        shaken(network, dtype)
        if ready:
            ready(network)
        state = network.state_dict().items()
        tensors |= {f"{part}.{key}": x.to(dtype).contiguous() if x.is_floating_point() else x for key, x in state}
        network.double().train(training)
        if part == "generator":
            given = torch.randn(batch, width).float()
            tensors["golden.latents"] = given
            given = given.double()
        else:
            given = picture(side, batch=batch)
        labels = [] if classes is None else [torch.tensor([2, 0])]
        called = making if part == "generator" else judging
        with torch.no_grad():
            said = called(network, given) if called else network(given, *labels)
        if isinstance(said, tuple):
            said = said[0]
        print(name, part, f"{said.mean().item():.3g} +- {said.std().item():.3g}")
        if part == "generator":
            tensors["golden.picture"], tensors["golden.stride"] = thinned(nhwc(said))
        else:
            tensors["golden.score"] = said.reshape(batch, -1).detach()
            if beside:
                with torch.no_grad():
                    tensors |= {f"golden.{key}": x for key, x in beside(network, given).items()}
    save_file(tensors, FOLDER / f"{name}.safetensors")
    return tensors

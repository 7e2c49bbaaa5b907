"""Golden values of the layers of @gan/architectures, in float64.

    python tools/goldens/judge-layers.py > packages/gan-architectures/src/golden/judge-layers.json

Needs torch (made with 2.15.0), and without their dependencies torchgan 0.1.0, torch-mimicry 0.1.16 and basicsr 1.4.2.
All inputs are multiples of 1/64, hence the same numbers in float32.

- spectral normalisation: torch.nn.utils.spectral_norm, checked here against the layers of torch-mimicry and, where it
  has converged, against torch.nn.utils.parametrizations.spectral_norm and the singular values
- minibatch discrimination: MinibatchDiscrimination1d of torchgan
- minibatch standard deviation: StyleGAN2Discriminator of basicsr without its convolutions
- virtual batch norm: torch's batch_norm of the reference batch with each sample
- R1 of a judge of these layers: torch's autograd through them
"""

import importlib
import json
import warnings

import torch
from torch import nn
from torch.nn import functional as F
from torch.nn.utils import parametrizations, spectral_norm

from installed import absent, without_init

warnings.filterwarnings("ignore")
torch.manual_seed(5)
torch.set_default_dtype(torch.float64)

without_init("basicsr", "basicsr.archs", "basicsr.ops", "basicsr.utils")
absent("basicsr.ops.fused_act", FusedLeakyReLU=None, fused_leaky_relu=None)
absent("basicsr.ops.upfirdn2d", upfirdn2d=None)
without_init("torch_mimicry", "torch_mimicry.modules")
without_init("torchgan", "torchgan.layers")
StyleGAN2Discriminator = importlib.import_module("basicsr.archs.stylegan2_arch").StyleGAN2Discriminator
MinibatchDiscrimination1d = importlib.import_module("torchgan.layers.minibatchdiscrimination").MinibatchDiscrimination1d
mimicry = importlib.import_module("torch_mimicry.modules.spectral_norm")


def grid(*shape, scale=1.0):
    return torch.round(torch.randn(*shape) * scale * 64) / 64


def first(x):
    """[batch, ..., channels] as PyTorch has it."""
    return x.movedim(-1, 1)


def last(x):
    """[batch, channels, ...] as TensorFlow.js has it."""
    return x.movedim(1, -1)


def numbers(x):
    return [float(f"{v:.14g}") for v in x.detach().flatten().tolist()]


def stored(x):
    return {"shape": list(x.shape), "values": numbers(x)}


def measured(layer, x, parameters, names, before, after):
    """Two applications in training, the gradients of the first, those of the square of its slope, and one in inference.

    `names` are the parameters of TensorFlow.js by those of `layer`, `before` its state and `after` reads that.
    """
    layer.train()
    floating = x.is_floating_point()
    x = x.clone().requires_grad_() if floating else x
    out = layer(x)
    probe = grid(*out.shape)
    leaves = [*parameters, x] if floating else list(parameters)
    slopes = torch.autograd.grad((out * probe).sum(), leaves, create_graph=floating)
    steepness = slopes[-1].square().sum() if floating else None
    second = torch.autograd.grad(steepness, leaves, allow_unused=True, retain_graph=True) if floating else ()
    second = [torch.zeros_like(leaf) if g is None else g for leaf, g in zip(leaves, second)]
    again = layer(x)
    state = after()
    layer.eval()
    return {
        "parameters": {name: stored(to(p)) for p, (name, to) in zip(parameters, names.items())},
        "state": {name: stored(value) for name, value in before.items()},
        "input": stored(x), "probe": stored(probe),
        "outputs": [numbers(out), numbers(again)],
        "gradients": {name: numbers(to(g)) for g, (name, to) in zip(slopes, names.items())},
        **({"slope": numbers(slopes[-1])} if floating else {}),
        "second": [numbers(to(g)) for g, to in zip(second, [*names.values(), same])],
        "inference": numbers(layer(x)),
        "after": {name: numbers(value) for name, value in state.items()},
    }


class ChannelsLast(nn.Module):
    def __init__(self, inner):
        super().__init__()
        self.inner = inner

    def forward(self, x):
        return last(self.inner(first(x)))


def same(x):
    return x


def with_weights(module):
    with torch.no_grad():
        for p in module.parameters():
            p.copy_(grid(*p.shape, scale=0.5))
    return module


KERNEL = {"dense": lambda w: w.T, "embedding": same, "convolution": lambda w: w.permute(2, 3, 1, 0)}


def spectral(module, kind, x, iterations=1):
    wrap = same if kind in ("dense", "embedding") else ChannelsLast
    with_weights(module)
    plain = module.weight.detach().clone()
    normal = spectral_norm(module, n_power_iterations=iterations)
    u = grid(*normal.weight_u.shape)
    normal.weight_u.copy_(u)
    names = {"kernel": KERNEL[kind]}
    parameters = [normal.weight_orig]
    if getattr(normal, "bias", None) is not None:
        names["bias"] = same
        parameters.append(normal.bias)
    result = measured(
        wrap(normal), x, parameters, names, {"u": u[:, None]}, lambda: {"u": normal.weight_u.detach().clone()}
    )
    result["matrix"] = stored(plain.transpose(0, 1).flatten(1) if isinstance(module, nn.ConvTranspose2d) else plain.flatten(1))
    return result, plain, u


def check(kind, module, other, x, wrap=same):
    """torch-mimicry agrees, from the same u, in a first application."""
    result, plain, u = spectral(module, kind, x)
    theirs = other.double()
    with torch.no_grad():
        theirs.weight.copy_(plain)
        if getattr(theirs, "bias", None) is not None:
            theirs.bias.copy_(torch.tensor(result["parameters"]["bias"]["values"]))
        theirs.sn_u.copy_(u[None])
    theirs.train()
    out = wrap(theirs)(x)
    assert torch.allclose(out.flatten(), torch.tensor(result["outputs"][0]), rtol=1e-12, atol=1e-12)
    return result


def converged():
    module = parametrizations.spectral_norm(with_weights(nn.Linear(5, 4)))
    old = spectral_norm(nn.Linear(5, 4))
    with torch.no_grad():
        old.weight_orig.copy_(module.parametrizations.weight.original)
    for _ in range(300):
        new_weight, _ = module.weight, old(torch.zeros(1, 5))
    assert torch.allclose(new_weight, old.weight, rtol=1e-10, atol=0)
    assert abs(torch.linalg.svdvals(new_weight)[0] - 1) < 1e-10


def discrimination():
    layer = MinibatchDiscrimination1d(5, 3, 4)
    with torch.no_grad():
        layer.T.copy_(grid(5, 3, 4, scale=0.25))
    result = measured(layer, grid(4, 5), [layer.T], {"kernel": lambda t: t.flatten(1)}, {}, dict)
    del result["inference"]  # theirs compares samples there too
    return result


class Deviation(StyleGAN2Discriminator):
    """What it does to the last map alone."""

    def __init__(self, group, features):
        nn.Module.__init__(self)
        self.conv_body, self.final_conv, self.final_linear = nn.Identity(), nn.Identity(), nn.Identity()
        self.stddev_group, self.stddev_feat = group, features

    def forward(self, x):
        [height, width] = x.shape[2:]
        return super().forward(x).unflatten(1, (-1, height, width))


def deviation(x, group, features=1):
    layer = ChannelsLast(Deviation(group, features))
    result = measured(layer, x, [], {}, {}, dict)
    del result["inference"]  # theirs compares samples there too
    return result


class Virtual(nn.Module):
    """Batch norm of the reference batch with each sample in turn; channels last."""

    def __init__(self, reference):
        super().__init__()
        channels = reference.shape[-1]
        self.gamma, self.beta = nn.Parameter(1 + grid(channels, scale=0.25)), nn.Parameter(grid(channels, scale=0.25))
        self.reference = reference

    def forward(self, x):
        def with_reference(sample):
            both = first(torch.cat([self.reference, sample[None]]))
            return last(F.batch_norm(both, None, None, self.gamma, self.beta, training=True, eps=1e-5))[-1]

        return torch.stack([with_reference(sample) for sample in x])


def virtual(reference, x):
    layer = Virtual(reference)
    result = measured(layer, x, [layer.gamma, layer.beta], {"gamma": same, "beta": same}, {"reference": reference}, dict)
    return result


class Judge(nn.Module):
    """A convolution and a dense layer, both spectrally normalised, with the standard deviation of the batch between."""

    def __init__(self):
        super().__init__()
        self.convolution = with_weights(nn.Conv2d(2, 3, 2, stride=2))
        self.dense = with_weights(nn.Linear(16, 1))
        self.vectors = [grid(3), grid(1)]
        for module, u in zip((self.convolution, self.dense), self.vectors):
            spectral_norm(module)
            module.weight_u.copy_(u)
        self.deviation = ChannelsLast(Deviation(2, 1))

    def forward(self, x):
        map = self.deviation(F.softplus(last(self.convolution(first(x)))))
        return self.dense(map.flatten(1))


def slope_of_a_judge():
    judge, x = Judge(), grid(4, 4, 4, 2)
    judge.train()
    point = x.clone().requires_grad_()
    [slope] = torch.autograd.grad(judge(point).sum(), point, create_graph=True)
    value = slope.flatten(1).square().sum(1).mean()
    parameters = {
        "0": (judge.convolution.weight_orig, KERNEL["convolution"]), "1": (judge.convolution.bias, same),
        "2": (judge.dense.weight_orig, KERNEL["dense"]), "3": (judge.dense.bias, same),
    }
    slopes = torch.autograd.grad(value, [p for p, _ in parameters.values()], allow_unused=True)
    return {
        "parameters": {name: stored(to(p)) for name, (p, to) in parameters.items()},
        "u": {"4": stored(judge.vectors[0][:, None]), "6": stored(judge.vectors[1][:, None])},
        "input": stored(x), "value": numbers(value)[0],
        "gradients": {
            name: numbers(torch.zeros_like(p) if g is None else to(g)) for g, (name, (p, to)) in zip(slopes, parameters.items())
        },
    }


converged()
picture = grid(2, 4, 5, 3)
spread = grid(8, 2, 3, 4)
cases = {
    "spectralDense": check("dense", nn.Linear(5, 4), mimicry.SNLinear(5, 4), grid(3, 5)),
    "spectralDenseOften": spectral(nn.Linear(5, 4), "dense", grid(3, 5), iterations=3)[0],
    "spectralConvolution": check("convolution", nn.Conv2d(3, 4, (2, 3), stride=2), mimicry.SNConv2d(3, 4, (2, 3), stride=2), picture, ChannelsLast),
    "spectralTransposed": spectral(nn.ConvTranspose2d(3, 4, (3, 2), stride=2), "convolution", picture)[0],
    "spectralEmbedding": check("embedding", nn.Embedding(6, 4), mimicry.SNEmbedding(6, 4), torch.tensor([[5], [0], [2], [5]])),
    "discrimination": discrimination(),
    "deviationOfAll": deviation(spread, 8),
    "deviationOfGroups": deviation(spread, 4),
    "deviationOfParts": deviation(spread, 4, features=2),
    "virtualOfRows": virtual(grid(5, 4), grid(3, 4)),
    "virtualOfMaps": virtual(grid(3, 2, 2, 4), grid(2, 2, 2, 4)),
}
print(json.dumps({"torch": torch.__version__.split("+")[0], "cases": cases, "judge": slope_of_a_judge()}, indent=1))

"""
Judges with heads of torchgan: what they say, and slopes to second order.

    python tools/goldens/headed.py       # writes tests/golden/headed.json

Needs torch (made with 2.15.0) and torchgan 0.1.0. Its trunk is that of DCGAN at 32 x 32. Its last activations are left out,
as the papers have none there; convolutions of 4 x 4 on the last map of 4 x 4 are dense layers of @gan/architectures, which
have biases where theirs have none (zeros here). A head for the mean and one for the log variance of a code are one head
here, of the mean and half the log variance.
"""

import json
from pathlib import Path

import torch
from exported import count, drawn, nhwc, picture, stored, thinned
from torch import nn
from torchgan.models import ACGANDiscriminator, InfoGANDiscriminator

TARGET = Path(__file__).resolve().parents[2] / "tests" / "golden" / "headed.json"
STRIDE = 11
torch.manual_seed(5)


def prepared(network):
    """Weights that are far from special and exact in float32."""
    with torch.no_grad():
        for parameter in network.parameters():
            parameter.copy_((0.5 * parameter + 0.2 * torch.randn_like(parameter)).float())
    return network.double()


def kernel(conv):
    return conv.weight.permute(2, 3, 1, 0)


def dense(conv):
    """A convolution over the whole map: [out, in, height, width] to [height * width * in, out]."""
    return kernel(conv).flatten(0, 2)


def norm(name, part, parameters, names=("gamma", "beta")):
    for ours, theirs in zip(names, [part.weight, part.bias]):
        parameters[f"{name}{ours}"] = theirs


def of_trunk(network):
    """Layers of the trunk are named after the side of their maps."""
    parameters, side = {}, 32
    for part in network.model.modules():
        if isinstance(part, nn.Conv2d):
            side //= 2
            parameters[f"map{side}/kernel"] = kernel(part)
            if part.bias is not None:
                parameters[f"map{side}/bias"] = part.bias
        elif isinstance(part, nn.BatchNorm2d):
            norm(f"map{side}.norm/", part, parameters)
    return {**parameters, "score/kernel": dense(network.disc[0]), "score/bias": torch.zeros(1)}


def of_acgan(network):
    aux = network.aux[0]
    return {
        **of_trunk(network),
        "heads.class/class/kernel": dense(aux),
        "heads.class/class/bias": torch.zeros(aux.out_channels),
    }


def of_infogan(network):
    prefix = "heads.category+code/"
    parameters = {**of_trunk(network), f"{prefix}hidden/kernel": dense(network.dist_conv[0])}
    norm(f"{prefix}hidden.norm/", network.dist_conv[1], parameters)
    mean, half = network.cont_mean, network.cont_logvar
    parameters[f"{prefix}category/kernel"] = network.dis_categorical.weight.T
    parameters[f"{prefix}category/bias"] = network.dis_categorical.bias
    parameters[f"{prefix}code/kernel"] = torch.cat([mean.weight, 0.5 * half.weight]).T
    parameters[f"{prefix}code/bias"] = torch.cat([mean.bias, 0.5 * half.bias])
    return parameters


def acgan(network, x):
    score, logits = network(x, mode="both")
    return {"score": score[:, None], "class": logits}


def infogan(network, x):
    score, category, code = network(x, return_latents=True)
    # Theirs has the logits less their log-sum-exp.
    return {"score": score.reshape(-1, 1), "category": category.logits, "code": torch.cat([code.mean, code.stddev.log()], 1)}


def case(network, said, parameters_of):
    x = picture(32, 1, 3).requires_grad_()
    drawn(network, lambda judge: said(judge, x), prepared)
    heads = said(network, x)
    [slope] = torch.autograd.grad(sum((head**2).sum() for head in heads.values()), x, create_graph=True)
    penalty = (slope**2).sum()
    first = next(part for part in network.model.modules() if isinstance(part, nn.Conv2d))
    [of_kernel] = torch.autograd.grad(penalty, [first.weight])
    return {
        "parameters": {name: stored(x) for name, x in parameters_of(network).items()},
        "heads": {name: stored(head) for name, head in heads.items()},
        "slope": thinned(nhwc(slope), STRIDE),
        "penalty": penalty.item(),
        "penaltySlope": stored(of_kernel.permute(2, 3, 1, 0)),
    }


none = nn.Identity()
small = {"in_size": 32, "in_channels": 1, "step_channels": 2, "last_nonlinearity": none}
golden = {
    "torch": torch.__version__,
    "stride": STRIDE,
    "cases": {
        "ACGAN": case(ACGANDiscriminator(5, **small), acgan, of_acgan),
        "InfoGAN": case(InfoGANDiscriminator(4, 2, **small), infogan, of_infogan),
    },
    "parameters": {"ACGAN": count(ACGANDiscriminator(10)), "InfoGAN": count(InfoGANDiscriminator(10, 2))},
}
TARGET.write_text(json.dumps(golden) + "\n")
print(golden["parameters"], {name: case["penalty"] for name, case in golden["cases"].items()})

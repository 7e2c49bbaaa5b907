"""Golden values of progressive growing by pro-gan-pth 3.4, in float64, of weights that are exact in float32.

    python tools/goldens/progressive.py       # writes tests/golden/progressive.json

Needs torch (made with 2.15.0) and pro-gan-pth without its dependencies. Three things are put right first, as the authors'
code has them:

- Kernels of the pictures and of the score have a gain of 1, and that of the first map sqrt(2) / 4, where it has sqrt(2).
- The first map goes through pixel norm, too.
- `nf` says how wide a map is: 16 channels at 1024, where it has 32, and few in the networks that are compared.

And its transposed convolution asks PyTorch in a way that is gone.

`of_generator` and `of_judge` turn its weights into those of @gan/architectures: kernels [out, in, height, width] into
[height, width, in, out]. Parameter counts are those at 1024: of the last stage, and with the pictures of all stages before.
"""

import json
import math
from pathlib import Path

import torch
from installed import pro_gan_pth

networks = pro_gan_pth()

TARGET = Path(__file__).resolve().parents[2] / "tests" / "golden" / "progressive.json"
torch.manual_seed(5)


def generator(depth, latents=512):
    g = networks.Generator(depth, 3, latents)
    g.layers[0].conv_1.scale /= 4
    for converter in g.rgb_converters:
        converter.scale /= math.sqrt(2)
    return g


def judge(depth, features=512):
    d = networks.Discriminator(depth, 3, features)
    d.layers[-1].conv_3.scale /= math.sqrt(2)
    return d


def count(module):
    return sum(p.numel() for p in module.parameters())


def counts(network, converters):
    """Of the last stage alone, and of all."""
    return [count(network) - sum(map(count, converters)), count(network)]


networks.nf = lambda stage: min(512, 2**13 >> stage)
paper = generator(10), judge(10)
parameters = {
    "generator": counts(paper[0], paper[0].rgb_converters[:-1]),
    "discriminator": counts(paper[1], paper[1].from_rgb[1:]),
}

networks.nf = lambda stage: min(6, 16 >> stage)


def kernel(weight):
    return weight.permute(2, 3, 1, 0)


def of_conv(name, conv):
    return {f"{name}/kernel": kernel(conv.weight), f"{name}/bias": conv.bias}


def of_generator(g):
    start = g.layers[0].conv_1
    named = {
        "map4.first/kernel": start.weight.permute(0, 2, 3, 1).reshape(start.weight.shape[0], -1),
        "map4.first.bias/bias": start.bias,
    }
    named |= of_conv("map4.second", g.layers[0].conv_2)
    for k, block in enumerate(g.layers[1:]):
        named |= of_conv(f"map{8 * 2**k}.first", block.conv_1) | of_conv(f"map{8 * 2**k}.second", block.conv_2)
    for k, converter in enumerate(g.rgb_converters):
        named |= of_conv(f"map{4 * 2**k}.picture", converter)
    return named


def of_judge(d):
    last = d.layers[-1]
    features, score = last.conv_2.weight, last.conv_3.weight
    named = of_conv("compared", last.conv_1)
    named |= {"features/kernel": kernel(features).reshape(-1, features.shape[0]), "features/bias": last.conv_2.bias}
    named |= {"score/kernel": kernel(score).reshape(-1, 1), "score/bias": last.conv_3.bias}
    for k, block in enumerate(reversed(d.layers[:-1])):
        named |= of_conv(f"map{8 * 2**k}.first", block.conv_1) | of_conv(f"map{8 * 2**k}.second", block.conv_2)
    for k, seen in enumerate(reversed(d.from_rgb)):
        named |= of_conv(f"map{4 * 2**k}.picture", seen[0])
    return named


def stored(x):
    return {"shape": list(x.shape), "values": [float(f"{v:.9g}") for v in x.detach().flatten().tolist()]}


def shaken(module):
    """Biases that are not 0, and everything exact in float32."""
    module.float()
    with torch.no_grad():
        for parameter in module.parameters():
            parameter.copy_(parameter + 0.2 * torch.randn_like(parameter))
    return module.double()


def drawn(network, run):
    """Shakes it until no leaky ReLU is within 2e-5 of where it bends: float32 could see another slope there."""
    nearest = []
    for part in network.modules():
        if isinstance(part, torch.nn.LeakyReLU):
            part.register_forward_hook(lambda _, given, __: nearest.append(given[0].abs().min().item()))
    while True:
        nearest.clear()
        run(shaken(network))
        if min(nearest) > 2e-5:
            return network


nhwc = lambda x: x.permute(0, 2, 3, 1)
given = lambda *shape: torch.randn(*shape).double().float().double().requires_grad_()
side, depth, shares = 16, 4, {"whole": 1.0, "fading": 0.25}

latents, real = given(4, 5), given(4, 3, side, side)
weigh = given(4, 3, side, side).detach()
g = drawn(generator(depth, 5), lambda net: net(latents))
d = drawn(judge(depth, 6), lambda net: net(real, depth, 0.25))


def picture_of(alpha):
    picture = g(latents, alpha=alpha)
    [slope] = torch.autograd.grad((picture * weigh).sum(), latents)
    return {"picture": stored(nhwc(picture)), "slope": stored(slope)}


def score_of(alpha):
    score = d(real, depth, alpha).reshape(-1, 1)
    [slope] = torch.autograd.grad(score.sum(), real, create_graph=True)
    penalty = (slope**2).sum(dim=(1, 2, 3)).mean()
    at = {"map16.picture/kernel": d.from_rgb[0][0].weight, "map8.first/kernel": d.layers[-2].conv_1.weight}
    slopes = {name: stored(kernel(x)) for name, x in zip(at, torch.autograd.grad(penalty, [*at.values()]))}
    return {"score": stored(score), "penalty": penalty.item(), "penaltySlopes": slopes}


golden = {
    "torch": torch.__version__,
    "generator": {name: stored(w) for name, w in of_generator(g).items() if not name.startswith("map4.picture")},
    "discriminator": {name: stored(w) for name, w in of_judge(d).items() if not name.startswith("map4.picture")},
    "latents": stored(latents), "weigh": stored(nhwc(weigh)), "real": stored(nhwc(real)),
    "stages": {name: {"share": alpha, **picture_of(alpha), **score_of(alpha)} for name, alpha in shares.items()},
    "parameters": parameters,
}
TARGET.write_text(json.dumps(golden) + "\n")
print(parameters, TARGET.stat().st_size, [stage["penalty"] for stage in golden["stages"].values()])

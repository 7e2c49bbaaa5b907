"""Golden values of StyleGAN2 by basicsr 1.4.2 (rosinality's implementation), in float64, of weights that are exact in
float32.

    python tools/goldens/stylegan2.py       # writes tests/golden/stylegan2.json

Needs torch (made with 2.15.0) and basicsr without its dependencies. `named` turns its weights into those of @gan/architectures: kernels [out, in, height, width]
into [height, width, in, out], dense ones [out, in] into [in, out]. Parameter counts are those at the paper's sizes.
"""

import json
from pathlib import Path

import torch
from exported import count, nhwc, stored
from installed import basicsr_stylegan2

TARGET = Path(__file__).resolve().parents[2] / "tests" / "golden" / "stylegan2.json"


arch = basicsr_stylegan2()
torch.manual_seed(3)


def dense(weight):
    return weight.T


def kernel(weight):
    return weight.reshape(weight.shape[-4:]).permute(2, 3, 1, 0)


def of_style(name, layer, picture=False):
    """A modulated convolution with what follows it."""
    conv = layer.modulated_conv
    named = {
        f"{name}.style/kernel": dense(conv.modulation.weight),
        f"{name}.style/bias": conv.modulation.bias,
        f"{name}/kernel": kernel(conv.weight),
        f"{name}.bias/bias": (layer.bias if picture else layer.activate.bias).flatten(),
    }
    return named if picture else {**named, f"{name}.noise/strength": layer.weight.reshape(())}


def of_generator(g):
    named = {"constant/constant": g.constant_input.weight[0].permute(1, 2, 0)}
    named |= of_style("map4.first", g.style_conv1) | of_style("map4.picture", g.to_rgb1, True)
    for k, picture in enumerate(g.to_rgbs):
        side = 8 * 2**k
        named |= of_style(f"map{side}.first", g.style_convs[2 * k])
        named |= of_style(f"map{side}.second", g.style_convs[2 * k + 1])
        named |= of_style(f"map{side}.picture", picture, True)
    return named


def of_mapping(g):
    named = {}
    for k, layer in enumerate(g.style_mlp[1:]):
        named |= {f"dense{k}/kernel": dense(layer.weight), f"dense{k}/bias": layer.bias}
    return named


def of_conv(name, layer):
    named = {f"{name}/kernel": kernel(next(m for m in layer if isinstance(m, arch.EqualConv2d)).weight)}
    biases = [m.bias for m in layer if hasattr(m, "bias") and m.bias is not None and not isinstance(m, arch.EqualConv2d)]
    return named | {f"{name}/bias": bias for bias in biases}


def of_discriminator(d, side):
    named = of_conv("picture", d.conv_body[0])
    for k, block in enumerate(d.conv_body[1:]):
        name = f"map{side // 2**k}"
        named |= of_conv(f"{name}.first", block.conv1) | of_conv(f"{name}.second", block.conv2)
        named |= of_conv(f"{name}.skip", block.skip)
    named |= of_conv("compared", d.final_conv)
    features, score = d.final_linear
    channels = features.weight.shape[1] // 16
    # Its maps are flattened channels first.
    rows = features.weight.reshape(-1, channels, 4, 4).permute(2, 3, 1, 0).reshape(16 * channels, -1)
    named |= {"features/kernel": rows, "features/bias": features.bias}
    return named | {"score/kernel": dense(score.weight), "score/bias": score.bias}


def shaken(module):
    """Biases and strengths that are not 0, and everything exact in float32."""
    with torch.no_grad():
        for parameter in module.parameters():
            parameter.copy_((parameter + 0.2 * torch.randn_like(parameter)).float())
    return module.double()


side, width = 16, 6
narrow = 4 / 512
generator = shaken(arch.StyleGAN2Generator(side, num_style_feat=width, num_mlp=3, lr_mlp=0.01, narrow=narrow))
discriminator = shaken(arch.StyleGAN2Discriminator(side, narrow=narrow, stddev_group=2))
with torch.no_grad():
    # Noise is random in both; it is compared elsewhere.
    for layer in [generator.style_conv1, *generator.style_convs]:
        layer.weight.zero_()

latents = torch.randn(4, width).double()
latents = latents.float().double().requires_grad_()
picture, _ = generator([latents])
weigh = torch.randn(picture.shape).float().double()
[slope] = torch.autograd.grad((picture * weigh).sum(), latents, retain_graph=True)

real = torch.randn(4, 3, side, side).float().double().requires_grad_()
score = discriminator(real)
[steepness] = torch.autograd.grad(score.sum(), real, create_graph=True)
penalty = (steepness**2).sum(dim=(1, 2, 3)).mean()
[of_picture, of_score] = torch.autograd.grad(
    penalty, [next(discriminator.conv_body[0].parameters()), discriminator.final_linear[1].weight]
)


paper = arch.StyleGAN2Generator(1024), arch.StyleGAN2Discriminator(1024)
smaller = arch.StyleGAN2Generator(256), arch.StyleGAN2Discriminator(256)
golden = {
    "torch": torch.__version__,
    "mapping": {name: stored(w) for name, w in of_mapping(generator).items()},
    "synthesis": {name: stored(w) for name, w in of_generator(generator).items()},
    "discriminator": {name: stored(w) for name, w in of_discriminator(discriminator, side).items()},
    "latents": stored(latents), "picture": stored(nhwc(picture)), "weigh": stored(nhwc(weigh)), "slope": stored(slope),
    "real": stored(nhwc(real)), "score": stored(score), "penalty": float(penalty),
    "penaltySlopes": {"picture/kernel": stored(kernel(of_picture)), "score/kernel": stored(dense(of_score))},
    "parameters": {
        "1024": {"mapping": count(paper[0].style_mlp), "generator": count(paper[0]), "discriminator": count(paper[1])},
        "256": {"mapping": count(smaller[0].style_mlp), "generator": count(smaller[0]), "discriminator": count(smaller[1])},
    },
}
TARGET.write_text(json.dumps(golden) + "\n")
print(golden["parameters"], golden["penalty"])

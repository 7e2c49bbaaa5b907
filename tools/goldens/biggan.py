"""Golden values of BigGAN and BigGAN-deep by their authors' code, and of BigGAN-deep's generator by pytorch-pretrained-biggan 0.1.1, in float64.

    python tools/goldens/biggan.py CHECKOUT       # writes tests/golden/biggan.json

Needs torch (made with 2.15.0), pytorch-pretrained-biggan without its dependencies, and a checkout of ajbrock/BigGAN-PyTorch
(made with 9845943). Three things differ from what they do of themselves:

- The authors' table of 32 x 32 judges has the wrong sides, so attention is put in by hand.
- pytorch-pretrained-biggan works in inference, with random moving statistics, and from a condition of latents and class,
  which are the other way round here. Its last layers want a picture of 128 or more, and are put in by hand for one of 64.
- Vectors of spectral norm are the exact ones (by SVD), from which power iterations do not move; of the judge's embeddings,
  which @gan/architectures has as dense layers, they are the other way round.

Parameters are whole multiples of 1 / `parts`, and stored as those. Kernels [out, in, height, width] become
[height, width, in, out], dense ones [out, in] become [in, out]. Of pictures every `STRIDE`th number is stored. Parameter counts
are those at the paper's sizes.
"""

import contextlib
import io
import json
import sys
from pathlib import Path

import torch
import torch.nn.functional as F
from installed import absent, without_init
from torch import nn

sys.path.insert(0, sys.argv[1])
import BigGAN
import BigGANdeep
import layers

without_init("pytorch_pretrained_biggan")
absent("pytorch_pretrained_biggan.file_utils", cached_path=None)
from pytorch_pretrained_biggan.config import BigGANConfig
from pytorch_pretrained_biggan.model import BigGAN as Pretrained
from pytorch_pretrained_biggan.model import BigGANBatchNorm, GenBlock, SelfAttn

TARGET = Path(__file__).resolve().parents[2] / "tests" / "golden" / "biggan.json"
STRIDE = 37
PARTS = 64
torch.manual_seed(5)

nearest = []
relu = F.relu


def watched(x, inplace=False):
    nearest.append(x.abs().min().item())
    return relu(x)


F.relu = watched


def is_spectral(part):
    return isinstance(part, layers.SN) or hasattr(part, "weight_orig")


def weight_of(part):
    return part.weight_orig if hasattr(part, "weight_orig") else part.weight


def vectors_of(part):
    u, _, v = torch.linalg.svd(weight_of(part).flatten(1), full_matrices=False)
    return u[:, 0], v[0]


def prepared(network):
    with torch.no_grad():
        for parameter in network.parameters():
            parameter.copy_(((parameter + 0.1 * torch.randn_like(parameter)) * PARTS).round() / PARTS)
        for part in network.modules():
            if is_spectral(part):
                u, v = vectors_of(part)
                if isinstance(part, layers.SN):
                    part.u0.copy_(u[None])
                else:
                    part.weight_u.copy_(u)
                    part.weight_v.copy_(v)
            if isinstance(part, BigGANBatchNorm):
                part.running_means.copy_((0.1 * torch.randn(part.num_features)).float().expand_as(part.running_means))
                part.running_vars.copy_((0.5 + torch.rand(part.num_features)).float().expand_as(part.running_vars))


def drawn(network, run):
    """Prepares it until no ReLU is within 1e-5 of where it bends: float32 could see another slope there."""
    network.double()
    start = {name: x.clone() for name, x in network.state_dict().items()}
    while True:
        network.load_state_dict(start)
        prepared(network)
        nearest.clear()
        run()
        if min(nearest) > 1e-5:
            return


def of_layer(name, layer, table, reorder=lambda rows: rows):
    """A convolution or dense layer, spectrally normalised or not; `reorder` puts inputs elsewhere."""
    weight = weight_of(layer)
    table["parameters"][f"{name}/kernel"] = weight.permute(2, 3, 1, 0) if weight.dim() == 4 else reorder(weight.T)
    if layer.bias is not None:
        table["parameters"][f"{name}/bias"] = layer.bias
    if is_spectral(layer):
        u, v = vectors_of(layer)
        # The kernel here is [height, width, in, out]: the side of v is flattened in this order.
        v = v.reshape(weight.shape[1:]).permute(1, 2, 0).flatten() if weight.dim() == 4 else reorder(v)
        table["state"][f"{name}/u"], table["state"][f"{name}/v"] = u[:, None], v[:, None]


def of_start(layer, table):
    """A dense layer to a map of 4 x 4, whose numbers are channels first there and last here."""
    of_layer("start", layer, table)
    for kind, name, axis in [("parameters", "kernel", 1), ("parameters", "bias", 0), ("state", "u", 0)]:
        places = table[kind][f"start/{name}"].unflatten(axis, (-1, 4, 4)).movedim(axis, axis + 2)
        table[kind][f"start/{name}"] = places.flatten(axis, axis + 2)


def of_attention(attention, names, table):
    for theirs, ours in names.items():
        of_layer(f"attention.{ours}", getattr(attention, theirs), table)
    table["parameters"]["attention/scale"] = attention.gamma.reshape([])


def of_authors_generator(g):
    table = {"parameters": {"classes/kernel": g.shared.weight}, "state": {}}
    of_start(g.linear, table)
    blocks = [block for stage in g.blocks for block in stage]
    convolutions(blocks, table)
    norm, _, conv = g.output_layer
    table["parameters"]["picture.norm/gamma"], table["parameters"]["picture.norm/beta"] = norm.gain, norm.bias
    of_layer("picture", conv, table)
    return table


def of_authors_judge(d):
    table = {"parameters": {}, "state": {}}
    if hasattr(d, "input_conv"):
        of_layer("start", d.input_conv, table)
    convolutions([block for stage in d.blocks for block in stage], table)
    of_layer("score", d.linear, table)
    # Rows [classes, width] are the kernel of a dense layer as they are; its outputs are the width.
    u, v = vectors_of(d.embed)
    table["parameters"]["classes/kernel"] = d.embed.weight
    table["state"]["classes/u"], table["state"]["classes/v"] = v[:, None], u[:, None]
    return table


def convolutions(blocks, table):
    count = 0
    for block in blocks:
        if isinstance(block, layers.Attention):
            of_attention(block, {"theta": "queries", "phi": "keys", "g": "values", "o": "result"}, table)
            continue
        count += 1
        for theirs, ours in {"1": "first", "2": "second", "3": "third", "4": "fourth", "_sc": "skip"}.items():
            if hasattr(block, f"conv{theirs}"):
                of_layer(f"block{count}.{ours}", getattr(block, f"conv{theirs}"), table)
            if hasattr(block, f"bn{theirs}"):
                norm = getattr(block, f"bn{theirs}")
                of_layer(f"block{count}.{ours}.scale", norm.gain, table)
                of_layer(f"block{count}.{ours}.shift", norm.bias, table)


def of_pretrained(network):
    """Latents before the class there, behind it here."""
    table = {"parameters": {"classes/kernel": network.embeddings.weight.T}, "state": {}}
    z = network.config.z_dim
    swapped = lambda rows: torch.cat([rows[z:], rows[:z]])
    g = network.generator
    of_layer("start", g.gen_z, table, swapped)
    count = 0
    for part in g.layers:
        if isinstance(part, SelfAttn):
            names = {"theta": "queries", "phi": "keys", "g": "values", "o_conv": "result"}
            of_attention(part, {f"snconv1x1_{theirs}": ours for theirs, ours in names.items()}, table)
        elif isinstance(part, GenBlock):
            count += 1
            for k, which in enumerate(["first", "second", "third", "fourth"]):
                name, norm = f"block{count}.{which}", getattr(part, f"bn_{k}")
                of_layer(name, getattr(part, f"conv_{k}"), table)
                of_layer(f"{name}.scale", norm.scale, table, swapped)
                of_layer(f"{name}.shift", norm.offset, table, swapped)
                table["state"][f"{name}.norm/mean"] = norm.running_means[0]
                table["state"][f"{name}.norm/variance"] = norm.running_vars[0]
    table["parameters"]["picture.norm/gamma"], table["parameters"]["picture.norm/beta"] = g.bn.weight, g.bn.bias
    table["state"]["picture.norm/moving_mean"] = g.bn.running_means[0]
    table["state"]["picture.norm/moving_variance"] = g.bn.running_vars[0]
    of_layer("picture", g.conv_to_rgb, table)
    return table


def stored(x):
    return {"shape": list(x.shape), "values": [float(f"{v:.9g}") for v in x.detach().flatten().tolist()]}


def thinned(x):
    return {**stored(x), "values": stored(x.flatten()[::STRIDE])["values"]}


def whole(x):
    return {"shape": list(x.shape), "values": [round(v * PARTS) for v in x.detach().flatten().tolist()]}


def nhwc(x):
    return x.permute(0, 2, 3, 1)


def kept(table):
    return {
        "parameters": {name: whole(x) for name, x in table["parameters"].items()},
        "state": {name: stored(x) for name, x in table["state"].items()},
    }


def of_generator(network, table_of, latents, picture_of):
    latents = latents.float().double().requires_grad_()
    drawn(network, lambda: picture_of(latents))
    table = kept(table_of(network))
    picture = picture_of(latents)
    [slope] = torch.autograd.grad((picture**2).sum(), latents)
    return {**table, "latents": stored(latents), "picture": thinned(nhwc(picture)), "slope": stored(slope)}


def of_judge(network):
    # Exact in float32, and easily made again: i * 7919 mod 1024, from -1 to 1.
    real = (torch.arange(2 * 3 * 32 * 32) * 7919 % 1024).double() / 512 - 1
    real = real.reshape(2, 32, 32, 3).permute(0, 3, 1, 2).requires_grad_()
    drawn(network, lambda: network(real, two))
    table = kept(of_authors_judge(network))
    score = network(real, two)
    [slope] = torch.autograd.grad(score.sum(), real, create_graph=True)
    penalty = (slope**2).sum()
    first = network.input_conv if hasattr(network, "input_conv") else network.blocks[0][0].conv1
    [of_kernel] = torch.autograd.grad(penalty, [first.weight])
    return {
        **table, "score": stored(score), "slope": thinned(nhwc(slope)),
        "penalty": penalty.item(), "penaltySlope": stored(of_kernel.permute(2, 3, 1, 0)),
    }


two = torch.tensor([2, 0])
quiet = contextlib.redirect_stdout(io.StringIO())


def authors(module, latents):
    with quiet:
        size = dict(G_ch=2, resolution=32, n_classes=3, G_attn="16", dim_z=latents, shared_dim=4, hier=True, no_optim=True)
        generator = module.Generator(**size)
        judge = module.Discriminator(D_ch=2, resolution=32, n_classes=3, D_attn="0")
    judge.blocks[1].append(layers.Attention(8, judge.which_conv))
    return {
        "generator": of_generator(
            generator, of_authors_generator, torch.randn(2, latents), lambda z: generator(z, generator.shared(two))
        ),
        "judge": of_judge(judge),
    }


def pretrained():
    blocks = [(False, 16, 16), (True, 16, 16), (False, 16, 16), (True, 16, 8), (False, 8, 8), (True, 8, 4)]
    blocks += [(False, 4, 4), (True, 4, 2)]
    network = Pretrained(BigGANConfig(
        z_dim=2, class_embed_dim=2, channel_width=2, num_classes=3, layers=blocks, attention_layer_position=6, eps=1e-5,
    ))
    network.generator.bn = BigGANBatchNorm(4, conditional=False, eps=1e-5)
    nn.init.ones_(network.generator.bn.weight)
    nn.init.zeros_(network.generator.bn.bias)
    network.generator.conv_to_rgb = nn.utils.spectral_norm(nn.Conv2d(4, 3, 3, padding=1))
    network.eval()
    label = F.one_hot(torch.tensor([2]), 3).double()
    return {"generator": of_generator(network, of_pretrained, torch.randn(1, 2), lambda z: network(z, label, 1.0))}


def count(network):
    return sum(p.numel() for p in network.parameters())


def counts(module, side, up, down, **size):
    with quiet, torch.device("meta"):
        common = dict(resolution=side, n_classes=1000, skip_init=True)
        g = module.Generator(G_attn=str(up), shared_dim=128, hier=True, no_optim=True, **common, **size)
        d = module.Discriminator(D_attn=str(down), D_ch=size["G_ch"], **common)
    return [count(g), count(d)]


def pretrained_count():
    with torch.device("meta"):
        network = Pretrained(BigGANConfig())
        network.generator.conv_to_rgb = nn.Conv2d(128, 3, 3)
    return count(network)


golden = {
    "torch": torch.__version__,
    "stride": STRIDE,
    "parts": PARTS,
    "cases": {
        "BigGAN 32": authors(BigGAN, 8),
        "BigGAN-deep 32": authors(BigGANdeep, 3),
        "BigGAN-deep 64": pretrained(),
    },
    "parameters": {
        "BigGAN 128": counts(BigGAN, 128, 64, 64, G_ch=96, dim_z=120),
        "BigGAN 256": counts(BigGAN, 256, 128, 64, G_ch=96, dim_z=140),
        "BigGAN-deep 128": counts(BigGANdeep, 128, 64, 64, G_ch=128, dim_z=128),
        "BigGAN-deep 128 pretrained": pretrained_count(),
    },
}
TARGET.write_text(json.dumps(golden, separators=(",", ":")) + "\n")
print(golden["parameters"], TARGET.stat().st_size)

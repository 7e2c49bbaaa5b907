"""Golden values of residual networks by torch-mimicry 0.1.16, and of SN-DCGAN by PyTorch's own modules, in float64, of weights that are exact in float32.

    python tools/goldens/resnet.py       # writes tests/golden/resnet.json

Needs torch (made with 2.15.0) and torch-mimicry without its dependencies. Three things are put right first:

- Its generators go up bilinearly, which the papers and the authors' code do by repeating places.
- Its ReLU works in place, so that what a judge's block skips goes through it too; the papers' goes without.
- Its WGAN-GP judges leave layer norm out: it stands where the authors' code has it, as group norm of one group.

Vectors of spectral norm are the exact ones (by SVD), from which power iterations do not move; of embeddings, which
@gan/architectures has as dense layers, they are the other way round. `*_weights` turn its weights into those of
@gan/architectures: kernels [out, in, height, width] into [height, width, in, out], dense ones [out, in] into [in, out]. Of
large tensors every `STRIDE`th number is stored. Parameter counts are those at the papers' sizes.
"""

import json
from pathlib import Path

import exported
import torch
import torch.nn.functional as F
from exported import count, drawn, kept, nhwc, of_embedding, of_layer, picture, stored, thinned
from installed import without_init
from torch import nn

# Its own would bring in what it trains and measures with.
without_init("torch_mimicry", "torch_mimicry.nets")

from torch_mimicry.modules import layers, resblocks
from torch_mimicry.modules.layers import ConditionalBatchNorm2d, SelfAttention
from torch_mimicry.nets.cgan_pd import cgan_pd_32, cgan_pd_128
from torch_mimicry.nets.sagan import sagan_32, sagan_128
from torch_mimicry.nets.sngan import sngan_32, sngan_48, sngan_64, sngan_128
from torch_mimicry.nets.wgan_gp import wgan_gp_32, wgan_gp_resblocks

TARGET = Path(__file__).resolve().parents[2] / "tests" / "golden" / "resnet.json"
STRIDE = 11

resblocks.GBlock._upsample_conv = lambda _, x, conv: conv(F.interpolate(x, scale_factor=2, mode="nearest"))
# PyTorch's own spectral norm, as in its other networks.
cgan_pd_32.SNLinear, cgan_pd_32.SNEmbedding = layers.SNLinear, layers.SNEmbedding
torch.manual_seed(3)


def with_layer_norm(judge):
    """Layer norm before each ReLU of all blocks but the first."""
    for block in judge.children():
        if isinstance(block, wgan_gp_resblocks.DBlock):
            block.norm1 = nn.GroupNorm(1, block.in_channels)
            block.norm2 = nn.GroupNorm(1, block.hidden_channels)

            def residual(x, block=block):
                h = block.c1(block.activation(block.norm1(x)))
                h = block.c2(block.activation(block.norm2(h)))
                return F.avg_pool2d(h, 2) if block.downsample else h

            block._residual = residual
    return judge


def prepared(module):
    """As exported.py does it; ReLU out of place."""
    for part in module.modules():
        if isinstance(part, nn.ReLU):
            part.inplace = False
    exported.prepared(module)
    with torch.no_grad():
        for part in module.modules():
            if isinstance(part, ConditionalBatchNorm2d):
                # Scales that are exact once 1 is taken away from them, too.
                rows = part.embed.weight
                rows[:, : part.num_features] = 1 + (0.3 * torch.randn(rows.shape[0], part.num_features)).float().double()
    return module


def of_start(layer, side, table):
    """A dense layer to a map, whose numbers are channels first there and last here."""
    of_layer("start", layer, table)
    for kind, name, axis in [("parameters", "kernel", 1), ("parameters", "bias", 0), ("state", "u", 0)]:
        x = table[kind].get(f"start/{name}")
        if x is not None:
            places = x.unflatten(axis, (-1, side, side)).movedim(axis, axis + 2)
            table[kind][f"start/{name}"] = places.flatten(axis, axis + 2)


def of_norm(name, norm, table):
    parameters = table["parameters"]
    if isinstance(norm, ConditionalBatchNorm2d):
        scale, shift = norm.embed.weight.chunk(2, 1)
        parameters[f"{name}.scale/kernel"], parameters[f"{name}.shift/kernel"] = scale - 1, shift
    elif isinstance(norm, nn.GroupNorm):
        parameters[f"{name}.norm/scale"], parameters[f"{name}.norm/offset"] = norm.weight, norm.bias
    else:
        parameters[f"{name}.norm/gamma"], parameters[f"{name}.norm/beta"] = norm.weight, norm.bias


def of_network(network):
    """Works out the names from the order in which children are declared, which is that of the papers."""
    table = {"parameters": {}, "state": {}}
    blocks = 0
    for name, part in network.named_children():
        if isinstance(part, (resblocks.GBlock, resblocks.DBlock, resblocks.DBlockOptimized)):
            blocks += 1
            of_layer(f"block{blocks}.first", part.c1, table)
            of_layer(f"block{blocks}.second", part.c2, table)
            if hasattr(part, "c_sc"):
                of_layer(f"block{blocks}.skip", part.c_sc, table)
            for norms in [("b1", "b2"), ("norm1", "norm2")]:
                for norm, which in zip(norms, ["first", "second"]):
                    if getattr(part, norm, None) is not None:
                        of_norm(f"block{blocks}.{which}", getattr(part, norm), table)
        elif isinstance(part, SelfAttention):
            for theirs, ours in {"theta": "queries", "phi": "keys", "g": "values", "o": "result"}.items():
                of_layer(f"attention.{ours}", getattr(part, theirs), table)
            table["parameters"]["attention/scale"] = part.gamma
        elif isinstance(part, nn.BatchNorm2d):
            of_norm("picture", part, table)
        elif isinstance(part, nn.Conv2d):
            of_layer("picture", part, table)
        elif isinstance(part, nn.Embedding):
            of_embedding("classes", part, table)
        elif isinstance(part, nn.Linear):
            if part.out_features == 1:
                of_layer("score", part, table)
            else:
                of_start(part, network.bottom_width, table)
    return table


class SnDcganGenerator(nn.Module):
    """Miyato et al. (2018), table 3, left."""

    def __init__(self, nz=128, filters=64, bottom_width=4):
        super().__init__()
        self.nz, self.bottom_width = nz, bottom_width
        self.start = nn.Linear(nz, bottom_width**2 * 8 * filters)
        widths = [8 * filters, 4 * filters, 2 * filters, filters]
        self.ups = nn.ModuleList(nn.ConvTranspose2d(a, b, 4, 2, 1) for a, b in zip(widths, widths[1:]))
        self.norms = nn.ModuleList(nn.BatchNorm2d(b) for b in widths[1:])
        self.picture = nn.Conv2d(filters, 3, 3, 1, 1)
        self.activation = nn.ReLU()

    def forward(self, x):
        x = self.start(x).unflatten(1, (-1, self.bottom_width, self.bottom_width))
        for up, norm in zip(self.ups, self.norms):
            x = self.activation(norm(up(x)))
        return torch.tanh(self.picture(x))


class SnDcganJudge(nn.Module):
    """Miyato et al. (2018), table 3, right."""

    def __init__(self, filters=64, side=32):
        super().__init__()
        bounded = nn.utils.spectral_norm
        channels, self.convs = 3, nn.ModuleList()
        for width in [filters, 2 * filters, 4 * filters]:
            self.convs += [bounded(nn.Conv2d(channels, width, 3, 1, 1)), bounded(nn.Conv2d(width, width, 4, 2, 1))]
            channels = width
        self.convs.append(bounded(nn.Conv2d(channels, 8 * filters, 3, 1, 1)))
        self.score = bounded(nn.Linear((side // 8) ** 2 * 8 * filters, 1))
        self.activation = nn.LeakyReLU(0.1)

    @property
    def first(self):
        return self.convs[0]

    def forward(self, x):
        for conv in self.convs:
            x = self.activation(conv(x))
        return self.score(x.flatten(1))


def of_sn_dcgan_generator(network):
    table = {"parameters": {}, "state": {}}
    of_start(network.start, network.bottom_width, table)
    for k, (up, norm) in enumerate(zip(network.ups, network.norms)):
        # Theirs is [in, out, height, width], here [height, width, out, in].
        table["parameters"][f"map{k + 1}/kernel"] = up.weight.permute(2, 3, 1, 0)
        table["parameters"][f"map{k + 1}/bias"] = up.bias
        of_norm(f"map{k + 1}", norm, table)
    of_layer("picture", network.picture, table)
    return table


def of_sn_dcgan_judge(network):
    table = {"parameters": {}, "state": {}}
    for k, conv in enumerate(network.convs):
        of_layer(f"map{k // 2 + 1}.{['kept', 'halved'][k % 2]}", conv, table)
    of_layer("score", network.score, table)
    # Its map is flattened channels first.
    side = round((network.score.in_features // network.convs[-1].out_channels) ** 0.5)
    for kind, name in [("parameters", "score/kernel"), ("state", "score/v")]:
        table[kind][name] = table[kind][name].reshape(-1, side, side).permute(1, 2, 0).reshape(-1, 1)
    return table


def of_generator(network, classes):
    latents = torch.randn(2, network.nz).float().double().requires_grad_()
    given = [latents] if classes is None else [latents, classes]
    drawn(network, lambda g: g(*given), prepared)
    table = kept(of_sn_dcgan_generator(network) if isinstance(network, SnDcganGenerator) else of_network(network))
    made = network(*given)
    [slope] = torch.autograd.grad((made**2).sum(), latents)
    return {**table, "latents": stored(latents), "picture": thinned(nhwc(made), STRIDE), "slope": stored(slope)}


def of_judge(network, side, classes):
    real = picture(side).requires_grad_()
    given = [real] if classes is None else [real, classes]
    drawn(network, lambda d: d(*given), prepared)
    table = kept(of_sn_dcgan_judge(network) if isinstance(network, SnDcganJudge) else of_network(network))
    score = network(*given)
    [slope] = torch.autograd.grad(score.sum(), real, create_graph=True)
    penalty = (slope**2).sum()
    first = network.first if isinstance(network, SnDcganJudge) else network.block1.c1
    [of_kernel] = torch.autograd.grad(penalty, [getattr(first, "weight_orig", first.weight)])
    return {
        **table, "score": stored(score), "slope": thinned(nhwc(slope), STRIDE),
        "penalty": penalty.item(), "penaltySlope": stored(of_kernel.permute(2, 3, 1, 0)),
    }


two = torch.tensor([2, 0])
cases = {
    "SN-GAN 32": (sngan_32.SNGANGenerator32(nz=5, ngf=2), sngan_32.SNGANDiscriminator32(ndf=2), 32, None),
    "SN-GAN 48": (sngan_48.SNGANGenerator48(nz=5, ngf=8), sngan_48.SNGANDiscriminator48(ndf=16), 48, None),
    "WGAN-GP 32": (None, wgan_gp_32.WGANGPDiscriminator32(ndf=2), 32, None),
    "WGAN-GP 32, layer norm": (None, with_layer_norm(wgan_gp_32.WGANGPDiscriminator32(ndf=2)), 32, None),
    "projection 32": (cgan_pd_32.CGANPDGenerator32(3, nz=5, ngf=2), cgan_pd_32.CGANPDDiscriminator32(3, ndf=2), 32, two),
    "SAGAN 32": (sagan_32.SAGANGenerator32(3, nz=5, ngf=8), sagan_32.SAGANDiscriminator32(3, ndf=8), 32, two),
    "SN-DCGAN 32": (SnDcganGenerator(nz=5, filters=1), SnDcganJudge(filters=1), 32, None),
}
golden = {
    "torch": torch.__version__,
    "stride": STRIDE,
    "cases": {
        name: {
            **({"generator": of_generator(generator, classes)} if generator else {}),
            "judge": of_judge(judge, side, classes),
        }
        for name, (generator, judge, side, classes) in cases.items()
    },
    "parameters": {
        "SN-DCGAN 32": [count(SnDcganGenerator()), count(SnDcganJudge())],
        "SN-GAN 32": [count(sngan_32.SNGANGenerator32()), count(sngan_32.SNGANDiscriminator32())],
        "SN-GAN 48": [count(sngan_48.SNGANGenerator48()), count(sngan_48.SNGANDiscriminator48())],
        "SN-GAN 64": [count(sngan_64.SNGANGenerator64()), count(sngan_64.SNGANDiscriminator64())],
        "SN-GAN 128": [count(sngan_128.SNGANGenerator128()), count(sngan_128.SNGANDiscriminator128())],
        "WGAN-GP 32": [count(wgan_gp_32.WGANGPGenerator32()), count(wgan_gp_32.WGANGPDiscriminator32())],
        "projection 32": [count(cgan_pd_32.CGANPDGenerator32(10)), count(cgan_pd_32.CGANPDDiscriminator32(10))],
        "projection 128": [
            count(cgan_pd_128.CGANPDGenerator128(1000)), count(cgan_pd_128.CGANPDDiscriminator128(1000, ndf=1024)),
        ],
        "SAGAN 128": [count(sagan_128.SAGANGenerator128(1000)), count(sagan_128.SAGANDiscriminator128(1000, ndf=1024))],
    },
}
TARGET.write_text(json.dumps(golden) + "\n")
print(golden["parameters"], {name: case["judge"]["penalty"] for name, case in golden["cases"].items()})

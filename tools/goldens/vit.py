"""Golden values of ViTGAN by PyTorch's modules in float64, of weights that are exact in float32: nn.MultiheadAttention and timm's
block of a vision transformer in the generator, attention by distance written out in the judge.

    python tools/goldens/vit.py          # writes tests/golden/vit.json

Needs torch (made with 2.15.0) and timm (1.0.31). In the generator of timm's blocks, layer norms do not listen to the latents: the
kernels of their scales and offsets are zeros, and their biases those of timm's. Parameter counts are those of these modules at
the paper's size; the paper has none.
"""

import json
import math
from pathlib import Path

import torch
import torch.nn.functional as F
from exported import count, kept, nhwc, of_layer, picture, prepared, stored, thinned
from timm.models.vision_transformer import Block
from torch import nn
from torch.nn.attention import SDPBackend, sdpa_kernel
from torch.nn.utils import spectral_norm

TARGET = Path(__file__).resolve().parents[2] / "tests" / "golden" / "vit.json"
STRIDE = 5
torch.manual_seed(7)
# Its faster kernels for attention cannot be differentiated twice.
MATHS = sdpa_kernel(SDPBackend.MATH)


class ToldNorm(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.norm = nn.LayerNorm(width, elementwise_affine=False)
        self.scale, self.shift = nn.Linear(width, width), nn.Linear(width, width)

    def forward(self, x, style):
        return self.norm(x) * (1 + self.scale(style)[:, None]) + self.shift(style)[:, None]

    def named(self, name, table):
        of_layer(f"{name}.scale", self.scale, table)
        of_layer(f"{name}.shift", self.shift, table)


class ToldBlock(nn.Module):
    def __init__(self, width, heads):
        super().__init__()
        self.norm1, self.norm2 = ToldNorm(width), ToldNorm(width)
        self.attn = nn.MultiheadAttention(width, heads, batch_first=True)
        self.wide, self.narrow = nn.Linear(width, 4 * width), nn.Linear(4 * width, width)

    def forward(self, x, style):
        given = self.norm1(x, style)
        x = x + self.attn(given, given, given, need_weights=False)[0]
        return x + self.narrow(F.gelu(self.wide(self.norm2(x, style))))

    def named(self, name, table):
        self.norm1.named(f"{name}.attention", table)
        self.norm2.named(f"{name}.perceptron", table)
        packed(name, self.attn.in_proj_weight, self.attn.in_proj_bias, table)
        of_layer(f"{name}.result", self.attn.out_proj, table)
        of_layer(f"{name}.wide", self.wide, table)
        of_layer(f"{name}.narrow", self.narrow, table)


class TimmBlock(nn.Module):
    def __init__(self, width, heads):
        super().__init__()
        self.block = Block(width, heads, qkv_bias=True, norm_layer=nn.LayerNorm)

    def forward(self, x, _):
        return self.block(x)

    def named(self, name, table):
        for norm, part in [(self.block.norm1, "attention"), (self.block.norm2, "perceptron")]:
            width = norm.weight.numel()
            for kind, bias in [("scale", norm.weight - 1), ("shift", norm.bias)]:
                table["parameters"][f"{name}.{part}.{kind}/kernel"] = torch.zeros(width, width)
                table["parameters"][f"{name}.{part}.{kind}/bias"] = bias
        packed(name, self.block.attn.qkv.weight, self.block.attn.qkv.bias, table)
        of_layer(f"{name}.result", self.block.attn.proj, table)
        of_layer(f"{name}.wide", self.block.mlp.fc1, table)
        of_layer(f"{name}.narrow", self.block.mlp.fc2, table)


def packed(name, weight, bias, table):
    for part, w, b in zip(["queries", "keys", "values"], weight.chunk(3), bias.chunk(3)):
        table["parameters"][f"{name}.{part}/kernel"], table["parameters"][f"{name}.{part}/bias"] = w.T, b


class Equalised(nn.Linear):
    def forward(self, x):
        return F.linear(x, self.weight * 0.01 / math.sqrt(self.in_features), self.bias * 0.01)


class VitGenerator(nn.Module):
    """Lee et al. (2022), section 3.2."""

    def __init__(self, side=32, latents=384, patch=4, width=384, blocks=4, heads=6, mapping=8, block=ToldBlock):
        super().__init__()
        self.latents, self.patch, self.patches = latents, patch, side // patch
        self.mapping = nn.ModuleList(Equalised(latents if k == 0 else width, width) for k in range(mapping))
        self.positions = nn.Parameter(torch.randn(self.patches**2, width))
        self.blocks = nn.ModuleList(block(width, heads) for _ in range(blocks))
        self.norm = ToldNorm(width)
        self.rows, self.places = nn.Linear(width, width, bias=False), nn.Linear(2, width)
        self.pixels, self.picture = nn.Linear(width, width), nn.Linear(width, 3)

    def forward(self, z):
        style = z / z.pow(2).mean(1, keepdim=True).add(1e-8).sqrt()
        for layer in self.mapping:
            style = math.sqrt(2) * F.leaky_relu(layer(style), 0.2)
        x = self.positions.expand(len(z), -1, -1)
        for block in self.blocks:
            x = block(x, style)
        line = torch.linspace(-1, 1, self.patch, dtype=z.dtype)
        down, across = torch.meshgrid(line, line, indexing="ij")
        places = torch.sin(self.places(torch.stack([across, down], -1).flatten(0, 1)))
        # The perceptron takes a place and a patch side by side.
        rows = self.norm(x, style)
        both = torch.cat([places.expand(*rows.shape[:2], -1, -1), rows[:, :, None].expand(-1, -1, len(places), -1)], -1)
        first = F.linear(both, torch.cat([self.pixels.weight, self.rows.weight], 1), self.pixels.bias)
        drawn = self.picture(torch.sin(first))
        drawn = drawn.unflatten(1, (self.patches, -1)).unflatten(3, (self.patch, -1))
        return torch.tanh(drawn.permute(0, 5, 1, 3, 2, 4).flatten(4).flatten(2, 3))

    def named(self, table):
        parameters = table["parameters"]
        for k, layer in enumerate(self.mapping):
            of_layer(f"mapping{k}", layer, table)
        parameters["positions/constant"] = self.positions
        for k, block in enumerate(self.blocks):
            block.named(f"block{k + 1}", table)
        self.norm.named("patches", table)
        for name, layer in {"patches": self.rows, "places": self.places, "pixels": self.pixels, "picture": self.picture}.items():
            of_layer(name, layer, table)


class SmoothBlock(nn.Module):
    """Attention by distance; queries and keys by one kernel."""

    def __init__(self, width, heads, improved):
        super().__init__()
        self.heads = heads
        self.norm1, self.norm2 = nn.LayerNorm(width), nn.LayerNorm(width)
        self.queries, self.values, self.result = (improved(nn.Linear(width, width)) for _ in range(3))
        self.wide, self.narrow = improved(nn.Linear(width, 4 * width)), improved(nn.Linear(4 * width, width))

    def forward(self, x):
        given = self.norm1(x)
        apart = lambda of: of.unflatten(2, (self.heads, -1)).transpose(1, 2)
        q, v = apart(self.queries(given)), apart(self.values(given))
        # torch.cdist has no second derivative where points meet.
        distances = ((q[:, :, :, None] - q[:, :, None]) ** 2).sum(-1)
        seen = (F.softmax(-distances / math.sqrt(q.shape[-1]), -1) @ v).transpose(1, 2).flatten(2)
        x = x + self.result(seen)
        return x + self.narrow(F.gelu(self.wide(self.norm2(x))))


class VitJudge(nn.Module):
    """Lee et al. (2022), section 3.1."""

    def __init__(self, side=32, patch=4, width=384, blocks=4, heads=6, overlap=2):
        super().__init__()
        self.scales = {}

        def improved(layer):
            return spectral_norm(layer)

        self.patches = improved(nn.Conv2d(3, width, patch + 2 * overlap, patch, overlap))
        self.row = nn.Parameter(torch.randn(1, width))
        self.positions = nn.Parameter(torch.randn((side // patch) ** 2 + 1, width))
        self.blocks = nn.ModuleList(SmoothBlock(width, heads, improved) for _ in range(blocks))
        self.norm, self.score = nn.LayerNorm(width), improved(nn.Linear(width, 1))

    def improve(self):
        """What a kernel started with is a number of its own here: any will do."""
        for name, part in self.named_modules():
            if hasattr(part, "weight_orig"):
                scale = (0.5 + torch.rand(())).float().double()
                self.scales[name] = scale
                part.register_forward_pre_hook(lambda module, _, scale=scale: setattr(module, "weight", module.weight * scale))

    def forward(self, x):
        x = self.patches(x).flatten(2).transpose(1, 2)
        x = torch.cat([self.row.expand(len(x), -1, -1), x], 1) + self.positions
        for block in self.blocks:
            x = block(x)
        return self.score(self.norm(x[:, 0]))

    def named(self, table):
        parameters = table["parameters"]
        layers = {"patches": "patches", "score": "score"}
        for k, block in enumerate(self.blocks):
            for part in ["queries", "values", "result", "wide", "narrow"]:
                layers[f"blocks.{k}.{part}"] = f"block{k + 1}.{part}"
            for norm, part in [(block.norm1, "attention"), (block.norm2, "perceptron")]:
                parameters[f"block{k + 1}.{part}.norm/scale"] = norm.weight
                parameters[f"block{k + 1}.{part}.norm/offset"] = norm.bias
        for theirs, ours in layers.items():
            of_layer(ours, self.get_submodule(theirs), table)
            table["state"][f"{ours}/first"] = self.scales[theirs]
        parameters["row/constant"], parameters["positions/constant"] = self.row, self.positions
        parameters["score.norm/scale"], parameters["score.norm/offset"] = self.norm.weight, self.norm.bias


def table_of(network):
    table = {"parameters": {}, "state": {}}
    network.named(table)
    return kept(table)


@MATHS
def of_generator(network):
    prepared(network)
    with torch.no_grad():
        # As large as equalised weights are.
        for layer in network.mapping:
            for parameter in layer.parameters():
                parameter.copy_((100 * parameter).float())
    if isinstance(network.blocks[0], TimmBlock):
        with torch.no_grad():
            for block in network.blocks:
                for norm in (block.block.norm1, block.block.norm2):
                    # Exact once 1 is taken away, too.
                    norm.weight.copy_(1 + (0.3 * torch.randn_like(norm.weight)).float().double())
    latents = torch.randn(2, network.latents).float().double().requires_grad_()
    made = network(latents)
    [slope] = torch.autograd.grad((made**2).sum(), latents, create_graph=True)
    [second] = torch.autograd.grad((slope**2).sum(), network.positions)
    return {
        **table_of(network), "latents": stored(latents), "picture": thinned(nhwc(made), STRIDE), "slope": stored(slope),
        "penaltySlope": stored(second),
    }


def of_judge(network, side):
    prepared(network).improve()
    real = picture(side).requires_grad_()
    score = network(real)
    [slope] = torch.autograd.grad(score.sum(), real, create_graph=True)
    penalty = (slope**2).sum()
    first, second = torch.autograd.grad(penalty, [network.patches.weight_orig, network.blocks[0].queries.weight_orig])
    return {
        **table_of(network), "score": stored(score), "slope": thinned(nhwc(slope), STRIDE), "penalty": penalty.item(),
        "penaltySlopes": [thinned(first.permute(2, 3, 1, 0).contiguous(), STRIDE), stored(second.T)],
    }


def multi_head():
    """nn.MultiheadAttention whose projections are identities is attention alone."""
    width, heads = 6, 3
    layer = nn.MultiheadAttention(width, heads, batch_first=True, bias=False).double()
    with torch.no_grad():
        layer.in_proj_weight.copy_(torch.eye(width).repeat(3, 1))
        layer.out_proj.weight.copy_(torch.eye(width))
    q, k, v = (torch.randn(2, length, width).float().double().requires_grad_() for length in (4, 5, 5))
    y = layer(q, k, v, need_weights=False)[0]
    slopes = torch.autograd.grad((y**2).sum(), [q, k, v])
    return {"given": [stored(x) for x in (q, k, v)], "y": stored(y), "slopes": [stored(x) for x in slopes]}


small = {"side": 8, "patch": 4, "width": 6, "blocks": 2, "heads": 2}
golden = {
    "torch": torch.__version__,
    "stride": STRIDE,
    "attention": multi_head(),
    "generators": {
        "told": of_generator(VitGenerator(**small, latents=5, mapping=2)),
        "timm": of_generator(VitGenerator(**small, latents=5, mapping=1, block=TimmBlock)),
    },
    "judge": of_judge(VitJudge(**small, overlap=1), 8),
    "parameters": [count(VitGenerator()), count(VitJudge())],
}
TARGET.write_text(json.dumps(golden) + "\n")
print(golden["parameters"])

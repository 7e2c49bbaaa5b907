"""Golden values of DiffAugment by lightweight-gan 1.2.1's own functions, with the numbers that they drew, and of ADA's
transformations step by step as the paper's appendix B has them, by PyTorch's affine grids, grid sampling, padding and
convolutions. In float64, of numbers that are exact in float32.

    python tools/goldens/augmentation.py       # writes tests/golden/augmentation.json

Needs torch (made with 2.15.0) and the file diff_augment.py of lightweight-gan. Pictures are channels last in what is
written. Draws go by the names under which @gan/architectures asks for them.
"""

import importlib.util
import json
import math
from pathlib import Path

import torch
import torch.nn.functional as F
from exported import nhwc, stored

TARGET = Path(__file__).resolve().parents[2] / "tests" / "golden" / "augmentation.json"

folder = importlib.util.find_spec("lightweight_gan").submodule_search_locations[0]
spec = importlib.util.spec_from_file_location("diff_augment", folder + "/diff_augment.py")
diff_augment = importlib.util.module_from_spec(spec)
spec.loader.exec_module(diff_augment)

torch.manual_seed(0)
drawn = []
rand, randint = torch.rand, torch.randint


def recorded_rand(*size, **options):
    # In eighths of a thousandth: exact in float32.
    value = torch.floor(rand(*size, **options) * 1024) / 1024
    drawn.append(value.flatten().tolist())
    return value


def recorded_randint(low, high, size, **options):
    value = randint(low, high, size, **options)
    # A picture there is read further on by what is drawn where here it moves by it.
    drawn.append([high - 1 - int(v) if low < 0 else int(v) for v in value.flatten()])
    return value


torch.rand, torch.randint = recorded_rand, recorded_randint


def pictures(batch, height, width, channels):
    """i * 7919 mod 1024, from -1 to 1, easily made again."""
    x = (torch.arange(batch * height * width * channels) * 7919 % 1024).double() / 512 - 1
    return x.reshape(batch, height, width, channels).permute(0, 3, 1, 2).requires_grad_()


def of_diff_augment(kind, size):
    drawn.clear()
    x = pictures(*size)
    y = diff_augment.DiffAugment(x, [kind])
    [slope] = torch.autograd.grad((y**2).sum(), x)
    names = ["brightness", "saturation", "contrast"] if kind == "color" else ["down", "across"]
    draws = {f"{kind}/{name}": of for name, of in zip(names, drawn)}
    return {"draws": draws, "pictures": list(nhwc(x).shape), "result": stored(nhwc(y)), "slope": stored(nhwc(slope))}


# ---- ADA

SYM6 = torch.tensor([
    0.015404109327027373, 0.0034907120842174702, -0.11799011114819057, -0.048311742585633, 0.4910559419267466,
    0.787641141030194, 0.3379294217276218, -0.07263752278646252, -0.021060292512300564, 0.04472490177066578,
    0.0017677118642428036, -0.007800708325034148,
], dtype=torch.float64)
# The sum is 1; as they are in float32, which constants pass through.
SYM6 = (SYM6 / math.sqrt(2)).float().double()
SYM2 = torch.tensor([-0.12940952255092145, 0.22414386804185735, 0.836516303737469, 0.48296291314469025], dtype=torch.float64)


def along(x, taps, dim, stride=1):
    """A correlation along one axis of each channel."""
    x = x.movedim(dim, -1)
    return F.conv1d(x.reshape(-1, 1, x.shape[-1]), taps.reshape(1, 1, -1), stride=stride).reshape(*x.shape[:-1], -1).movedim(-1, dim)


def doubled(x, dim):
    """Zeros between, and a convolution with the filter, as far as it reaches."""
    x = x.movedim(dim, -1)
    x = torch.stack([x, torch.zeros_like(x)], -1).flatten(-2).movedim(-1, dim)
    pad = [6, 5, 0, 0] if dim == 3 else [0, 0, 6, 5]
    return along(F.pad(x, pad), 2 * SYM6.flip(0), dim)


def warped(x, forwards):
    """Mirrors as far as F.pad can, doubles, samples a little beyond the picture, and halves."""
    height, width = x.shape[2:]
    inverse = torch.linalg.inv(forwards)
    corners = torch.tensor([[x * (width / 2 + 2.75), y * (height / 2 + 2.75), 1] for x in [-1, 1] for y in [-1, 1]], dtype=torch.float64)
    reach = (inverse @ corners.T)[:, :2].abs().amax((0, 2))
    assert reach[0] < width / 2 + math.ceil(width / 2) and reach[1] < height / 2 + math.ceil(height / 2), reach
    x = F.pad(x, [width - 1, width - 1, height - 1, height - 1], mode="reflect")
    x = doubled(doubled(x, 2), 3)
    size = torch.tensor([width, height, 1], dtype=torch.float64)
    out = torch.diag(torch.tensor([(width + 6) / 2, (height + 6) / 2, 1], dtype=torch.float64))
    back = torch.diag(torch.tensor([2 / (3 * width - 2), 2 / (3 * height - 2), 1], dtype=torch.float64))
    theta = (back @ inverse @ out)[:, :2]
    grid = F.affine_grid(theta, [x.shape[0], x.shape[1], 2 * (height + 6), 2 * (width + 6)], align_corners=False)
    x = F.grid_sample(x, grid, mode="bilinear", padding_mode="zeros", align_corners=False)
    for dim in [2, 3]:
        x = along(x.narrow(dim, 1, x.shape[dim] - 2), SYM6, dim, stride=2)
    return x


def matrices(rows):
    return torch.stack([torch.stack([torch.as_tensor(v, dtype=torch.float64).expand(BATCH) for v in row], -1) for row in rows], 1)


def scale(x, y):
    return matrices([[x, 0, 0], [0, y, 0], [0, 0, 1]])


def rotate(angle):
    return matrices([[angle.cos(), -angle.sin(), 0], [angle.sin(), angle.cos(), 0], [0, 0, 1]])


def translate(x, y):
    return matrices([[1, 0, x], [0, 1, y], [0, 0, 1]])


def blit(d, height, width):
    mirror = torch.floor(d["mirror/drawn"] * 2)
    quarter = torch.floor(d["quarter turn/drawn"] * 4)
    moves = [torch.round((2 * d[f"whole move/drawn/{axis}"] - 1) * 0.125 * side) for axis, side in [("x", width), ("y", height)]]
    return translate(*moves) @ rotate(-math.pi / 2 * quarter) @ scale(1 - 2 * mirror, 1)


def geometry(d, height, width):
    first, second = [2 ** (0.2 * d[f"{name}/drawn"]) for name in ["scale", "stretch"]]
    before, behind = [math.pi * (2 * d[f"turn {name}/drawn"] - 1) for name in ["before", "behind"]]
    move = translate(0.125 * width * d["move/drawn/x"], 0.125 * height * d["move/drawn/y"])
    return move @ rotate(-behind) @ scale(second, 1 / second) @ rotate(-before) @ scale(first, first)


def color(x, d):
    """A matrix of 4 x 4 for each step."""
    axis = torch.tensor([1, 1, 1, 0], dtype=torch.float64) / math.sqrt(3)
    onto, eye = torch.outer(axis, axis), torch.eye(4, dtype=torch.float64)
    each = lambda v: v.reshape(-1, 1, 1)
    b, c, s = 0.2 * d["brightness/drawn"], 2 ** (0.5 * d["contrast/drawn"]), 2 ** d["saturation/drawn"]
    flip, hue = torch.floor(2 * d["lightness/drawn"]), math.pi * (2 * d["hue/drawn"] - 1)
    offset = torch.zeros(4, 4, dtype=torch.float64)
    offset[:3, 3] = 1
    bigger = torch.diag(torch.tensor([1, 1, 1, 0], dtype=torch.float64))
    cross = torch.tensor([[0, -1, 1, 0], [1, 0, -1, 0], [-1, 1, 0, 0], [0, 0, 0, 0]], dtype=torch.float64) / math.sqrt(3)
    turn = torch.linalg.matrix_exp(each(hue) * cross)
    m = eye + each(b) * offset
    m = (each(c) * bigger + (eye - bigger)) @ m
    m = (eye - 2 * onto * each(flip)) @ m
    if x.shape[1] == 3:
        m = (onto + (eye - onto) * each(s)) @ turn @ m
    else:
        m = m[:, :3].mean(1, keepdim=True)
        return x * m[:, :, :3].sum(2).reshape(-1, 1, 1, 1) + m[:, :, 3].reshape(-1, 1, 1, 1)
    return torch.einsum("nij,njhw->nihw", m[:, :3, :3], x) + m[:, :3, 3, None, None]


def convolved(a, b):
    return F.conv1d(F.pad(a, [len(b) - 1, len(b) - 1])[None, None], b.flip(0)[None, None])[0, 0]


def stretched(taps, by):
    out = torch.zeros((len(taps) - 1) * by + 1, dtype=torch.float64)
    out[::by] = taps
    return out


def band_filters():
    low = convolved(SYM2, SYM2.flip(0)) / 2
    high = SYM2 * torch.tensor([1, -1, 1, -1], dtype=torch.float64)
    high = convolved(high, high.flip(0)) / 2
    two = convolved(low, stretched(low, 2))
    four = convolved(two, stretched(low, 4))
    bands = [four, convolved(two, stretched(high, 4)), convolved(low, stretched(high, 2)), high]
    return [F.pad(band, [(len(four) - len(band)) // 2] * 2) for band in bands]


def filtered(x, d, happens):
    power = torch.tensor([10, 1, 1, 1], dtype=torch.float64) / 13
    gains = torch.ones(BATCH, 4, dtype=torch.float64)
    for k in range(4):
        one = torch.ones_like(gains)
        one[:, k] = torch.where(happens[k], 2 ** d[f"band {k}/drawn"], one[:, k])
        gains = gains * one / (power * one**2).sum(1, keepdim=True).sqrt()
    taps = gains @ torch.stack(band_filters())
    pad = (taps.shape[1] - 1) // 2
    x = F.pad(x, [pad] * 4, mode="reflect")
    return torch.cat([along(along(x[i:i + 1], taps[i], 2), taps[i], 3) for i in range(BATCH)])


def noised(x, d):
    # Channels last, as the noise is.
    each = d["noise/of each"].reshape(BATCH, *x.shape[2:], x.shape[1]).permute(0, 3, 1, 2)
    return x + each * (0.1 * d["noise/drawn"].abs()).reshape(-1, 1, 1, 1)


def holed(x, d):
    height, width = x.shape[2:]
    y, w = [((torch.arange(side) + 0.5) / side).reshape(1, -1) for side in [height, width]]
    far = [(place - d[f"hole/{axis}"].reshape(-1, 1)).abs() >= 0.25 for axis, place in [("y", y), ("x", w)]]
    return x * (far[0][:, None, :, None] | far[1][:, None, None, :])


def numbers(*values):
    return torch.tensor(values, dtype=torch.float64)


def uniform(value):
    """What is drawn for this share of the way from -1 to 1."""
    return (numbers(*value) + 1) / 2


BATCH = 4
blits = {
    "mirror/drawn": numbers(0.75, 0.25, 0.75, 0.25), "quarter turn/drawn": numbers(0.125, 0.375, 0.625, 0.875),
    "whole move/drawn/x": numbers(0.5, 0.125, 1, 0.75), "whole move/drawn/y": numbers(0, 0.875, 0.375, 0.5),
}
# Little enough for all that is read to lie within half a side of the picture.
geometries = {
    "scale/drawn": numbers(0.5, 0.25, 1, 0), "stretch/drawn": numbers(0.25, 0.5, 0, -0.25),
    "turn before/drawn": uniform([0.0625, -0.03125, 0, 0.0625]), "turn behind/drawn": uniform([-0.03125, 0.0625, 0.03125, 0]),
    "move/drawn/x": numbers(0.25, -0.125, 0.5, 0), "move/drawn/y": numbers(-0.25, 0.125, -0.5, 0.125),
}
colors = {
    "brightness/drawn": numbers(0.5, -1, 0.25, 2), "contrast/drawn": numbers(1, -0.5, 0.75, -2),
    "lightness/drawn": numbers(0.25, 0.75, 0.875, 0), "hue/drawn": numbers(0.125, 0.5, 0.875, 0.75),
    "saturation/drawn": numbers(-1, 0.5, 0.25, 1.5),
}
bands = {f"band {k}/drawn": numbers(*(0.5 * ((k * 5 + i * 3) % 7 - 3) for i in range(BATCH))) for k in range(4)}
happens = torch.tensor([[True, False, False, True], [False, True, False, True], [True, False, False, True], [False, False, True, True]])
noises = {"noise/drawn": numbers(0.5, -2, 0, 1), "noise/of each": (torch.arange(BATCH * 24) * 37 % 64).double() / 16 - 2}
holes = {"hole/x": numbers(0.125, 0.5, 0.875, 0.6875), "hole/y": numbers(0.4375, 0, 0.8125, 0.25)}


def of_ada(transforms, size, by, draws):
    x = pictures(BATCH, *size)
    y = by(x)
    [slope] = torch.autograd.grad((y**2).sum(), x)
    return {
        "transforms": transforms, "pictures": list(nhwc(x).shape),
        "draws": {name: of.tolist() for name, of in draws.items()},
        "result": stored(nhwc(y)), "slope": stored(nhwc(slope)),
    }


def paths(transform, draws):
    return {f"{transform}/{name}": of for name, of in draws.items()}


ada = {
    "blit": of_ada(["blit"], (8, 8, 1), lambda x: warped(x, blit(blits, 8, 8)), paths("blit", blits)),
    "geometry": of_ada(["geometry"], (11, 12, 1), lambda x: warped(x, geometry(geometries, 11, 12)), paths("geometry", geometries)),
    "blit and geometry": of_ada(
        ["geometry", "blit"], (12, 12, 2), lambda x: warped(x, geometry(geometries, 12, 12) @ blit(blits, 12, 12)),
        paths("blit", blits) | paths("geometry", geometries),
    ),
    "color": of_ada(["color"], (2, 3, 3), lambda x: color(x, colors), paths("color", colors)),
    "color of grey": of_ada(["color"], (2, 3, 1), lambda x: color(x, colors), paths("color", colors)),
    "filter": of_ada(
        ["filter"], (22, 23, 1), lambda x: filtered(x, bands, happens),
        paths("filter", bands | {f"band {k}/happens": (~happens[k]).double() for k in range(4)}),
    ),
    "noise": of_ada(["noise"], (2, 4, 3), lambda x: noised(x, noises), paths("noise", noises)),
    "cutout": of_ada(["cutout"], (6, 5, 1), lambda x: holed(x, holes), paths("cutout", holes)),
}

golden = {
    "torch": torch.__version__,
    "diffAugment": {kind: of_diff_augment(kind, size) for kind, size in {
        "color": (3, 5, 6, 3), "translation": (4, 8, 12, 2), "cutout": (5, 7, 6, 1),
    }.items()},
    "ada": ada,
}
TARGET.write_text(json.dumps(golden) + "\n")
print(golden["diffAugment"]["translation"]["draws"], TARGET.stat().st_size)

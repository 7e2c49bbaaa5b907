"""Golden values of the pixel and perceptual terms of @gan/losses, in float64.

    python tools/goldens/pixel-losses.py > packages/gan-losses/src/golden/pixels.json

Needs torch (made with 2.15.0), and without their dependencies pytorch-msssim 1.0.0, basicsr 1.4.2 and lpips 0.1.4; SSIM
is also checked here against scikit-image 0.26.0. All inputs are multiples of 1/64, hence the same numbers in float32.

- l1, l2, huber: torch.nn.functional
- mapWeighted: the weighted L1 and MSE losses of basicsr, as sums over the number of pixels
- totalVariation: WeightedTVLoss of basicsr; of squares, torch's mse_loss of neighbours
- ssim: pytorch_msssim.ssim
- perceptual: PerceptualLoss of basicsr around two layers of torch; normalised, normalize_tensor of lpips
"""

import importlib
import json

import numpy as np
import torch
from pytorch_msssim import ssim
from scipy.signal.windows import gaussian
from torch.nn import functional as F

from installed import absent, without_init


without_init("basicsr", "basicsr.losses", "basicsr.archs", "basicsr.utils")
absent("basicsr.archs.vgg_arch", VGGFeatureExtractor=None)
basicsr = importlib.import_module("basicsr.losses.basic_loss")
for heavy in ("pretrained_networks", "trainer"):
    absent(f"lpips.{heavy}", __all__=[])
lpips = importlib.import_module("lpips")

torch.manual_seed(7)
torch.set_default_dtype(torch.float64)


def grid(*shape, scale=1.0):
    return torch.round(torch.randn(*shape) * scale * 64) / 64


def first(x):
    """[batch, height, width, channels] as PyTorch has it."""
    return x.permute(0, 3, 1, 2)


left, right = grid(2, 4, 3, 2), grid(2, 4, 3, 2)
right[0, 0, 0, 0] = left[0, 0, 0, 0]  # a pixel that does not differ
weights = torch.round(torch.rand(2, 4, 3, 1) * 64) / 64
scene = grid(2, 13, 12, 2, scale=0.5).clamp(-1, 1)
other = (scene * 0.75 + grid(2, 13, 12, 2, scale=0.25)).mul(64).round().div(64).clamp(-1, 1)
kernels = [grid(3, 2, 2, 2, scale=0.5), grid(4, 3, 1, 1, scale=0.5)]  # [out, in, height, width]


class TwoLayers(torch.nn.Module):
    """softplus of a convolution, and softplus of a second one upon it."""

    def forward(self, x):
        near = F.softplus(F.conv2d(x, kernels[0]))
        return {"near": near, "far": F.softplus(F.conv2d(near, kernels[1]))}


class Normalized(TwoLayers):
    def forward(self, x):
        return {name: lpips.normalize_tensor(value) for name, value in super().forward(x).items()}


def perceptual(network, criterion):
    loss = basicsr.PerceptualLoss.__new__(basicsr.PerceptualLoss)
    torch.nn.Module.__init__(loss)
    loss.perceptual_weight, loss.style_weight, loss.criterion_type = 1.0, 0.0, "l1"
    loss.layer_weights, loss.vgg, loss.criterion = {"near": 0.5, "far": 2.0}, network, criterion
    return lambda x, y: loss(first(x), first(y))[0]


def weighed(kind):
    loss = kind(reduction="sum")
    return lambda x, y: loss(first(x), first(y), weight=first(1 + weights).expand(-1, 2, -1, -1)) / x.numel()


def squared_variation(x, _):
    x = first(x)
    return F.mse_loss(x[:, :, 1:], x[:, :, :-1]) + F.mse_loss(x[..., 1:], x[..., :-1])


TERMS = {
    "l1": F.l1_loss,
    "l2": F.mse_loss,
    "huber": F.huber_loss,
    "huberNarrow": lambda x, y: F.huber_loss(x, y, delta=0.25),
    "mapWeighted": weighed(basicsr.L1Loss),
    "mapWeightedSquares": weighed(basicsr.MSELoss),
    "totalVariation": lambda x, _: basicsr.WeightedTVLoss()(first(x)),
    "totalVariationSquares": squared_variation,
    "perceptual": perceptual(TwoLayers(), torch.nn.MSELoss()),
    "perceptualAbsolute": perceptual(TwoLayers(), torch.nn.L1Loss()),
    "perceptualNormalized": perceptual(Normalized(), torch.nn.MSELoss()),
}


def dissimilarity(size, sigma, **options):
    """With the window in float64: pytorch_msssim would make it in float32."""
    bell = torch.from_numpy(gaussian(size, sigma))
    window = (bell / bell.sum()).reshape(1, 1, 1, -1).repeat(2, 1, 1, 1)
    return lambda x, y: 1 - ssim(first(x), first(y), win=window, **options)


SCENES = {
    "ssim": dissimilarity(11, 1.5, data_range=2),
    "ssimNarrow": dissimilarity(5, 0.75, data_range=4, K=(0.02, 0.05)),
}


def numbers(x):
    return [float(f"{v:.14g}") for v in x.detach().flatten().tolist()]


def measured(loss, x, y):
    x = x.clone().requires_grad_()
    value = loss(x, y)
    return {"value": numbers(value)[0], "gradient": numbers(torch.autograd.grad(value, x)[0])}


def check_against_skimage():
    from skimage.metrics import structural_similarity

    pairs = zip(scene.numpy(), other.numpy())
    theirs = np.mean([
        structural_similarity(x, y, data_range=2, channel_axis=-1, gaussian_weights=True, use_sample_covariance=False)
        for x, y in pairs
    ])
    dissimilar = SCENES["ssim"](scene, other).item()
    assert abs(1 - theirs - dissimilar) < 1e-12, (theirs, dissimilar)


check_against_skimage()
tensors = {"left": left, "right": right, "weights": weights, "scene": scene, "other": other}
kernels_here = {f"kernel{i}": k.permute(2, 3, 1, 0) for i, k in enumerate(kernels)}
print(json.dumps({
    "torch": torch.__version__.split("+")[0],
    "tensors": {n: {"shape": list(t.shape), "values": numbers(t)} for n, t in {**tensors, **kernels_here}.items()},
    "terms": {
        **{name: measured(loss, left, right) for name, loss in TERMS.items()},
        **{name: measured(loss, scene, other) for name, loss in SCENES.items()},
    },
}, indent=1))

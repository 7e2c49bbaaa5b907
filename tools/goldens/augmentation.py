"""Golden values of DiffAugment by lightweight-gan 1.2.1's own functions, with the numbers that they drew, in float64.

    python tools/goldens/augmentation.py       # writes tests/golden/augmentation.json

Needs torch (made with 2.15.0) and the file diff_augment.py of lightweight-gan. Pictures are channels last in what is
written. Draws are in the order in which @gan/architectures asks for them.
"""

import importlib.util
import json
from pathlib import Path

import torch

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


def stored(x):
    return {"shape": list(x.shape), "values": [float(f"{v:.9g}") for v in x.detach().flatten().tolist()]}


def nhwc(x):
    return x.permute(0, 2, 3, 1)


def pictures(batch, height, width, channels):
    """i * 7919 mod 1024, from -1 to 1, easily made again."""
    x = (torch.arange(batch * height * width * channels) * 7919 % 1024).double() / 512 - 1
    return x.reshape(batch, height, width, channels).permute(0, 3, 1, 2).requires_grad_()


def of_diff_augment(kind, size):
    drawn.clear()
    x = pictures(*size)
    y = diff_augment.DiffAugment(x, [kind])
    [slope] = torch.autograd.grad((y**2).sum(), x)
    draws = list(drawn)
    if kind != "color":
        # For each picture that along the height, then that along the width.
        draws = [number for pair in zip(*draws) for number in pair]
    return {"draws": draws, "pictures": list(nhwc(x).shape), "result": stored(nhwc(y)), "slope": stored(nhwc(slope))}


golden = {
    "torch": torch.__version__,
    "diffAugment": {kind: of_diff_augment(kind, size) for kind, size in {
        "color": (3, 5, 6, 3), "translation": (4, 8, 12, 2), "cutout": (5, 7, 6, 1),
    }.items()},
}
TARGET.write_text(json.dumps(golden) + "\n")
print(golden["diffAugment"]["translation"]["draws"], TARGET.stat().st_size)

"""StyleGAN2 of its authors' code for imported.py's folder, as safetensors files with what it gives (filed.py).

    python tools/goldens/imported-stylegan2.py CHECKOUT       # writes tests/golden/imported/ada-stylegan2*.safetensors

Needs torch (made with 2.15.0), safetensors, requests, and a checkout of NVlabs/stylegan2-ada-pytorch (made with d72cc7d).
Its networks ask for float32 in many places: they are shown a torch whose float32 is float64. Styles are not mixed, and noise
has a strength of 0: it is random in both.
"""

import sys
import types

import torch
from filed import written
from torch.nn.functional import one_hot

sys.path.insert(0, sys.argv[1])

from training import networks

torch.manual_seed(13)


class Doubled(types.ModuleType):
    float32 = torch.float64

    def __getattr__(self, name):
        return getattr(torch, name)


networks.torch = Doubled("torch")


def ready(network):
    with torch.no_grad():
        for name, parameter in network.named_parameters():
            if name.endswith("noise_strength"):
                parameter.zero_()
            elif name.startswith("mapping.fc") and name.endswith("bias"):
                # About as large as those that learn a hundred times as fast.
                parameter.mul_(128)


def called(network, x):
    """Filters must be float32."""
    for name, filter in network.named_buffers():
        if name.endswith("resample_filter"):
            filter.data = filter.data.float()
    return network(x, one_hot(torch.tensor([2, 0]), 3).double() if network.c_dim else torch.zeros(len(x), 0))


def generator(classes):
    return networks.Generator(
        z_dim=6, c_dim=classes, w_dim=6, **size, mapping_kwargs={"num_layers": 3}, synthesis_kwargs=wide,
    )


size = {"img_resolution": 16, "img_channels": 3}
wide = {"channel_base": 64, "channel_max": 4}
judge = networks.Discriminator(c_dim=0, **size, **wide, epilogue_kwargs={"mbstd_group_size": 2})
how = {"side": 16, "width": 6, "making": called, "judging": called, "ready": ready}
written("ada-stylegan2", generator(0), judge, batch=4, training=True, **how)
written("ada-stylegan2-classes", generator(3), None, **how)

"""Golden values of the conditional and self-supervised terms of @gan/losses.

    python tools/goldens/conditional.py <PyTorch-StudioGAN>/src > packages/gan-losses/src/golden/conditional.json

Needs torch, torchgan and torch-mimicry (made with 2.15.0, 0.1.0 and 0.1.16; the last two may be installed without what they
depend on), and a checkout of PyTorch-StudioGAN. Each entry says where its numbers come from.
"""

import sys

import numpy as np
import torch
from torch.distributions import Categorical, Normal
from torch.nn import functional as F

from heads import BATCH, functions, golden, grid, installed, leaf, pair, rounded, stored, write

(contrastive,) = functions(
    f"{sys.argv[1]}/utils/losses.py", ["ConditionalContrastiveLoss"], {"torch": torch, "F": F, "np": np}
)
classification, information = functions(
    installed("torchgan", "losses/functional.py"),
    ["auxiliary_classification_loss", "mutual_information_penalty"],
    {"torch": torch, "F": F, "reduce": lambda x, _: x},
)

WAYS = 4
classes = torch.tensor([2, 0, 1, 0, 2])
code = grid(BATCH, 2)
many = pair(**{"class": (BATCH, WAYS)})
twin = pair(twin=(BATCH, WAYS))
category = pair(category=(BATCH, WAYS))
guess = pair(code=(BATCH, 2))
# The guess, then the logarithm of its deviation.
guess_of_two = pair(code=(BATCH, 4))
embedded = pair(embedding=(BATCH, 3), proxy=(BATCH, 3))


def alike(loss):
    """Both sides of a term that only fakes play a part in."""
    return lambda r, f: loss(f), lambda r, f: loss(f)


def normal(head, deviation):
    """torchgan's penalty takes a category and a code; that of the code comes second, as a mean over its numbers."""
    none = Categorical(logits=torch.zeros(BATCH, 2, dtype=torch.float64)), torch.zeros(BATCH)
    return information(none[1], code, none[0], Normal(head, deviation))[1] * code.shape[1]


def contrast(batch):
    loss = contrastive(num_classes=WAYS, temperature=0.5, master_rank="cpu", DDP=False)
    return loss(batch["embedding"], batch["proxy"], classes)


def data_to_data(batch, temperature=0.5, near=0.98, far=0.02):
    """The loss of arXiv:2111.01118 as a classification among the own proxy and the samples of other classes."""
    embedding, proxy = batch["embedding"], batch["proxy"]
    own = torch.clamp(F.cosine_similarity(embedding, proxy, dim=-1) - near, max=0)
    others = torch.clamp(F.cosine_similarity(embedding[:, None], embedding[None], dim=-1) - far, min=0)
    others = others.masked_fill(classes[:, None] == classes[None], -torch.inf)
    logits = torch.cat([own[:, None], others], 1) / temperature
    return F.cross_entropy(logits, torch.zeros(BATCH, dtype=torch.long))


def with_fake_class(logits):
    """log of the probabilities of K + 1 classes, the last with the logit 0."""
    return F.log_softmax(torch.cat([logits, torch.zeros(BATCH, 1, dtype=torch.float64)], 1), 1)


def is_real(logits):
    return -torch.logsumexp(with_fake_class(logits)[:, :-1], 1).mean()


def is_fake(logits):
    return -with_fake_class(logits)[:, -1].mean()


terms = {
    "auxiliaryClassifier": golden(
        many,
        "torchgan.losses.functional.auxiliary_classification_loss",
        lambda r, f: classification(r["class"], classes) + classification(f["class"], classes),
        lambda r, f: classification(f["class"], classes),
    ),
    "auxiliaryClassifierOfReal": golden(
        many,
        "torchgan.losses.functional.auxiliary_classification_loss",
        lambda r, f: classification(r["class"], classes),
        lambda r, f: classification(f["class"], classes),
    ),
    "twinAuxiliaryClassifier": golden(
        twin,
        "torch.nn.functional.cross_entropy",
        lambda r, f: F.cross_entropy(f["twin"], classes),
        lambda r, f: -F.cross_entropy(f["twin"], classes),
    ),
    "categoricalInformation": golden(
        category, "torch.distributions.Categorical", *alike(lambda f: -Categorical(logits=f["category"]).log_prob(classes).mean())
    ),
    "continuousInformation": golden(
        guess,
        "torchgan.losses.functional.mutual_information_penalty, torch.distributions.Normal",
        *alike(lambda f: normal(f["code"], 0.5)),
    ),
    "continuousInformationLearned": golden(
        guess_of_two,
        "torchgan.losses.functional.mutual_information_penalty, torch.distributions.Normal",
        *alike(lambda f: normal(f["code"][:, :2], f["code"][:, 2:].exp())),
    ),
    "conditionalContrastive": golden(
        embedded, "StudioGAN's ConditionalContrastiveLoss", lambda r, f: contrast(r), lambda r, f: contrast(f)
    ),
    # StudioGAN's own takes a maximum from the exponents of the negative pairs alone, which changes the loss.
    "dataToDataCrossEntropy": golden(
        embedded, "torch.nn.functional.cross_entropy, cosine_similarity", lambda r, f: data_to_data(r), lambda r, f: data_to_data(f)
    ),
    "semiSupervised": golden(
        many,
        "torch.nn.functional.cross_entropy, log_softmax of K + 1 classes",
        lambda r, f: F.cross_entropy(r["class"], classes) + is_real(r["class"]) + is_fake(f["class"]),
        lambda r, f: is_real(f["class"]),
    ),
}


def rotations():
    """mimicry's self-supervised loss of a judge that is a product."""
    (mimicry,) = functions(
        installed("torch_mimicry", "nets/ssgan/ssgan_base.py"),
        ["SSGANBaseDiscriminator"],
        {"torch": torch, "np": np, "F": F, "gan": type("gan", (), {"BaseDiscriminator": object})},
    )
    side, channels = 3, 2
    pictures = {batch: grid(BATCH, side, side, channels) for batch in ("real", "fake")}
    kernel = grid(side * side * channels, 4, scale=0.375)

    def loss(images, w, scale):
        judge = object.__new__(mimicry)
        judge.forward = lambda turned: (None, turned.permute(0, 2, 3, 1).reshape(BATCH, -1) @ w)
        return judge.compute_ss_loss(images.permute(0, 3, 1, 2), scale)[0]

    result = {"source": "torch_mimicry SSGANBaseDiscriminator.compute_ss_loss"}
    w = leaf({"w": kernel})["w"]
    value = loss(pictures["real"], w, 1.0)
    result["discriminator"] = {"value": rounded(value)[0], "gradient": rounded(torch.autograd.grad(value, w)[0])}
    fake = leaf(pictures)["fake"]
    value = loss(fake, kernel, 0.2)
    result["generator"] = {"value": rounded(value)[0], "gradient": rounded(torch.autograd.grad(value, fake)[0])}
    return {**result, "real": stored(pictures["real"]), "fake": stored(pictures["fake"]), "kernel": stored(kernel)}


ids = {"shape": [BATCH], "values": classes.tolist()}
write(samples={"classes": ids, "category": ids, "code": stored(code)}, terms=terms, rotation=rotations())

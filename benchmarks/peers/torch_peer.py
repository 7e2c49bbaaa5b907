"""The same step in eager PyTorch. Questions and answers are lines of JSON: see protocol.ts."""

import importlib
import json
import math
import os
import platform
import sys
import time

import torch

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "models"))


def read_numbers(folder, name):
    """What writeNumbers of numbers.ts wrote, as tensors of one shared block of memory."""
    with open(os.path.join(folder, name + ".json")) as file:
        places = json.load(file)
    if not places:
        return {}
    path = os.path.join(folder, name + ".bin")
    count = os.path.getsize(path) // 4
    block = torch.from_file(path, shared=False, size=count, dtype=torch.float32)
    tensors = {}
    for tensor, place in places.items():
        length = torch.Size(place["shape"]).numel()
        tensors[tensor] = block[place["offset"] : place["offset"] + length].view(place["shape"])
    return tensors


class Draws:
    """Random inputs: those that our peer recorded while they last, then PyTorch's own."""

    def __init__(self, recorded, device):
        self.recorded = recorded
        # Those of the batch, where the data has classes.
        self.classes = None
        self.device = device
        self.count = 0

    def normal(self, name, *shape):
        key = f"{self.count}/{name}"
        self.count += 1
        return self.recorded[key].to(self.device) if key in self.recorded else torch.randn(*shape, device=self.device)

    def pictures(self, like):
        """Normal numbers of the shape of pictures, which our peer recorded in its own layout."""
        count, channels, height, width = like.shape
        return self.normal("normal", count, height, width, channels).permute(0, 3, 1, 2)

    def uniform(self, *shape):
        key = f"{self.count}/uniform"
        self.count += 1
        return self.recorded[key].to(self.device) if key in self.recorded else torch.rand(*shape, device=self.device)


def laid(batch, device, memory_format):
    """[count, height, width, channels] in PyTorch's order; samples that are no pictures as they are."""
    if batch.dim() == 4:
        return batch.permute(0, 3, 1, 2).to(device, memory_format=memory_format, copy=True)
    if memory_format == torch.channels_last:
        raise ValueError(f"channels_last is for pictures, but a batch is {tuple(batch.shape)}")
    return batch.to(device, copy=True)


def compile_networks(model):
    """What users of torch.compile write: each network compiled, the step around them as it is."""
    from torch._inductor import cpp_builder, exc

    try:
        cpp_builder.get_cpp_compiler()
    except exc.InvalidCxxCompiler as error:
        raise RuntimeError("torch.compile needs a C++ compiler (g++ or clang++), and there is none") from error
    model.generator = torch.compile(model.generator)
    model.discriminator = torch.compile(model.discriminator)


class Training:
    """A model in training."""

    def __init__(self, setup):
        folder = setup["folder"]
        device = torch.device(setup["device"])
        self.draws = Draws(read_numbers(folder, "draws"), device)
        self.index = 0
        memory_format = torch.channels_last if setup["channelsLast"] else torch.contiguous_format
        # Once: a step begins with its batch in memory.
        self.batches = [laid(batch, device, memory_format) for batch in read_numbers(folder, "pictures").values()]
        self.classes = [ids.long().to(device) for ids in read_numbers(folder, "classes").values()]
        model = importlib.import_module(setup["model"])
        self.model = model.Model(setup, read_numbers(folder, "weights"), device, memory_format)
        if setup.get("compiled"):
            compile_networks(self.model)

    def one(self):
        batch = self.batches[self.index % len(self.batches)]
        if self.classes:
            self.draws.classes = self.classes[self.index % len(self.batches)]
        self.index += 1
        return self.model.step(batch, self.draws)


class Torch:
    def __init__(self):
        self.trainings = {}

    def prepare(self, setup):
        torch.set_num_threads(setup["threads"])
        torch.backends.cudnn.allow_tf32 = bool(setup.get("tensorFloat32"))
        torch.backends.cuda.matmul.allow_tf32 = False
        training = self.trainings[setup.get("variant")] = Training(setup)
        first = training.one()
        moments = moments_of(training.model.adams)
        return {
            "losses": [first] + [training.one() for _ in range(setup["checks"] - 1)],
            "moments": moments,
            "threads": torch.get_num_threads(),
            "versions": {"libtorch": torch.__version__.split("+")[0], "python": platform.python_version()},
        }

    def step(self, question):
        training = self.trainings[question.get("variant")]
        before = time.process_time()
        start = time.perf_counter()
        training.one()
        end = time.perf_counter()
        return {"milliseconds": (end - start) * 1e3, "cpuMilliseconds": (time.process_time() - before) * 1e3}


def moments_of(adams):
    """Norms over all that Adam keeps, by player and slot, under our names."""
    slots = {"first": "exp_avg", "second": "exp_avg_sq"}
    return {
        f"{player}/{slot}": math.sqrt(sum(state[own].double().square().sum().item() for state in adam.state.values()))
        for player, adam in adams.items()
        for slot, own in slots.items()
    }


peer = Torch()
for line in sys.stdin:
    question = json.loads(line)
    try:
        answer = getattr(peer, question["ask"])(question)
    except Exception as error:  # the benchmark prints it and ends
        answer = {"error": f"{type(error).__name__}: {error}"}
    print(json.dumps(answer), flush=True)

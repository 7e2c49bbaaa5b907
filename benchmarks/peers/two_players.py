"""What the models of models/*.py share: our initial values by name, and a step of a generator and a discriminator."""

import torch


def load(network, weights, prefix):
    """Gives the parameters our initial values; `places()` of the network has our name of each."""
    places = dict(network.places())
    ours = {name[len(prefix) :] for name in weights if name.startswith(prefix)}
    if ours != set(places):
        raise ValueError(f"{prefix} differs from PyTorch's network in {sorted(ours ^ set(places))}")
    with torch.no_grad():
        for name, parameter in places.items():
            value = weights[prefix + name]
            # Channels come last in ours: kernels HWIO to OIHW, dense ones [in, out] to [out, in], maps HWC to CHW.
            order = {4: (3, 2, 0, 1), 3: (2, 0, 1), 2: (1, 0), 1: (0,), 0: ()}[value.dim()]
            parameter.copy_(value.permute(order))


class TwoPlayers:
    """
    Networks that have their weights, each with an Adam. A subclass has the losses, of a batch and the classes that it may
    come with: `discriminator_loss(pictures, fakes, *classes)` and `generator_loss(pictures, fakes, *classes)`.
    """

    def __init__(self, generator, discriminator, latents, device, memory_format, **adam):
        self.latents = latents
        self.generator = generator.to(device=device, memory_format=memory_format)
        self.discriminator = discriminator.to(device=device, memory_format=memory_format)
        # Only what a player trains: other gradients would be thrown away.
        self.parameters = {
            "discriminator": list(self.discriminator.parameters()),
            "generator": list(self.generator.parameters()),
        }
        self.adams = {player: torch.optim.Adam(trained, **adam) for player, trained in self.parameters.items()}

    def update(self, player, loss):
        self.adams[player].zero_grad()
        loss.backward(inputs=self.parameters[player])
        self.adams[player].step()

    def step(self, pictures, draws):
        classes = [] if draws.classes is None else [draws.classes]
        with torch.no_grad():
            fakes = self.generator(draws.normal("latents", len(pictures), self.latents), *classes)
        discriminator_loss = self.discriminator_loss(pictures, fakes, *classes)
        self.update("discriminator", discriminator_loss)
        fakes = self.generator(draws.normal("latents", len(pictures), self.latents), *classes)
        generator_loss = self.generator_loss(pictures, fakes, *classes)
        self.update("generator", generator_loss)
        return {"discriminator": discriminator_loss.item(), "generator": generator_loss.item()}

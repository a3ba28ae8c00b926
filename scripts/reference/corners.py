"""Where rounding decides a rectifier's slope.

ReLU has a corner at 0: where a unit's z is 0 but for rounding, PyTorch may find it just above and our program just
below, and both are right. One then learns from that row and unit and the other does not, and from there on the two
runs part, by far more than roundings: 200 steps of 64 rows and 192 units have 2.5 million z, and of relu.yaml with
seeds 1 to 8 two runs parted in them by 1e-2. Such a corner can be told from an error: put on the other side of it,
PyTorch must follow our run again to within a few roundings (those two did, to 3e-7). The check shows this, and still
fails: to accept it is for whoever asks, by --accept-corners.
"""

from dataclasses import dataclass

import torch
from torch import nn

# A z is the sum of some hundred products, of up to about 2 together: its roundings add up to some 1e-7.
UNDECIDED = 1e-6
# Runs on the same side of every corner differ by less than 1e-6 in their losses; what goes beyond this has parted.
PARTED = 1e-5


@dataclass(frozen=True)
class Corner:
    """A z that is 0 but for rounding: of this step, layer of the network, row of the batch and unit."""
    step: int
    layer: str
    row: int
    unit: int


def step_losses(training, rows, order, batch_size, rates, other_side=()):
    """The losses of the first steps, one for each rate, and z by Corner; the corners in `other_side` are passed on their other side."""
    losses, corners, step, layer = [], {}, 0, None

    def watch(layer):
        def hook(_, inputs):
            z, = inputs
            for row, unit in ((z.abs() < UNDECIDED) & (z != 0)).nonzero().tolist():
                corners[Corner(step, layer, row, unit)] = z[row, unit].item()
            shift = torch.zeros_like(z)
            for corner in other_side:
                if (corner.step, corner.layer) == (step, layer):
                    shift[corner.row, corner.unit] = -2 * z[corner.row, corner.unit].item()
            return z + shift
        return hook

    for name, module in training.network.named_modules():
        layer = name if isinstance(module, nn.Linear) else layer
        if isinstance(module, nn.ReLU):
            module.register_forward_pre_hook(watch(layer))
    steps = training.epoch(rows, order, 1, batch_size, rates)
    for step in range(1, len(rates) + 1):
        losses.append(next(steps)[1])
    return losses, corners


def follow(run, ours):
    """Takes the other side of corners for as long as that keeps PyTorch beside our run for longer.

    `run(other_side)` gives losses and corners. The result is the losses so found and the corners taken, with their z.
    """
    taken = {}
    losses, corners = run(taken)
    parted = first_parted(losses, ours)
    while parted <= len(ours):
        # A corner shows in the losses from the step behind its own.
        candidates = sorted((c for c in corners if c.step < parted and c not in taken), key=lambda c: abs(corners[c]))
        for corner in candidates:
            trial = run({**taken, corner: corners[corner]})
            if first_parted(trial[0], ours) > parted:
                taken[corner] = corners[corner]
                (losses, corners), parted = trial, first_parted(trial[0], ours)
                break
        else:
            break
    return losses, taken


def first_parted(losses, ours):
    """The first step, from 1, whose loss is not ours any more; one behind the last when there is none."""
    return next((step for step, (a, b) in enumerate(zip(losses, ours), 1) if abs(a - b) > PARTED * abs(b)), len(ours) + 1)

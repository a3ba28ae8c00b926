"""Comparing PyTorch with the trace of our own program."""

import importlib.util

import numpy as np
import torch

from .failure import CHECK_FAILED, Failure
from .files import paired, read_safetensors, read_table, read_trace
from .corners import follow, step_losses
from .network import digest, evaluate, gradient, numbers, stored_numbers
from .randomness import SHUFFLE, permutation
from .training import Training

# Both sides compute in binary32 but add in different orders, so each gradient element differs by a few roundings.
GRADIENT_LIMIT = 1e-6
# A step carries the roundings of all steps before it on, and training spreads them: hence two limits for the losses.
EARLY_STEPS, EARLY_LIMIT = 50, 1e-4
TRACED_STEPS, TRACED_LIMIT = 200, 1e-3
# The same weights on the same rows: only roundings within a row, which the mean over all rows evens out.
EVALUATION_LIMIT = 1e-5


class Comparison:
    """Largest differences and their limits, printed as they are found."""

    def __init__(self, title):
        self.passed = True
        print(f"{title:48}{'largest':>10}{'limit':>9}")

    def add(self, name, difference, limit, accepted=False):
        """Whether the difference is within its limit; a larger one may have been accepted, and is shown as that."""
        within = bool(difference <= limit)  # so that nan is not
        self.passed &= within or accepted
        print(f"  {name:46}{difference:10.2g}{limit:9.2g}   {'ok' if within else 'accepted' if accepted else 'TOO FAR'}")
        return within


def check(config, splits, make, run, most_steps, accept_corners):
    """Compares PyTorch with the run's trace, and raises a failure when a limit is exceeded."""
    initial, first, ours = read_trace(run / "trace")
    ours = ours[:most_steps]
    rows = splits[0]
    order = permutation(config.seed, SHUFFLE, 1, len(rows))
    network = make()
    comparison = Comparison(f"PyTorch {torch.__version__} against {run.name}")
    pairs = paired(run / "trace/initial.safetensors", initial, numbers(network))
    comparison.add("initial weights: numbers that differ", sum(
        np.count_nonzero(a.view(np.uint32) != b.view(np.uint32)) for a, b in pairs), 0)
    pairs = paired(run / "trace/gradient.safetensors", first, gradient(network, rows[order[:config.batch_size]], config.recipe.loss))
    comparison.add("gradient of step 1: absolute", np.max([np.abs(a - b).max() for a, b in pairs]), GRADIENT_LIMIT)
    check_losses(comparison, ours, accept_corners, lambda other_side: step_losses(
        Training(make(), config.recipe), rows, order, config.batch_size, config.rates(len(rows))[:len(ours)], other_side))
    check_checkpoint(comparison, make(), splits[2], config.recipe.loss, run)
    if not comparison.passed:
        raise Failure(CHECK_FAILED, f"{run}: PyTorch differs from this run by more than the limits; nothing was trained")


def check_losses(comparison, ours, accept_corners, train):
    """Compares the losses of the first steps; where they part, tells a rectifier's corner from an error."""
    losses, _ = train({})
    followed, taken = follow(train, ours)
    if add_losses(comparison, losses, ours, "relative", accept_corners and len(taken) > 0) or not taken:
        return
    for corner, z in taken.items():
        print(f"  step {corner.step}: z = {z:.1g} (layer {corner.layer}, unit {corner.unit}, row {corner.row} of the batch) is 0 "
              "but for rounding, and our run is on the other side of ReLU's corner")
    if add_losses(comparison, followed, ours, "same side") and not accept_corners:
        print("  on our side of it PyTorch agrees: rounding alone parted the runs; --accept-corners accepts this")


def add_losses(comparison, losses, ours, kind, accepted=False):
    """Whether all losses are within their limits."""
    differences, within = np.abs(np.subtract(losses, ours)) / np.abs(ours), True
    for before, last, limit in (0, EARLY_STEPS, EARLY_LIMIT), (EARLY_STEPS, TRACED_STEPS, TRACED_LIMIT):
        if len(ours) > before:  # a trace may be shorter
            last = min(last, len(ours))
            within &= comparison.add(f"loss of steps 1 to {last}: {kind}", differences[:last].max(), limit, accepted)
    return within


def check_checkpoint(comparison, network, test_rows, loss_settings, run):
    """Loads our last weights into the library's network, and compares digest and test loss with what our program recorded."""
    path, metrics = run / "checkpoints/last.safetensors", run / "metrics.csv"
    if not path.is_file() or not metrics.is_file():
        return
    tensors = read_safetensors(path)
    ours = [tensor for tensor, _ in paired(path, tensors, stored_numbers(network))]
    check_reader(comparison, path, tensors)
    last = read_table(metrics, test_loss=float, digest=str)[-1]
    comparison.add("last.safetensors: digests that differ", int(digest(ours)[:16] != last["digest"]), 0)
    # Not strict: the library also counts the batches, for an average that is not asked for.
    network.load_state_dict({name: torch.from_numpy(tensor.copy()) for name, tensor in tensors.items()}, strict=False)
    loss, _ = evaluate(network, test_rows, loss_settings)
    comparison.add("last.safetensors: test loss, relative", abs(loss - last["test_loss"]) / last["test_loss"], EVALUATION_LIMIT)


def check_reader(comparison, path, tensors):
    """Reads a checkpoint again with Python's safetensors, where that is installed."""
    if importlib.util.find_spec("safetensors") is None:
        print("  (Python's safetensors is not installed: the checkpoint is read by this script's own reader only)")
        return
    from safetensors.numpy import load_file
    try:
        theirs = load_file(str(path))
    except Exception as problem:  # the package's own kind of error; whatever it says, it could not read our file
        raise Failure(CHECK_FAILED, f"{path}: Python's safetensors cannot read it: {problem}")
    comparison.add("last.safetensors: numbers read otherwise", sum(
        np.count_nonzero(a != b) for a, b in paired(path, tensors, theirs)), 0)

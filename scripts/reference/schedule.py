"""The learning rate of each step: src/Trainer.Core/Schedules, by PyTorch's own schedulers wherever it has one."""

import math
import warnings

import torch
from torch.optim import lr_scheduler

# By name, the keys beside it and beside `warmup`.
SCHEDULES = {
    "constant": set(),
    "step": {"step_size", "gamma"},
    "multi_step": {"milestones", "gamma"},
    "exponential": {"gamma"},
    "inverse_time": {"decay"},
    "polynomial": {"power"},
    "cosine": {"min_lr"},
    "one_cycle": {"max_lr", "pct_start", "div_factor", "final_div_factor"},
}
# A name alone stands for these.
NAME_ALONE = {
    "constant": {},
    "polynomial": {"power": 1.0},
    "cosine": {"min_lr": 0.0},
    "one_cycle": {"max_lr": None, "pct_start": 0.3, "div_factor": 25.0, "final_div_factor": 1e4},
}
WARMUP = {"kind", "steps", "epochs", "start_factor"}


def learning_rates(schedule, lr, per_epoch, epochs):
    """The rates of all steps. A warm-up comes first, and the schedule has the steps that are left."""
    total, warmup = per_epoch * epochs, schedule["warmup"]
    length = 0 if warmup is None else warmup["steps"] or warmup["epochs"] * per_epoch
    rates = list(rates_after(schedule, lr, per_epoch, max(1, total - length)))
    if warmup is None:
        return rates[:total]
    return [*warmup_rates(warmup, rates[0], length), *rates][:total]


def warmup_rates(warmup, lr, length):
    factor = warmup["start_factor"]
    if warmup["kind"] == "linear" and factor > 0:  # PyTorch's own divides by it
        return stepped(lr, length, lambda optimizer: lr_scheduler.LinearLR(optimizer, factor, total_iters=length))
    part = (lambda x: x) if warmup["kind"] == "linear" else lambda x: (1 - math.cos(math.pi * x)) / 2
    return [lr * (factor + (1 - factor) * part(t / length)) for t in range(length)]


def rates_after(schedule, lr, per_epoch, total):
    keys = {key: value for key, value in schedule.items() if key not in ("name", "warmup")}
    name = schedule["name"]
    by_epoch = {"step": lr_scheduler.StepLR, "multi_step": lr_scheduler.MultiStepLR, "exponential": lr_scheduler.ExponentialLR}
    if name in by_epoch:
        epochs = stepped(lr, -(-total // per_epoch), lambda optimizer: by_epoch[name](optimizer, **keys))
        return [rate for rate in epochs for _ in range(per_epoch)][:total]
    if name == "polynomial":
        return stepped(lr, total, lambda optimizer: lr_scheduler.PolynomialLR(optimizer, total, **keys))
    if name == "cosine":
        return stepped(lr, total, lambda optimizer: lr_scheduler.CosineAnnealingLR(optimizer, total, keys["min_lr"]))
    if name == "one_cycle":
        highest = lr if keys["max_lr"] is None else keys["max_lr"]
        return stepped(highest, total, lambda optimizer: lr_scheduler.OneCycleLR(
            optimizer, total_steps=total, cycle_momentum=False, **{**keys, "max_lr": highest, "pct_start": float(keys["pct_start"])}))
    if name == "inverse_time":
        return [lr / (1 + keys["decay"] * t / per_epoch) for t in range(total)]
    return [lr] * total


def plateau_rates(schedule, lr, values):
    """The rate of each epoch under `reduce_on_plateau`, where `values` are what it monitors after each."""
    settings = {key: value for key, value in schedule.items() if key not in ("name", "warmup", "monitor")}
    optimizer = torch.optim.SGD([torch.zeros(1)], lr=lr)
    mode = "max" if schedule["monitor"] == "val_accuracy" else "min"
    scheduler, rates = lr_scheduler.ReduceLROnPlateau(optimizer, mode, **settings), []
    for value in values:
        rates.append(optimizer.param_groups[0]["lr"])
        scheduler.step(value)
    return rates


def stepped(lr, count, scheduler):
    """The rates of `count` calls of one of PyTorch's schedulers."""
    optimizer = torch.optim.SGD([torch.zeros(1)], lr=lr)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # that nobody calls optimizer.step()
        scheduler, rates = scheduler(optimizer), []
        for _ in range(count):
            rates.append(optimizer.param_groups[0]["lr"])
            if len(rates) < count:
                scheduler.step()
    return rates

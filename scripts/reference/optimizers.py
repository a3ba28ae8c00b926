"""The optimizers, by the names and settings of our configurations, which are PyTorch's; and their golden file."""

import json
import re

import numpy as np
import torch
from torch import optim

# The class, and the keys beside name and lr.
OPTIMIZERS = {
    "adagrad": (optim.Adagrad, {"lr_decay", "initial_accumulator_value", "eps"}),
    "adam": (optim.Adam, {"betas", "eps"}),
    "adamax": (optim.Adamax, {"betas", "eps"}),
    "adamw": (optim.AdamW, {"betas", "eps", "weight_decay"}),
    "nadam": (optim.NAdam, {"betas", "eps", "momentum_decay"}),
    "radam": (optim.RAdam, {"betas", "eps"}),
    "rmsprop": (optim.RMSprop, {"alpha", "eps", "momentum", "centered"}),
    "sgd": (optim.SGD, {"momentum", "nesterov"}),
}
# Keys that a configuration has only where they are not at their default.
OPTIONAL = {"sgd": {"dampening"}}

STEPS, SEED = 50, 3
GOLDEN = (
    {"name": "sgd", "lr": 0.01}, {"name": "sgd", "lr": 0.01, "momentum": 0.9},
    {"name": "sgd", "lr": 0.01, "momentum": 0.9, "dampening": 0.3}, {"name": "sgd", "lr": 0.01, "momentum": 0.9, "nesterov": True},
    {"name": "rmsprop", "lr": 0.01}, {"name": "rmsprop", "lr": 0.01, "alpha": 0.9, "eps": 1e-3},
    {"name": "rmsprop", "lr": 0.01, "momentum": 0.9}, {"name": "rmsprop", "lr": 0.01, "centered": True},
    {"name": "rmsprop", "lr": 0.003, "alpha": 0.8, "momentum": 0.8, "centered": True},
    {"name": "adagrad", "lr": 0.1}, {"name": "adagrad", "lr": 0.1, "lr_decay": 0.1},
    {"name": "adagrad", "lr": 0.1, "lr_decay": 0.01, "initial_accumulator_value": 0.3, "eps": 0.01},
    {"name": "adam", "lr": 0.01}, {"name": "adam", "lr": 0.01, "betas": [0.8, 0.95], "eps": 0.01},
    {"name": "adamw", "lr": 0.01}, {"name": "adamw", "lr": 0.01, "betas": [0.8, 0.95], "eps": 0.01, "weight_decay": 1.5},
    {"name": "adamax", "lr": 0.01}, {"name": "adamax", "lr": 0.01, "betas": [0.8, 0.9], "eps": 0.1},
    {"name": "nadam", "lr": 0.01}, {"name": "nadam", "lr": 0.01, "betas": [0.8, 0.95], "eps": 0.01, "momentum_decay": 0.3},
    {"name": "radam", "lr": 0.01}, {"name": "radam", "lr": 0.01, "betas": [0.8, 0.95], "eps": 0.01},
    {"name": "radam", "lr": 0.01, "betas": [0.9, 0.6]},
)


def make_optimizer(parameters, settings):
    """The optimizer for a configuration's, whose keys are PyTorch's."""
    keywords = {key: value for key, value in settings.items() if key != "name"}
    if settings["name"] == "nadam":
        keywords["foreach"] = True  # the other form of 1.13 counts mu_t twice in the product to mu_(t+1); 2.0 mended it
    return OPTIMIZERS[settings["name"]][0](parameters, **keywords)


def golden_optimizers():
    """Parameters that are led along fixed gradients, with a rate that falls: what they are after each step, in binary32.

    One gradient for each kind of trouble: ordinary, tiny, huge, mostly 0, and of one sign and then the other.
    """
    noise = np.random.RandomState(SEED).standard_normal((STEPS, 5))
    noise[:, 1] *= 1e-5
    noise[:, 2] *= 1e3
    noise[:, 3] *= np.arange(STEPS) % 7 == 3
    noise[:, 4] = np.abs(noise[:, 4]) * np.where(np.arange(STEPS) < STEPS // 2, 1, -1)
    gradients = noise.astype(np.float32)
    start = np.array([1, -2, 30, 0.5, -1], np.float32)
    factors = [1 - 0.01 * step for step in range(STEPS)]
    cases = []
    for settings in GOLDEN:
        w = torch.tensor(start, requires_grad=True)
        optimizer = make_optimizer([w], settings)
        path = []
        for gradient, factor in zip(gradients, factors):
            optimizer.param_groups[0]["lr"] = settings["lr"] * factor
            w.grad = torch.from_numpy(gradient.copy())
            optimizer.step()
            path.append(short(w.detach().numpy()))
        cases.append({"optimizer": settings, "path": path})
    return {
        "about": "made by scripts/pytorch_reference.py --golden-optimizers FILE; read by PytorchOptimizerTests",
        "torch": torch.__version__, "start": short(start), "rate_factors": factors,
        "gradients": [short(gradient) for gradient in gradients], "cases": cases,
    }


def short(values):
    """Binary32 numbers with no more digits than tell them apart."""
    return [float(str(value)) for value in np.asarray(values, np.float32)]


def golden_optimizers_text():
    """JSON with each list of numbers on a line of its own."""
    return re.sub(r"\[[^][{}]*\]", lambda numbers: " ".join(numbers[0].split()), json.dumps(golden_optimizers(), indent=2)) + "\n"

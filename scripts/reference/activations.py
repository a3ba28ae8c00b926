"""The activations, by the names and settings of our configurations, which are PyTorch's; and their golden file."""

import json
import re

import torch
from torch import nn

ACTIVATIONS = {
    "elu": nn.ELU, "gelu": nn.GELU, "hard_sigmoid": nn.Hardsigmoid, "leaky_relu": nn.LeakyReLU, "linear": nn.Identity,
    "relu": nn.ReLU, "selu": nn.SELU, "sigmoid": nn.Sigmoid, "silu": nn.SiLU, "softplus": nn.Softplus, "tanh": nn.Tanh,
}
# Numbers, and what is text.
SETTINGS = {"elu": {"alpha"}, "gelu": {"approximate"}, "leaky_relu": {"negative_slope"}, "softplus": {"beta", "threshold"}}
TEXT = {"approximate"}

GOLDEN = (
    *({"name": name} for name in ACTIVATIONS),
    {"name": "elu", "alpha": 0.5}, {"name": "gelu", "approximate": "tanh"}, {"name": "leaky_relu", "negative_slope": 0.2},
    {"name": "softplus", "beta": 2.0, "threshold": 5.0},
)


def make_activation(settings):
    """The module for a configuration's activation: a name alone, or with settings."""
    if isinstance(settings, str):
        return ACTIVATIONS[settings]()
    return ACTIVATIONS[settings["name"]](**{key: value if key in TEXT else float(value)
                                            for key, value in settings.items() if key != "name"})


def golden_activations():
    """Values and derivatives in binary64, at arguments that are the same in binary32: all corners among them."""
    grid = [k / 8 for k in range(-96, 97)]
    tiny = [sign * 2.0**power for power in (-10, -20, -40, -120) for sign in (-1, 1)]
    far = [sign * z for z in (13.5, 16, 19.875, 20, 20.125, 30, 80, 1000) for sign in (-1, 1)]
    z = torch.tensor(sorted(grid + tiny + far), dtype=torch.float64, requires_grad=True)
    cases = []
    for settings in GOLDEN:
        # The library's own backward of this one has 1/6 in binary32, whatever it is asked for.
        hard_sigmoid = settings["name"] == "hard_sigmoid"
        a = nn.functional.relu6(z + 3) / 6 if hard_sigmoid else make_activation(settings)(z)
        derivative, = torch.autograd.grad(a.sum(), z)
        cases.append({"activation": settings, "values": a.tolist(), "derivatives": derivative.tolist()})
    return {
        "about": "made by scripts/pytorch_reference.py --golden-activations FILE; read by ActivationTests",
        "torch": torch.__version__, "arguments": z.tolist(), "cases": cases,
    }


def golden_activations_text():
    """JSON with each list of numbers on a line of its own."""
    return re.sub(r"\[[^][{}]*\]", lambda numbers: " ".join(numbers[0].split()), json.dumps(golden_activations(), indent=2)) + "\n"

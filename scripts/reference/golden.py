"""The golden file: small networks for the tests of machines without PyTorch."""

import json
import re
from base64 import b64encode

import numpy as np
import torch

from .data import CLASSES, Rows
from .initial import INITIALIZERS, initial_parameters
from .network import digest, gradient, make_network, make_optimizer, train
from .randomness import NOISE, SHUFFLE, below, permutation, words

SEED, ROWS, PIXELS, BATCH, EPOCHS = 3, 77, 37, 16, 10  # 5 steps an epoch, the last of 13
NETWORKS = (([17], "relu", "pytorch"), ([17], "sigmoid", "xavier_normal"), ([33, 17, 9], "relu", "he_normal"))
OPTIMIZERS = (
    {"name": "sgd", "lr": 0.1, "momentum": 0, "nesterov": False},
    {"name": "sgd", "lr": 0.05, "momentum": 0.9, "nesterov": False},
    {"name": "sgd", "lr": 0.05, "momentum": 0.9, "nesterov": True},
    {"name": "adam", "lr": 0.003, "betas": [0.9, 0.999], "eps": 1e-3},  # so large that its place in the formula shows
)


def golden():
    """Random images, of which half of the pixels are 0 as in the real ones, and what PyTorch makes of them."""
    noise = words(SEED, NOISE, 1, ROWS * PIXELS)
    pixels = np.where(noise & 1, noise >> 24, 0).astype(np.uint8)
    labels = below(SEED, NOISE, 2, np.full(ROWS, CLASSES))
    rows = Rows.of(pixels, labels)
    return {
        "about": "made by scripts/pytorch_reference.py --golden FILE; read by PytorchGoldenTests",
        "torch": torch.__version__,
        "seed": SEED, "batch_size": BATCH, "epochs": EPOCHS,
        "pixels": b64encode(pixels.tobytes()).decode(), "pixels_per_image": PIXELS,
        "labels": labels.tolist(), "classes": CLASSES,
        "initial_sha256": {init: digest(initial_parameters([PIXELS, 17, CLASSES], init, SEED)) for init in INITIALIZERS},
        "networks": [golden_network(rows, *network) for network in NETWORKS],
    }


def golden_network(rows, hidden, activation, init):
    sizes = [PIXELS, *hidden, CLASSES]
    parameters = initial_parameters(sizes, init, SEED)
    orders = [permutation(SEED, SHUFFLE, epoch, len(rows)) for epoch in range(1, EPOCHS + 1)]
    first = gradient(make_network(sizes, activation, parameters), rows[orders[0][:BATCH]])
    runs = []
    for settings in OPTIMIZERS:
        network = make_network(sizes, activation, parameters)
        optimizer = make_optimizer(network, settings)
        losses = [loss for order in orders for _, loss, _ in train(network, optimizer, rows, order, BATCH)]
        runs.append({"optimizer": settings, "losses": short(losses)})
    return {"hidden": hidden, "activation": activation, "init": init, "initial_sha256": digest(parameters),
            "gradient": short(np.concatenate([g.ravel() for g in first.values()])), "runs": runs}


def short(values):
    """Binary32 numbers with no more digits than tell them apart."""
    return [float(str(value)) for value in np.asarray(values, np.float32)]


def golden_text():
    """JSON with each list of numbers on a line of its own."""
    return re.sub(r"\[[^][{}]*\]", lambda numbers: " ".join(numbers[0].split()), json.dumps(golden(), indent=2)) + "\n"

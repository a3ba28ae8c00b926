"""The golden file: small networks for the tests of machines without PyTorch."""

import json
import math
import re
from base64 import b64encode
from itertools import repeat

import numpy as np
import torch
import yaml

from .data import CLASSES, Rows
from .config import read_init, read_schedule
from .initial import initial_parameters
from .network import digest, gradient, make_network
from .optimizers import short
from .randomness import NOISE, SHUFFLE, below, permutation, words
from .schedule import learning_rates, plateau_rates
from .training import Recipe, Training

SEED, ROWS, PIXELS, BATCH, EPOCHS = 3, 77, 37, 16, 10  # 5 steps an epoch, the last of 13
NETWORKS = (([17], "relu", "pytorch"), ([17], "sigmoid", "xavier_normal"), ([33, 17, 9], "relu", "he_normal"))
# As configurations write them.
INITS = (
    "pytorch", "xavier_uniform", "xavier_normal", "he_uniform", "he_normal", "lecun_uniform", "lecun_normal",
    "{name: normal, std: 0.02}", "{name: uniform, a: -0.05, b: 0.1}", "{name: constant, value: 0.1}", "zeros",
    "orthogonal", "{name: orthogonal, gain: 1.4142135623730951}",
)
LR, STEPS_PER_EPOCH = 0.3, 7  # of the schedules, for EPOCHS
SCHEDULES = (
    "constant",
    "{name: step, warmup: null, step_size: 3, gamma: 0.1}",
    "{name: step, warmup: null, step_size: 1, gamma: 0.7}",
    "{name: multi_step, warmup: null, milestones: [2, 5, 6], gamma: 0.3}",
    "{name: exponential, warmup: null, gamma: 0.9}",
    "{name: inverse_time, warmup: null, decay: 0.4}",
    "{name: polynomial, warmup: null, power: 1}",
    "{name: polynomial, warmup: null, power: 2}",
    "{name: polynomial, warmup: null, power: 0.9}",
    "{name: cosine, warmup: null, min_lr: 0}",
    "{name: cosine, warmup: null, min_lr: 0.01}",
    "{name: one_cycle, warmup: null, max_lr: null, pct_start: 0.3, div_factor: 25, final_div_factor: 10000}",
    "{name: one_cycle, warmup: null, max_lr: 0.8, pct_start: 0.5, div_factor: 10, final_div_factor: 100}",
    "{name: one_cycle, warmup: null, max_lr: null, pct_start: 0, div_factor: 25, final_div_factor: 10000}",
    "{name: constant, warmup: {kind: linear, steps: 20, epochs: null, start_factor: 0.1}}",
    "{name: constant, warmup: {kind: linear, steps: null, epochs: 10, start_factor: 0.5}}",
    "{name: constant, warmup: {kind: cosine, steps: null, epochs: 2, start_factor: 0}}",
    "{name: exponential, warmup: {kind: linear, steps: 10, epochs: null, start_factor: 0.01}, gamma: 0.8}",
    "{name: cosine, warmup: {kind: linear, steps: null, epochs: 3, start_factor: 0.3}, min_lr: 0.001}",
)
# What an epoch measures: falls, then stays; falls with noise; never falls; an accuracy that rises with noise.
VALUES = {
    "flat": [round(max(0.4, 2 - 0.2 * k), 4) for k in range(40)],
    "noisy": [round(2 / (1 + 0.3 * k) + 0.05 * math.sin(7 * k * k), 4) for k in range(60)],
    "rising": [round(1 + 0.01 * k, 4) for k in range(30)],
    "accuracy": [round(0.9 - 0.8 / (1 + k) + 0.02 * math.sin(5 * k * k), 4) for k in range(60)],
}
PLATEAU = "{{name: reduce_on_plateau, warmup: null, monitor: {}, factor: {}, patience: {}, threshold: {}, threshold_mode: {}, cooldown: {}, min_lr: {}, eps: {}}}"
PLATEAUS = (
    (PLATEAU.format("val_loss", 0.1, 10, 0.0001, "rel", 0, 0, 1e-08), "flat"),
    (PLATEAU.format("val_loss", 0.5, 2, 0.0001, "rel", 0, 0, 1e-08), "noisy"),
    (PLATEAU.format("train_loss", 0.5, 2, 0.05, "abs", 3, 0.01, 1e-08), "noisy"),
    (PLATEAU.format("val_loss", 0.7, 0, 0.3, "rel", 1, 0, 1e-08), "noisy"),
    (PLATEAU.format("val_loss", 0.3, 1, 0, "abs", 0, 0, 0.001), "rising"),
    (PLATEAU.format("val_accuracy", 0.5, 3, 0.001, "rel", 0, 0, 1e-08), "accuracy"),
    (PLATEAU.format("val_accuracy", 0.2, 1, 0.02, "abs", 5, 0.0001, 1e-08), "accuracy"),
)
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
        "initial_sha256": {init: digest(initial_parameters([PIXELS, 17, CLASSES], read_init("golden", yaml.safe_load(init)), SEED))
                           for init in INITS},
        "schedules": {
            "lr": LR, "steps_per_epoch": STEPS_PER_EPOCH,
            "rates": {schedule: learning_rates(read_schedule("golden", yaml.safe_load(schedule)), LR, STEPS_PER_EPOCH, EPOCHS)
                      for schedule in SCHEDULES},
        },
        "plateaus": [{"schedule": schedule, "values": VALUES[values],
                      "rates": plateau_rates(read_plateau(schedule), LR, VALUES[values])} for schedule, values in PLATEAUS],
        "networks": [golden_network(rows, *network) for network in NETWORKS],
    }


def read_plateau(text):
    """The keys of the schedule; YAML 1.1, which PyYAML reads, takes 1e-08 for text."""
    return {key: float(value) if key == "eps" else value for key, value in yaml.safe_load(text).items()}


def golden_network(rows, hidden, activation, init):
    sizes = [PIXELS, *hidden, CLASSES]
    parameters = initial_parameters(sizes, {"name": init}, SEED)
    orders = [permutation(SEED, SHUFFLE, epoch, len(rows)) for epoch in range(1, EPOCHS + 1)]
    activations = [activation] * len(hidden)
    first = gradient(make_network(sizes, activations, parameters), rows[orders[0][:BATCH]], Recipe({}, SEED).loss)
    runs = []
    for settings in OPTIMIZERS:
        training = Training(make_network(sizes, activations, parameters), Recipe(settings, SEED))
        losses = [loss for epoch, order in enumerate(orders, 1)
                  for _, loss, _ in training.epoch(rows, order, epoch, BATCH, repeat(settings["lr"]))]
        runs.append({"optimizer": settings, "losses": short(losses)})
    return {"hidden": hidden, "activation": activation, "init": init, "initial_sha256": digest(parameters),
            "gradient": short(np.concatenate([g.ravel() for g in first.values()])), "runs": runs}


def golden_text():
    """JSON with each list of numbers on a line of its own."""
    return re.sub(r"\[[^][{}]*\]", lambda numbers: " ".join(numbers[0].split()), json.dumps(golden(), indent=2)) + "\n"

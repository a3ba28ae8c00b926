"""The golden file of what training can have beside a plain network, for the tests of machines without PyTorch."""

import json
import re
from base64 import b64encode

import numpy as np
import torch
import yaml

from .config import activations, read_normalization, read_recipe
from .data import Rows
from .initial import initial_parameters
from .network import evaluate, gradient, make_network, numbers, stored_numbers
from .optimizers import short
from .randomness import NOISE, SHUFFLE, below, permutation, row_normals, words
from .training import Training

SEED, ROWS, PIXELS, HIDDEN, CLASSES, BATCH, EPOCHS = 5, 23, 9, [7, 5], 4, 8, 4  # 3 steps an epoch, the last of 7 rows

REGULARIZATION = "{{l1: {}, l2: {}, weight_decay: {}, biases: {}, max_norm: {}}}"
SGD = "{name: sgd, lr: 0.2, momentum: 0.9, nesterov: false}"
# By name: the model, and other keys of the experiment, as configurations write them. Large, so that each shows in 12 steps.
FEATURES = {
    "plain": ("{activation: tanh}", {}),
    "mixed activations": ("{activations: [tanh, {name: leaky_relu, negative_slope: 0.2}]}", {}),
    "batch normalisation": ("{activation: relu, normalization: batch_norm}", {}),
    "batch normalisation with its settings": ("{activation: tanh, normalization: {name: batch_norm, momentum: 0.3, eps: 0.01}}", {}),
    "label smoothing": ("{activation: tanh}", {"loss": "{name: cross_entropy, label_smoothing: 0.2}"}),
    "mean squared error": ("{activation: sigmoid}", {"loss": "mse"}),
    "dropout": ("{activation: tanh, dropout: 0.4}", {}),
    "input noise": ("{activation: tanh}", {"input_noise": "{std: 0.3}"}),
    "l1 and l2": ("{activation: tanh}", {"regularization": REGULARIZATION.format(0.003, 0.03, 0, "false", "null")}),
    "l2 of biases too": ("{activation: tanh}", {"regularization": REGULARIZATION.format(0, 0.05, 0, "true", "null")}),
    "weight decay": ("{activation: tanh}", {"regularization": REGULARIZATION.format(0, 0, 0.1, "false", "null")}),
    "max-norm": ("{activation: tanh}", {"regularization": REGULARIZATION.format(0, 0, 0, "false", 0.6)}),
    "clipping by norm": ("{activation: tanh}", {"clipping": "{norm: 0.2, value: null}"}),
    "clipping by value": ("{activation: tanh}", {"clipping": "{norm: null, value: 0.03}"}),
    "average": ("{activation: tanh}", {"ema": "{decay: 0.8}"}),
    "penalties before clipping": ("{activation: tanh}", {
        "regularization": REGULARIZATION.format(0.01, 0.1, 0.1, "false", "null"), "clipping": "{norm: 0.2, value: null}"}),
    "weight decay before adam": ("{activation: tanh}", {
        "optimizer": "{name: adam, lr: 0.02, betas: [0.9, 0.999], eps: 1.0e-8}",
        "regularization": REGULARIZATION.format(0, 0.01, 0.5, "true", "null")}),
    "all but normalisation": ("{activation: tanh, dropout: 0.3}", {
        "loss": "{name: cross_entropy, label_smoothing: 0.1}", "input_noise": "{std: 0.1}",
        "regularization": REGULARIZATION.format(0.001, 0.01, 0.1, "true", 0.9), "clipping": "{norm: 0.5, value: null}",
        "ema": "{decay: 0.7}"}),
    "normalisation, clipping and smoothing": ("{activation: tanh, normalization: batch_norm, dropout: 0.2}", {
        "loss": "{name: cross_entropy, label_smoothing: 0.1}",
        "regularization": REGULARIZATION.format(0.001, 0.01, 0, "true", 0.9), "clipping": "{norm: 0.5, value: null}"}),
}


def golden_features():
    """Random images, of which half of the pixels are 0, and a small network that learns them with each feature in turn."""
    noise = words(SEED, NOISE, 0, ROWS * PIXELS)
    pixels = np.where(noise & 1, noise >> 24, 0).astype(np.uint8)
    labels = below(SEED, NOISE, 100, np.full(ROWS, CLASSES))
    rows = Rows.of(pixels, labels)
    orders = [permutation(SEED, SHUFFLE, epoch, ROWS) for epoch in range(1, EPOCHS + 1)]
    return {
        "about": "made by scripts/pytorch_reference.py --golden-features FILE; read by PytorchFeatureTests",
        "torch": torch.__version__, "seed": SEED, "batch_size": BATCH,
        "pixels": b64encode(pixels.tobytes()).decode(), "pixels_per_image": PIXELS, "labels": labels.tolist(), "classes": CLASSES,
        "orders": [order.tolist() for order in orders],
        "cases": [golden_case(rows, orders, name, *texts) for name, texts in FEATURES.items()],
    }


def golden_case(rows, orders, name, model_text, texts):
    texts = {"optimizer": SGD, **texts}
    model = {"hidden": HIDDEN, "init": "pytorch", **yaml.safe_load(model_text)}
    tree = {"seed": SEED, **{key: yaml.safe_load(text) for key, text in texts.items()}}
    recipe = read_recipe(name, tree, model, tree["optimizer"])
    network = make_network([PIXELS, *HIDDEN, CLASSES], activations(name, model), initial_parameters(
        [PIXELS, *HIDDEN, CLASSES], {"name": "pytorch"}, SEED), read_normalization(name, model.get("normalization", "none")),
        recipe.dropout > 0)
    vary_normalizations(network)
    initial, first = flat(numbers(network)), gradient(network, rows[orders[0][:BATCH]], recipe.loss)
    training = Training(network, recipe)
    losses = [loss for epoch, order in enumerate(orders, 1)
              for _, loss, _ in training.epoch(rows, order, epoch, BATCH, [recipe.optimizer["lr"]] * len(order))]
    statistics = [values for tensor, values in stored_numbers(network).items() if "running" in tensor]
    return {
        "name": name, "model": model, "config": {key: tree[key] for key in texts},
        "initial": short(initial), "gradient": short(flat(first)), "losses": short(losses), "parameters": short(flat(numbers(network))),
        "statistics": short(np.concatenate(statistics)) if statistics else [],
        "average": short(flat(numbers(training.measured))) if training.average is not None else [],
        "evaluation": evaluate(training.measured, rows, recipe.loss)[0],
    }


def vary_normalizations(network):
    """Scales and shifts that are not the 1 and 0 that they start with, so that each shows."""
    for number, module in enumerate(network):
        if isinstance(module, torch.nn.BatchNorm1d):
            drawn = torch.from_numpy(row_normals(SEED, NOISE, 200 + number, [0, 1], len(module.weight)).astype(np.float32))
            with torch.no_grad():
                module.weight.copy_(1 + 0.3 * drawn[0])
                module.bias.copy_(0.3 * drawn[1])


def flat(tensors):
    return np.concatenate([tensor.ravel() for tensor in tensors.values()])


def golden_features_text():
    """JSON with each list of numbers on a line of its own."""
    return re.sub(r"\[[^][{}]*\]", lambda numbers: " ".join(numbers[0].split()), json.dumps(golden_features(), indent=2)) + "\n"

"""The network, its gradient and its measuring, as one writes them with the library; what a step does is in training.py."""

import copy
import hashlib

import numpy as np
import torch
from torch import nn

from .activations import make_activation


class Dropped(nn.Module):
    """An activation with dropout behind it: nn.Dropout's mathematics with the masks of our program."""

    def __init__(self, activation):
        super().__init__()
        self.activation, self.mask = activation, None

    def forward(self, z):
        a = self.activation(z)
        return a * self.mask if self.training and self.mask is not None else a


def make_network(sizes, activations, parameters, batch_norm=None, dropout=False):
    """Linear, (BatchNorm1d,) activation, Linear, ..., Linear: CrossEntropyLoss has the softmax in it.

    `activations` has one for each hidden layer, `batch_norm` the normalisation's settings, `parameters` the numbers in the order
    of the network's own, those of normalisations left out: they start as the library has them, at 1 and 0.
    """
    layers = []
    for (inputs, outputs), activation in zip(zip(sizes, sizes[1:]), [*activations, None]):
        layers.append(nn.Linear(inputs, outputs))
        if activation is not None:
            layers += [nn.BatchNorm1d(outputs, **batch_norm)] if batch_norm else []
            layers.append(Dropped(make_activation(activation)) if dropout else make_activation(activation))
    network = nn.Sequential(*layers)
    with torch.no_grad():
        for parameter, value in zip((p for layer in linear_layers(network) for p in layer.parameters()), parameters):
            parameter.copy_(torch.from_numpy(value))
    return network


def linear_layers(network):
    return [layer for layer in network if isinstance(layer, nn.Linear)]


def make_loss(settings, reduction="mean", measured=False):
    """The loss of a configuration, of outputs and classes; measured losses are without label smoothing."""
    if settings["name"] == "mse":
        def squares(outputs, labels):
            target = nn.functional.one_hot(labels, outputs.shape[1]).to(outputs.dtype)
            loss = nn.functional.mse_loss(outputs, target, reduction=reduction)
            return loss if reduction == "mean" else loss.mean(dim=1)
        return squares
    return nn.CrossEntropyLoss(reduction=reduction, label_smoothing=0.0 if measured else settings["label_smoothing"])


@torch.no_grad()
def evaluate(network, rows, loss):
    """Mean loss and accuracy, without learning: running statistics, no dropout, no label smoothing."""
    network.eval()
    loss_function, total, correct = make_loss(loss, reduction="none", measured=True), 0.0, 0
    for start in range(0, len(rows), 2048):
        part = rows[slice(start, start + 2048)]
        outputs = network(part.images)
        total += loss_function(outputs, part.labels).double().sum().item()
        correct += (outputs.argmax(dim=1) == part.labels).sum().item()
    return total / len(rows), correct / len(rows)


def gradient(network, batch, loss):
    """The gradient of the mean loss over a batch, by tensor name: of the data alone, with the batch's own statistics and without
    dropout. The network stays as it is."""
    network = copy.deepcopy(network).train()
    for module in network.modules():
        if isinstance(module, Dropped):
            module.mask = None
    network.zero_grad()
    make_loss(loss)(network(batch.images), batch.labels).backward()
    return {name: parameter.grad.numpy().copy() for name, parameter in network.named_parameters()}


def numbers(network):
    """All parameters, by tensor name."""
    return {name: parameter.detach().numpy() for name, parameter in network.named_parameters()}


def stored_numbers(network):
    """All that the trained network consists of, by tensor name: parameters, then running statistics."""
    return {**numbers(network), **{name: buffer.numpy() for name, buffer in network.named_buffers() if "num_batches" not in name}}


def digest(tensors):
    """SHA-256 of all numbers as little-endian binary32, in network order."""
    return hashlib.sha256(b"".join(np.asarray(tensor, "<f4").tobytes() for tensor in tensors)).hexdigest()

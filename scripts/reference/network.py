"""The network, its training and its measuring, as one writes them with the library."""

import hashlib
import math

import numpy as np
import torch
from torch import nn

from .activations import make_activation
from .failure import DIVERGED, Failure


def make_network(sizes, activation, parameters):
    """Linear, activation, Linear, ..., Linear: CrossEntropyLoss has the softmax in it."""
    layers = []
    for inputs, outputs in zip(sizes, sizes[1:]):
        layers += [nn.Linear(inputs, outputs), make_activation(activation)]
    network = nn.Sequential(*layers[:-1])
    with torch.no_grad():
        for parameter, value in zip(network.parameters(), parameters):
            parameter.copy_(torch.from_numpy(value))
    return network


def train(network, optimizer, rows, order, batch_size, rates):
    """One epoch, a step at a time, each with its rate: yields rows, mean loss and correct answers of each batch, as they were before its step."""
    loss_function = nn.CrossEntropyLoss()
    for start, rate in zip(range(0, len(order), batch_size), rates):
        optimizer.param_groups[0]["lr"] = rate
        batch = rows[order[start:start + batch_size]]
        optimizer.zero_grad()
        logits = network(batch.images)
        loss = loss_function(logits, batch.labels)
        loss.backward()
        optimizer.step()
        if not math.isfinite(loss.item()):
            raise Failure(DIVERGED, f"diverged: the loss became {loss.item()} in step {start // batch_size + 1} of the epoch")
        yield len(batch), loss.item(), (logits.argmax(dim=1) == batch.labels).sum().item()


@torch.no_grad()
def evaluate(network, rows):
    """Mean loss and accuracy, without learning."""
    loss, correct = 0.0, 0
    for start in range(0, len(rows), 2048):
        part = rows[slice(start, start + 2048)]
        logits = network(part.images)
        loss += nn.functional.cross_entropy(logits, part.labels, reduction="none").double().sum().item()
        correct += (logits.argmax(dim=1) == part.labels).sum().item()
    return loss / len(rows), correct / len(rows)


def gradient(network, batch):
    """The gradient of the mean loss over a batch, by tensor name."""
    network.zero_grad()
    nn.CrossEntropyLoss()(network(batch.images), batch.labels).backward()
    return {name: parameter.grad.numpy().copy() for name, parameter in network.named_parameters()}


def numbers(network):
    """All parameters, by tensor name."""
    return {name: parameter.detach().numpy() for name, parameter in network.named_parameters()}


def digest(tensors):
    """SHA-256 of all numbers as little-endian binary32, in network order."""
    return hashlib.sha256(b"".join(np.asarray(tensor, "<f4").tobytes() for tensor in tensors)).hexdigest()

"""What a step of training does, in its order: noise, dropout, loss, penalties, clipping, decay, update, bound, average."""

import math
from dataclasses import dataclass, field

import numpy as np
import torch
from torch import nn
from torch.optim.swa_utils import AveragedModel

from .failure import DIVERGED, Failure
from .network import Dropped, linear_layers, make_loss
from .optimizers import make_optimizer
from .randomness import DROPOUT, NOISE, row_normals, words

NO_REGULARIZATION = {"l1": 0.0, "l2": 0.0, "weight_decay": 0.0, "biases": False, "max_norm": None}


@dataclass
class Recipe:
    """The parts of a configuration that decide a step, each by the names of the configuration."""
    optimizer: dict
    seed: int
    loss: dict = field(default_factory=lambda: {"name": "cross_entropy", "label_smoothing": 0.0})
    regularization: dict = field(default_factory=lambda: dict(NO_REGULARIZATION))
    clipping: "dict | None" = None  # norm or value
    ema: "float | None" = None  # the decay
    dropout: float = 0.0
    input_noise: float = 0.0  # the standard deviation


class Training:
    """A network on its way."""

    def __init__(self, network, recipe):
        self.network, self.recipe = network, recipe
        self.optimizer = make_optimizer(network.parameters(), recipe.optimizer)
        self.steps = 0
        weights = [layer.weight for layer in linear_layers(network)]
        self.regularized = list(network.parameters()) if recipe.regularization["biases"] else weights
        self.loss_function = make_loss(recipe.loss)
        self.average = None
        if recipe.ema is not None:
            self.average = AveragedModel(network, avg_fn=lambda average, w, _: recipe.ema * average + (1 - recipe.ema) * w)
            self.average.update_parameters(network)  # the first is the copy that the average begins with

    @property
    def measured(self):
        """The network that is measured and saved."""
        return self.network if self.average is None else self.average.module

    def epoch(self, rows, order, number, batch_size, rates):
        """Epoch `number`, from 1, a step at a time, each with its rate: yields rows, mean loss of the data and correct answers of each
        batch, as they were before its step."""
        for start, rate in zip(range(0, len(order), batch_size), rates):
            chosen = order[start:start + batch_size]
            batch = rows[chosen]
            loss, correct = self.step(self.noisy(batch.images, chosen, number), batch.labels, rate)
            if not math.isfinite(loss):
                raise Failure(DIVERGED, f"diverged: the loss became {loss} in step {start // batch_size + 1} of the epoch")
            yield len(batch), loss, correct

    def step(self, images, labels, rate):
        self.steps += 1
        self.optimizer.param_groups[0]["lr"] = rate
        self.network.train()
        self.draw_masks(len(images))
        self.optimizer.zero_grad()
        outputs = self.network(images)
        loss = self.loss_function(outputs, labels)
        (loss + self.penalty()).backward()
        self.clip()
        with torch.no_grad():
            self.decay(rate)
            self.optimizer.step()
            self.bound_units()
        if self.average is not None:
            self.average.update_parameters(self.network)
        return loss.item(), (outputs.argmax(dim=1) == labels).sum().item()

    def noisy(self, images, rows, epoch):
        """Input i of training row r has normal number r*inputs + i of the epoch; the sum is rounded once, as by our fma."""
        if self.recipe.input_noise == 0:
            return images
        normal = row_normals(self.recipe.seed, NOISE, epoch, rows, images.shape[1]).astype(np.float32).astype(np.float64)
        noise = float(np.float32(self.recipe.input_noise)) * normal
        return torch.from_numpy((images.numpy() + noise).astype(np.float32))

    def draw_masks(self, rows):
        """Unit u of hidden layer l in row b has word b*U + offset(l) + u of the step; widths are padded to multiples of four."""
        if self.recipe.dropout == 0:
            return
        hidden = [layer.out_features for layer in linear_layers(self.network)[:-1]]
        offsets = np.cumsum([0, *(-(-width // 4) * 4 for width in hidden)])
        drawn = words(self.recipe.seed, DROPOUT, self.steps & 0xFFFFFFFF, rows * int(offsets[-1])).reshape(rows, -1)
        kept = np.where(drawn >= int(self.recipe.dropout * 2**32), np.float32(1 / (1 - self.recipe.dropout)), np.float32(0))
        for layer, offset, width in zip((m for m in self.network if isinstance(m, Dropped)), offsets, hidden):
            layer.mask = torch.from_numpy(kept[:, offset:offset + width].copy())

    def penalty(self):
        """l1 sum |w| + l2/2 sum w^2."""
        l1, l2 = self.recipe.regularization["l1"], self.recipe.regularization["l2"]
        return sum(l1 * w.abs().sum() for w in self.regularized if l1) + sum(l2 / 2 * (w * w).sum() for w in self.regularized if l2)

    def clip(self):
        clipping = self.recipe.clipping or {}
        if clipping.get("norm") is not None:
            nn.utils.clip_grad_norm_(self.network.parameters(), clipping["norm"])
        if clipping.get("value") is not None:
            nn.utils.clip_grad_value_(self.network.parameters(), clipping["value"])

    def decay(self, rate):
        for w in self.regularized if self.recipe.regularization["weight_decay"] else ():
            w.mul_(1 - rate * self.recipe.regularization["weight_decay"])

    def bound_units(self):
        """Scales each unit's incoming weights back to the length max_norm. (torch.renorm also does, to 1e-7 less.)"""
        most = self.recipe.regularization["max_norm"]
        for layer in linear_layers(self.network) if most is not None else ():
            length = layer.weight.norm(dim=1, keepdim=True)
            layer.weight.mul_(torch.where(length > most, most / length, torch.ones_like(length)))

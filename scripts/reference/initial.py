"""Initial weights: src/Trainer.Core/Initializers."""

import math

import numpy as np

from .randomness import INITIALIZATION, normal, uniform

# The bound of the uniform or the deviation of the normal distribution, from fan-in and fan-out.
INITIALIZERS = {
    "pytorch": ("uniform", lambda i, o: 1 / math.sqrt(i)),
    "xavier_uniform": ("uniform", lambda i, o: math.sqrt(6 / (i + o))),
    "xavier_normal": ("normal", lambda i, o: math.sqrt(2 / (i + o))),
    "he_uniform": ("uniform", lambda i, o: math.sqrt(6 / i)),
    "he_normal": ("normal", lambda i, o: math.sqrt(2 / i)),
}


def initial_parameters(sizes, init, seed):
    """W0, b0, W1, b1, ...: weights [out, in], tensor t from step t of the initialisation stream."""
    kind, scale = INITIALIZERS[init]
    parameters = []
    for inputs, outputs in zip(sizes, sizes[1:]):
        for shape in (outputs, inputs), (outputs,):
            count = math.prod(shape)
            if kind == "uniform":
                values = 2 * uniform(seed, INITIALIZATION, len(parameters), count) - 1
            else:
                values = normal(seed, INITIALIZATION, len(parameters), count)
            if len(shape) == 1 and init != "pytorch":
                values = np.zeros(count)  # only PyTorch's own start has random biases
            parameters.append((values * scale(inputs, outputs)).astype(np.float32).reshape(shape))
    return parameters

"""Initial weights: src/Trainer.Core/Initializers."""

import math

import numpy as np

from .randomness import INITIALIZATION, normal, uniform


def uniform_within(bound):
    return lambda draw, i, o: (2 * draw(uniform) - 1) * bound(i, o)


def normal_with(deviation):
    return lambda draw, i, o: draw(normal) * deviation(i, o)


# By name: the keys beside it, and the weights [out, in] as binary64 from draw(distribution), fan-in, fan-out and the keys.
INITIALIZERS = {
    "pytorch": ((), uniform_within(lambda i, o: 1 / math.sqrt(i))),
    "xavier_uniform": ((), uniform_within(lambda i, o: math.sqrt(6 / (i + o)))),
    "xavier_normal": ((), normal_with(lambda i, o: math.sqrt(2 / (i + o)))),
    "he_uniform": ((), uniform_within(lambda i, o: math.sqrt(6 / i))),
    "he_normal": ((), normal_with(lambda i, o: math.sqrt(2 / i))),
    "lecun_uniform": ((), uniform_within(lambda i, o: math.sqrt(3 / i))),
    "lecun_normal": ((), normal_with(lambda i, o: math.sqrt(1 / i))),
    "normal": (("std",), lambda draw, i, o, std: draw(normal) * std),
    "uniform": (("a", "b"), lambda draw, i, o, a, b: a + (b - a) * draw(uniform)),
    "constant": (("value",), lambda draw, i, o, value: np.full(i * o, value)),
    "zeros": ((), lambda draw, i, o: np.zeros(i * o)),
    "orthogonal": (("gain",), lambda draw, i, o, gain=1.0: gain * orthogonal(draw(normal).reshape(o, i)).reshape(-1)),
}


def initial_parameters(sizes, init, seed):
    """W0, b0, W1, b1, ...: weights [out, in], tensor t from step t of the initialisation stream; `init` has a name and its keys."""
    keys = dict(init)
    name = keys.pop("name")
    parameters = []
    for inputs, outputs in zip(sizes, sizes[1:]):
        def draw(distribution, count=inputs * outputs):
            return distribution(seed, INITIALIZATION, len(parameters), count)

        weights = INITIALIZERS[name][1](draw, inputs, outputs, **keys)
        parameters.append(weights.astype(np.float32).reshape(outputs, inputs))
        # Only PyTorch's own start has random biases.
        biases = uniform_within(lambda i, o: 1 / math.sqrt(i))(
            lambda distribution: draw(distribution, outputs), inputs, outputs) if name == "pytorch" else np.zeros(outputs)
        parameters.append(biases.astype(np.float32))
    return parameters


def orthogonal(matrix):
    """Q of the QR decomposition with a positive diagonal of R, of the transpose where that is taller: see Orthonormal.cs.

    Operation for operation as there, so that the bits are the same; torch.linalg.qr with PyTorch's signs gives the same numbers
    up to a few roundings.
    """
    if matrix.shape[0] < matrix.shape[1]:
        return orthogonal(matrix.T).T
    q = matrix.copy()
    for _ in range(2):
        for j in range(q.shape[1]):
            q[:, j] /= np.sqrt(np.cumsum(q[:, j] * q[:, j])[-1])  # cumsum adds in order, sum need not
            later = q[:, j + 1:]
            dots = np.cumsum(q[:, j, None] * later, axis=0)[-1]
            later -= q[:, j, None] * dots
    return q

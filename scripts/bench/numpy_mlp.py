"""The training with NumPy alone, as one writes it to understand it. OPENBLAS_NUM_THREADS says how many threads multiply."""

import math

from contestant import serve


def relu(z):
    return np.maximum(z, 0)


def relu_slope(a):
    return a > 0


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def sigmoid_slope(a):
    return a * (1 - a)


ACTIVATIONS = {"relu": (relu, relu_slope), "sigmoid": (sigmoid, sigmoid_slope)}


def softmax(z):
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


class Sgd:
    """Gradient descent, with momentum if there is any."""

    def __init__(self, parameters, lr, momentum=0.0):
        self.parameters, self.lr, self.momentum = parameters, lr, momentum
        self.velocities = [np.zeros_like(p) for p in parameters]

    def step(self, gradients):
        for p, g, v in zip(self.parameters, gradients, self.velocities):
            if self.momentum:
                v *= self.momentum
                v += g
                g = v
            p -= self.lr * g


class Adam:
    """Kingma and Ba's algorithm 1."""

    def __init__(self, parameters, lr, betas, eps):
        self.parameters, self.lr, self.betas, self.eps = parameters, lr, betas, eps
        self.m = [np.zeros_like(p) for p in parameters]
        self.v = [np.zeros_like(p) for p in parameters]
        self.t = 0

    def step(self, gradients):
        self.t += 1
        beta1, beta2 = self.betas
        rate = self.lr / (1 - beta1 ** self.t)
        correction = math.sqrt(1 - beta2 ** self.t)
        for p, g, m, v in zip(self.parameters, gradients, self.m, self.v):
            m *= beta1
            m += (1 - beta1) * g
            v *= beta2
            v += (1 - beta2) * g * g
            p -= rate * m / (np.sqrt(v) / correction + self.eps)


class Network:
    """A multi-layer perceptron: weights (in, out), one array a layer."""

    def __init__(self, images, case):
        self.rng = np.random.default_rng(case.seed)
        self.images, self.batch_size = images, case.batch_size
        self.f, self.slope = ACTIVATIONS[case.activation]
        sizes = case.sizes(images.train_x.shape[1], int(images.train_y.max()) + 1)
        self.weights = [self.initial((i, o), i) for i, o in zip(sizes, sizes[1:])]
        self.biases = [self.initial(o, i) for i, o in zip(sizes, sizes[1:])]
        settings = dict(case.optimizer)
        rule = {"sgd": Sgd, "adam": Adam}[settings.pop("name")]
        self.optimizer = rule(self.weights + self.biases, **settings)

    def initial(self, shape, inputs):
        bound = 1 / math.sqrt(inputs)
        return self.rng.uniform(-bound, bound, shape).astype(np.float32)

    def forward(self, x):
        """What each layer puts out, the images first; the last is before the softmax."""
        outputs = [x]
        for w, b in zip(self.weights[:-1], self.biases[:-1]):
            outputs.append(self.f(outputs[-1] @ w + b))
        outputs.append(outputs[-1] @ self.weights[-1] + self.biases[-1])
        return outputs

    def gradients(self, x, y):
        """Of the mean cross-entropy, by all weights and then all biases."""
        outputs = self.forward(x)
        dz = softmax(outputs.pop())
        dz[np.arange(len(y)), y] -= 1
        dz /= len(y)
        dw, db = [], []
        for layer in reversed(range(len(self.weights))):
            a = outputs.pop()
            dw.insert(0, a.T @ dz)
            db.insert(0, dz.sum(axis=0))
            if layer > 0:
                dz = dz @ self.weights[layer].T * self.slope(a)
        return dw + db

    def train(self, epochs):
        x, y = self.images.train_x, self.images.train_y
        for _ in range(epochs):
            order = self.rng.permutation(len(y))
            for start in range(0, len(y), self.batch_size):
                rows = order[start:start + self.batch_size]
                self.optimizer.step(self.gradients(x[rows], y[rows]))

    def predict(self, x):
        return self.forward(x)[-1].argmax(axis=1)


if __name__ == "__main__":
    try:
        import numpy as np
    except ImportError:
        pass  # said by serve
    serve("NumPy", "numpy", Network)

"""The training with PyTorch, as one writes it with the library. OPENBLAS_NUM_THREADS says how many threads OpenBLAS has,
TORCH_NUM_THREADS how many PyTorch itself has: where both have several they get in each other's way, so each way of
setting them is a contestant of its own."""

from contestant import serve, threads

try:
    import torch
    from torch import nn
except ImportError:
    torch = None  # said by serve

ACTIVATIONS = {"relu": "ReLU", "sigmoid": "Sigmoid"}


def make_network(sizes, activation):
    """Linear, activation, Linear, ..., Linear: CrossEntropyLoss has the softmax in it."""
    layers = []
    for inputs, outputs in zip(sizes, sizes[1:]):
        layers += [nn.Linear(inputs, outputs), getattr(nn, ACTIVATIONS[activation])()]
    return nn.Sequential(*layers[:-1])


def make_optimizer(network, settings):
    settings = dict(settings)
    rule = {"sgd": torch.optim.SGD, "adam": torch.optim.Adam}[settings.pop("name")]
    return rule(network.parameters(), **settings)


def train_epoch(network, optimizer, images, labels, batch_size):
    """One pass over the rows in a new random order."""
    loss_function = nn.CrossEntropyLoss()
    order = torch.randperm(len(labels))
    for rows in order.split(batch_size):
        optimizer.zero_grad(set_to_none=True)
        x, y = images.index_select(0, rows), labels.index_select(0, rows)
        loss_function(network(x), y).backward()
        optimizer.step()


class Training:
    """A network and the tensors it is trained on."""

    def __init__(self, images, case):
        torch.set_num_threads(threads("TORCH_NUM_THREADS"))
        torch.manual_seed(case.seed)
        self.images, self.labels = torch.from_numpy(images.train_x), torch.from_numpy(images.train_y)
        self.network = make_network(case.sizes(images.train_x.shape[1], int(images.train_y.max()) + 1), case.activation)
        self.optimizer = make_optimizer(self.network, case.optimizer)
        self.batch_size = case.batch_size

    def train(self, epochs):
        for _ in range(epochs):
            train_epoch(self.network, self.optimizer, self.images, self.labels, self.batch_size)

    def predict(self, x):
        with torch.no_grad():
            return self.network(torch.from_numpy(x)).argmax(dim=1).numpy()


if __name__ == "__main__":
    serve("PyTorch", "torch", Training)

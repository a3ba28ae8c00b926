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


def make_network(sizes, activation, dropout=0, batch_norm=False):
    """Linear, activation, Linear, ..., Linear: CrossEntropyLoss has the softmax in it."""
    layers = []
    for inputs, outputs in zip(sizes, sizes[1:-1]):
        layers.append(nn.Linear(inputs, outputs))
        layers += [nn.BatchNorm1d(outputs)] if batch_norm else []
        layers.append(getattr(nn, ACTIVATIONS[activation])())
        layers += [nn.Dropout(dropout)] if dropout else []
    return nn.Sequential(*layers, nn.Linear(*sizes[-2:]))


def make_optimizer(network, settings):
    settings = dict(settings)
    rule = {"sgd": torch.optim.SGD, "adam": torch.optim.Adam}[settings.pop("name")]
    return rule(network.parameters(), **settings)


def steps(network, optimizer, images, labels, batch_size):
    """One pass over the rows in a new random order; yields logits, labels and loss of each step."""
    loss_function = nn.CrossEntropyLoss()
    for rows in torch.randperm(len(labels), device=labels.device).split(batch_size):
        x, y = images.index_select(0, rows), labels.index_select(0, rows)
        optimizer.zero_grad(set_to_none=True)
        logits = network(x)
        loss = loss_function(logits, y)
        loss.backward()
        optimizer.step()
        yield logits, y, loss


class Training:
    """A network and the tensors it is trained on."""

    def __init__(self, images, case, device="cpu"):
        torch.set_num_threads(threads("TORCH_NUM_THREADS"))
        torch.manual_seed(case.seed)
        self.device = device
        self.images, self.labels = (torch.from_numpy(rows).to(device) for rows in (images.train_x, images.train_y))
        self.network = make_network(case.sizes(images.train_x.shape[1], int(images.train_y.max()) + 1), case.activation,
                                    case.dropout, case.batch_norm).to(device)
        self.optimizer = make_optimizer(self.network, case.optimizer)
        self.batch_size = case.batch_size

    def train(self, epochs):
        self.network.train()
        for _ in range(epochs):
            for _ in steps(self.network, self.optimizer, self.images, self.labels, self.batch_size):
                pass

    def predict(self, x):
        self.network.eval()
        with torch.no_grad():
            return self.network(torch.from_numpy(x).to(self.device)).argmax(dim=1).cpu().numpy()


if __name__ == "__main__":
    serve("PyTorch", "torch", Training)

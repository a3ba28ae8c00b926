"""What `trainer run configs/relu.yaml` does, as one writes it with PyTorch:

    python3 pytorch_run.py DATA OUT EPOCHS

reads the four files, trains, measures training and test rows after every epoch, and leaves metrics.csv, the weights and,
where matplotlib is installed, the curves. The threads come from the environment, as pytorch.py says.
"""

import csv
import sys
from pathlib import Path

import torch
from contestant import Case, load, slices, threads
from pytorch import make_network, make_optimizer, steps
from torch import nn

# configs/relu.yaml
RELU = Case(hidden=[128, 64], activation="relu", optimizer={"name": "sgd", "lr": 0.1}, batch_size=64, seed=1)
COLUMNS = ["epoch", "running_loss", "running_accuracy", "train_loss", "train_accuracy", "test_loss", "test_accuracy"]
MEASURED_ROWS = 2048


def train(network, optimizer, images, labels):
    """One epoch; the mean loss and the accuracy while the weights moved."""
    loss, right = torch.zeros(()), torch.zeros((), dtype=torch.long)
    for logits, y, mean in steps(network, optimizer, images, labels, RELU.batch_size):
        loss += mean.detach() * len(y)
        right += (logits.argmax(dim=1) == y).sum()
    return loss.item() / len(labels), right.item() / len(labels)


@torch.no_grad()
def measure(network, images, labels):
    """Mean loss and accuracy."""
    loss, right = 0.0, 0
    for rows in slices(len(labels), MEASURED_ROWS):
        logits = network(images[rows])
        loss += nn.functional.cross_entropy(logits, labels[rows], reduction="sum").item()
        right += (logits.argmax(dim=1) == labels[rows]).sum().item()
    return loss / len(labels), right / len(labels)


def plot(rows, path):
    """Loss and accuracy, train against test."""
    try:
        from matplotlib.figure import Figure
    except ImportError:
        return
    figure = Figure(figsize=(6, 8))
    for axes, what in zip(figure.subplots(2), ("loss", "accuracy")):
        for split in ("train", "test"):
            axes.plot([row[0] for row in rows], [row[COLUMNS.index(f"{split}_{what}")] for row in rows], label=split)
        axes.set(xlabel="epoch", ylabel=what)
        axes.legend()
    figure.savefig(path)


def run(images, out, epochs, seed):
    """Trains one network and leaves its files in `out`."""
    torch.manual_seed(seed)
    train_x, train_y, test_x, test_y = map(torch.from_numpy, (images.train_x, images.train_y, images.test_x, images.test_y))
    network = make_network(RELU.sizes(train_x.shape[1], int(train_y.max()) + 1), RELU.activation)
    optimizer = make_optimizer(network, RELU.optimizer)
    rows = []
    for epoch in range(epochs + 1):
        running = train(network, optimizer, train_x, train_y) if epoch > 0 else ("", "")
        rows.append([epoch, *running, *measure(network, train_x, train_y), *measure(network, test_x, test_y)])
        print(*rows[-1], flush=True)
        torch.save(network.state_dict(), out / "last.pt")
        with open(out / "metrics.csv", "w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows([COLUMNS, *rows])
    plot(rows, out / "curves.svg")


def main(data, out, epochs):
    torch.set_num_threads(threads("TORCH_NUM_THREADS"))
    run(load(data), out, epochs, RELU.seed)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]))

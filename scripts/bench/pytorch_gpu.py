"""The training with PyTorch on a GPU, with everything in the card's memory:

    python3 pytorch_gpu.py eager|graphs DEVICE

eager is pytorch.py on DEVICE: an operation a launch. graphs records a whole step (gathering the rows, forward, backward, update)
once as a CUDA graph and replays it: per step one copy of row numbers and one launch are left to Python. Products are in binary32,
as ours are: TF32 stays off.
"""

import sys

from contestant import serve
from pytorch import Training, make_optimizer, torch

WARM_UP_STEPS = 3


class Eager(Training):
    """An epoch ends when the card has done its work, not when the last launch is in its queue."""

    def __init__(self, images, case):
        super().__init__(images, case, DEVICE)

    def train(self, epochs):
        super().train(epochs)
        synchronize()


class Graphs(Eager):
    """A recorded step for each number of rows that a step may have: the batch's, and what is left for an epoch's last."""

    def __init__(self, images, case):
        super().__init__(images, case)
        # Adam counts its steps on the card then; the other rules know no such word and need none.
        settings = dict(case.optimizer, capturable=True) if case.optimizer["name"] == "adam" else case.optimizer
        self.optimizer = make_optimizer(self.network, settings)
        self.loss_function = torch.nn.CrossEntropyLoss()
        rows, batch = len(self.labels), min(case.batch_size, len(self.labels))
        self.graphs = {count: self.record(count) for count in {batch, rows % batch} - {0}}

    def record(self, count):
        """(Row numbers that a replay reads, the graph.)"""
        rows = torch.arange(count, device=self.device)
        # Memory, libraries and the optimizer's state have to be there before anything is recorded.
        stream = torch.cuda.Stream()
        stream.wait_stream(torch.cuda.current_stream())
        with torch.cuda.stream(stream):
            for _ in range(WARM_UP_STEPS):
                self.step(rows)
        torch.cuda.current_stream().wait_stream(stream)
        self.optimizer.zero_grad(set_to_none=True)
        graph = torch.cuda.CUDAGraph()
        with torch.cuda.graph(graph):
            self.step(rows)
        return rows, graph

    def step(self, rows):
        x, y = self.images.index_select(0, rows), self.labels.index_select(0, rows)
        self.optimizer.zero_grad(set_to_none=True)
        self.loss_function(self.network(x), y).backward()
        self.optimizer.step()

    def train(self, epochs):
        for _ in range(epochs):
            for chosen in torch.randperm(len(self.labels), device=self.device).split(self.batch_size):
                rows, graph = self.graphs[len(chosen)]
                rows.copy_(chosen)
                graph.replay()
        synchronize()


def synchronize():
    if DEVICE.startswith("cuda"):
        torch.cuda.synchronize(DEVICE)


def lacking():
    """Why this contestant cannot take part here; None if it can."""
    if DEVICE == "cpu":
        return "CUDA graph on cpu" if MODE == "graphs" else None
    if torch.version.cuda is None:
        return f"PyTorch built for CUDA (this is {torch.__version__})"
    number = torch.device(DEVICE).index or 0
    return f"{DEVICE} that PyTorch {torch.__version__} can use" if number >= torch.cuda.device_count() else None


if __name__ == "__main__":
    MODE, DEVICE = sys.argv[1:]
    if torch is not None and DEVICE.startswith("cuda") and lacking() is None:
        torch.cuda.set_device(DEVICE)
        torch.backends.cuda.matmul.allow_tf32 = False
    serve(*{"eager": ("PyTorch eager", "torch", Eager), "graphs": ("PyTorch CUDA graphs", "torch", Graphs)}[MODE], lacking)

"""What `trainer run configs/relu.yaml --seeds 1-16` does, as one writes it with PyTorch:

    python3 pytorch_sweep.py DATA OUT EPOCHS 1,2,3 PROCESSES

trains the network of pytorch_run.py with each of the seeds, one after the other or shared out among processes. Each
process reads the images once. The threads of each come from the environment, as pytorch.py says.
"""

import subprocess
import sys
from pathlib import Path

import torch
from contestant import load, threads
from pytorch_run import run


def train(data, out, epochs, seeds):
    """One network a seed, one after the other."""
    torch.set_num_threads(threads("TORCH_NUM_THREADS"))
    images = load(data)
    for seed in seeds:
        folder = out / f"s{seed}"
        folder.mkdir()
        run(images, folder, epochs, seed)


def share_out(arguments, seeds, processes):
    """This program again, once a process, each with its share of the seeds."""
    shares = [seeds[first::processes] for first in range(processes)]
    started = [subprocess.Popen([sys.executable, __file__, *arguments, ",".join(map(str, share)), "1"]) for share in shares if share]
    if any([process.wait() for process in started]):
        sys.exit(1)


if __name__ == "__main__":
    data, out, epochs, wanted, processes = sys.argv[1:]
    seeds = list(map(int, wanted.split(",")))
    if int(processes) > 1:
        share_out([data, out, epochs], seeds, int(processes))
    else:
        train(data, Path(out), int(epochs), seeds)

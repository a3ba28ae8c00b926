"""What the contestants of the benchmark share: the images in memory, and a line of JSON for every request.

`scripts/bench.sh` starts each contestant as a program of its own and asks it, a line at a time:

    {"verb": "open", "data": DIR, "case": {...}}     take the images of DIR into memory and build the network
    {"verb": "train", "epochs": N}                   train on; the answer has the seconds of the training alone
    {"verb": "evaluate"}                             measure all rows; the answer has the seconds and the test accuracy

Each request is answered by one line. The first line of all is the contestant's own: what it is, or what it misses.
"""

import importlib
import json
import os
import signal
import sys
import time
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

# Rows that are measured at a time: large enough for the libraries' matrix products, small enough for the caches.
EVALUATED_ROWS = 2048


@dataclass
class Images:
    """Pixels as byte/255, (rows, pixels), and their classes, (rows): training rows and test rows."""
    train_x: "np.ndarray"
    train_y: "np.ndarray"
    test_x: "np.ndarray"
    test_y: "np.ndarray"


@dataclass
class Case:
    """One kind of training."""
    hidden: list
    activation: str
    optimizer: dict
    batch_size: int
    seed: int
    dropout: float = 0
    batch_norm: bool = False

    def sizes(self, inputs, classes):
        return [inputs, *self.hidden, classes]


def load(folder):
    """All images of a folder of IDX files, as numbers in memory."""
    import numpy as np
    from reference.idx import IDX_FILES, read_idx

    train_x, train_y, test_x, test_y = (read_idx(Path(folder), *file)[1] for file in IDX_FILES)

    def pixels(images):
        return images.reshape(len(images), -1).astype(np.float32) / np.float32(255)

    return Images(pixels(train_x), train_y.astype(np.int64), pixels(test_x), test_y.astype(np.int64))


def slices(count, length):
    """The slices of `length` that make up `count` rows; the last may be shorter."""
    return [slice(start, min(start + length, count)) for start in range(0, count, length)]


def serve(name, library, make, lacking=lambda: None):
    """Answers requests until there are no more. `make(images, case)` gives an object with `train(epochs)` and
    `predict(pixels)`, the classes of some rows. `lacking()` says what is missing beside the library, if anything."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # who started this program ends it
    answer = sys.stdout
    sys.stdout = sys.stderr  # whatever a library prints must not be taken for an answer
    try:
        version = importlib.import_module(library).__version__
    except ImportError:
        say(answer, {"missing": library})
        return
    if lacking():
        say(answer, {"missing": lacking()})
        return
    say(answer, {"peer": name, "version": version})
    contestant, images, folder = None, None, None
    for line in sys.stdin:
        request = json.loads(line)
        if request["verb"] == "open":
            if folder != request["data"]:
                folder, images = request["data"], load(request["data"])
            contestant = make(images, Case(**request["case"]))
            say(answer, {"seconds": 0})
        elif request["verb"] == "train":
            say(answer, {"seconds": clocked(contestant.train, request["epochs"])[0]})
        else:
            say(answer, measure(contestant, images))


def measure(contestant, images):
    """The seconds that all rows take, training and test, and the test accuracy."""
    def all_rows():
        return [[contestant.predict(x[rows]) for rows in slices(len(x), EVALUATED_ROWS)]
                for x in (images.train_x, images.test_x)]

    seconds, (_, test) = clocked(all_rows)
    right = sum((classes == images.test_y[rows]).sum() for classes, rows in zip(test, slices(len(images.test_y), EVALUATED_ROWS)))
    return {"seconds": seconds, "accuracy": float(right) / len(images.test_y)}


def clocked(work, *arguments):
    """The seconds that a piece of work took, and what it gave."""
    start = time.perf_counter()
    result = work(*arguments)
    return time.perf_counter() - start, result


def say(stream, message):
    print(json.dumps(message), file=stream, flush=True)


def threads(variable):
    """The number of threads that the environment asks for."""
    return int(os.environ.get(variable) or os.cpu_count())

"""The splits made of the IDX files."""

import hashlib
import json
import os
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

from .failure import DATA, USAGE, Failure
from .idx import IDX_FILES, read_idx
from .randomness import VALIDATION_SPLIT, permutation

# SHA-256 over the contents of the four files of Fashion-MNIST, unpacked, in the order of IDX_FILES.
FASHION_MNIST_SHA256 = "14410854cf7a289477dcfc7df3f8ec24741e281cdcc425ede0d9a748ca630214"
CLASSES = 10


@dataclass
class Rows:
    """Images as byte/255, (rows, pixels), and their classes, (rows)."""
    images: torch.Tensor
    labels: torch.Tensor

    @staticmethod
    def of(pixels, labels):
        return Rows(torch.from_numpy(pixels.reshape(len(labels), -1).astype(np.float32) / np.float32(255)),
                    torch.from_numpy(labels.astype(np.int64)))

    def __getitem__(self, rows):
        return Rows(self.images[rows], self.labels[rows])

    def __len__(self):
        return len(self.labels)


def read_data(config, folder, run):
    """The training rows, the validation rows (or None) and the test rows."""
    if folder is None and config.source == "embedded":
        raise Failure(USAGE, f"{run}: trained on the embedded garments, which only our program draws; repeat a run on "
                             "Fashion-MNIST (data.source: fashion-mnist), or pass --data with the garments as IDX files")
    folder = folder or (Path(os.environ["TRAINER_DATA"]) if os.environ.get("TRAINER_DATA") else None)
    if folder is None:
        raise Failure(DATA, "where are the IDX files? pass --data DIR or set TRAINER_DATA; `trainer data` says where yours are")
    if not folder.is_dir():
        raise Failure(DATA, f"{folder}: no such folder; pass the folder of the IDX files with --data (`trainer data` names it)")
    contents, (train_images, train_labels, test_images, test_labels) = zip(*(read_idx(folder, *file) for file in IDX_FILES))
    expected = data_hash(config, run)
    if hashlib.sha256(b"".join(contents)).hexdigest() != expected:
        raise Failure(DATA, f"{folder}: not the images that {run} was trained on; pass the folder that the run used with --data")
    if len(train_images) != len(train_labels) or len(test_images) != len(test_labels):
        raise Failure(DATA, f"{folder}: the counts of images and labels differ; replace the files (`trainer data get`)")
    if len(train_images) <= config.validation or max(train_labels.max(), test_labels.max()) >= CLASSES:
        raise Failure(DATA, f"{folder}: the images do not fit the run: {len(train_images)} for training, data.validation: "
                            f"{config.validation}, labels up to {max(train_labels.max(), test_labels.max())}")
    train, test = Rows.of(train_images, train_labels), Rows.of(test_images, test_labels)
    if config.validation == 0:
        return train, None, test
    order = permutation(config.seed, VALIDATION_SPLIT, 0, len(train))
    return train[np.sort(order[config.validation:])], train[np.sort(order[:config.validation])], test


def data_hash(config, run):
    """The SHA-256 that the data must have: that of Fashion-MNIST, else what the run's manifest recorded."""
    if config.source == "fashion-mnist":
        return FASHION_MNIST_SHA256
    try:
        return json.loads((run / "manifest.json").read_text(encoding="utf-8"))["data_hash"]
    except (OSError, ValueError, LookupError, TypeError):
        raise Failure(DATA, f"{run}: has no manifest.json that tells which images it was trained on; make the run again")

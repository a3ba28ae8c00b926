"""Our files: reading and writing them."""

import csv
import json
import os

import numpy as np

from .failure import USAGE, Failure

AGAIN = "make it again with `trainer run CONFIG --trace 200 --force`"


def write(path, text):
    """Writes to a temporary name, then renames, so that nobody reads half a file."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
        temporary.write_text(text, encoding="utf-8", newline="\n")
        os.replace(temporary, path)
    except OSError as problem:
        raise Failure(USAGE, f"{path}: cannot be written ({problem.strerror}); choose another place with --out")


def read_trace(folder):
    """Initial parameters and gradient of step 1 by tensor name, and the losses of the first steps."""
    names = ("initial.safetensors", "gradient.safetensors", "steps.csv")
    if not all((folder / name).is_file() for name in names):
        raise Failure(USAGE, f"{folder}: no whole trace; make one with `trainer run CONFIG --trace 200`"
                             " (and --force if the run is done)")
    initial, first = (read_safetensors(folder / name) for name in names[:2])
    return initial, first, [row["loss"] for row in read_table(folder / names[2], loss=float)]


def read_table(path, **columns):
    """These columns of a CSV file of ours, an element a row, at least one."""
    try:
        with path.open(encoding="utf-8", newline="") as file:
            rows = [{name: kind(row[name]) for name, kind in columns.items()} for row in csv.DictReader(file)]
    except (ValueError, LookupError, TypeError):
        rows = []
    if not rows:
        raise Failure(USAGE, f"{path}: is empty, cut off or altered; {AGAIN}")
    return rows


def read_safetensors(path):
    """A safetensors file: 8 bytes with the length of a JSON header, the header, then the numbers, little-endian."""
    raw = path.read_bytes()
    start = 8 + int.from_bytes(raw[:8], "little")
    try:
        header = json.loads(raw[8:start])
        header.pop("__metadata__", None)
        return {name: np.frombuffer(raw[start:][slice(*entry["data_offsets"])], {"F32": "<f4"}[entry["dtype"]])
                .reshape(entry["shape"]) for name, entry in header.items()}
    except (ValueError, LookupError, TypeError, AttributeError):
        raise Failure(USAGE, f"{path}: not a whole safetensors file of binary32 numbers; {AGAIN}")


def paired(path, tensors, expected):
    """Each tensor of a file beside the network's tensor of that name, in network order."""
    if {name: t.shape for name, t in tensors.items()} != {name: t.shape for name, t in expected.items()}:
        raise Failure(USAGE, f"{path}: holds another network than the run's config.yaml; {AGAIN}")
    return [(tensors[name], expected[name]) for name in expected]

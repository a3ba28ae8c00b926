"""The IDX files that the images come in; needs nothing but numpy."""

import gzip
import math
import zlib

import numpy as np

from .failure import DATA, Failure

IDX_FILES = (("train-images-idx3-ubyte", 3), ("train-labels-idx1-ubyte", 1),
             ("t10k-images-idx3-ubyte", 3), ("t10k-labels-idx1-ubyte", 1))


def read_idx(folder, name, dimensions):
    """The contents of an IDX file of bytes, packed by gzip or not, and the array in it."""
    path = next((p for p in (folder / name, folder / f"{name}.gz") if p.is_file()), None)
    if path is None:
        raise Failure(DATA, f"{folder}: has neither {name} nor {name}.gz; `trainer data` says where yours are")
    try:
        contents = path.read_bytes()
        if contents[:2] == b"\x1f\x8b":
            contents = gzip.decompress(contents)
    except (OSError, EOFError, zlib.error) as problem:
        raise Failure(DATA, f"{path}: cannot be read ({problem}); replace it by an intact copy (`trainer data get`)")
    header = 4 + 4 * dimensions
    shape = [int.from_bytes(contents[k:k + 4], "big") for k in range(4, header, 4)]
    if contents[:4] != bytes([0, 0, 8, dimensions]) or len(contents) != header + math.prod(shape):
        raise Failure(DATA, f"{path}: not a whole IDX file of {dimensions} dimensions; replace it (`trainer data get`)")
    return contents, np.frombuffer(contents, np.uint8, offset=header).reshape(shape)

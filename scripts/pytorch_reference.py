#!/usr/bin/env python3
"""Repeats a run of `trainer` with PyTorch: same initial weights, same batches, the library's own mathematics.

    python3 scripts/pytorch_reference.py RUN            train, and write metrics.csv beside our run
    python3 scripts/pytorch_reference.py RUN --check    first compare with the run's trace, then train
    python3 scripts/pytorch_reference.py RUN --check --steps 200    compare only

RUN is a run folder, results/<name>/<hash>-s<seed>. What is compared with --check comes from
`trainer run CONFIG --trace 200`. The results go to RUN-pytorch (or --out) in the form of our own, so that
`trainer plot` draws them too. The data are the IDX files in --data or TRAINER_DATA.

Needs Python 3.10, PyTorch, numpy and PyYAML; the parts are in scripts/reference: read network.py first, then training.py.
Exit codes: 0 ok, 2 usage or config, 3 data, 5 diverged, 6 a check failed, 1 anything else.
"""

import argparse
import os
import re
import sys
from dataclasses import replace
from pathlib import Path

# PyTorch has a pool of threads, and OpenBLAS below it (Debian) another: with two threads in each an epoch of relu.yaml
# took 3.7 to 5.9 s on two cores, with one in each 0.6 s. OpenBLAS reads this when it is loaded, so it comes first.
os.environ["OPENBLAS_NUM_THREADS"] = "1"

try:
    import torch

    from reference.activations import golden_activations_text
    from reference.check import TRACED_STEPS, check
    from reference.config import read_config
    from reference.data import read_data
    from reference.failure import USAGE, Failure
    from reference.features import golden_features_text
    from reference.files import write
    from reference.golden import golden_text
    from reference.initial import initial_parameters
    from reference.network import make_network
    from reference.optimizers import golden_optimizers_text
    from reference.run import repeat_run
except ModuleNotFoundError as missing:
    if missing.name.startswith("reference"):
        print(f"{__file__}: the folder 'reference' is not beside it; run it where it is, in scripts", file=sys.stderr)
    else:
        print(f"Python's '{missing.name}' is not installed; on Debian: sudo apt install python3-torch python3-yaml; "
              "elsewhere: pip install torch numpy pyyaml", file=sys.stderr)
    sys.exit(2)


class Parser(argparse.ArgumentParser):
    """Says what is wrong with the arguments in one line."""

    def error(self, message):
        raise Failure(USAGE, f"{message}; see --help")


def at_least(minimum):
    def whole_number(text):
        if not text.isascii() or not text.isdigit() or int(text) < minimum:
            raise argparse.ArgumentTypeError(f"'{text}' is not a whole number of at least {minimum}")
        return int(text)
    return whole_number


def parse(arguments):
    parser = Parser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("run", metavar="RUN", type=Path, nargs="?", help="folder of a run of ours")
    parser.add_argument("--check", action="store_true", help="compare with the run's trace before training")
    parser.add_argument("--steps", metavar="N", type=at_least(1), help="with --check: compare at most N steps, train no further")
    parser.add_argument("--accept-corners", action="store_true",
                        help="with --check: accept what only rounding at ReLU's corner has parted (reference/corners.py)")
    parser.add_argument("--data", metavar="DIR", type=Path, help="folder of the IDX files (default: TRAINER_DATA)")
    parser.add_argument("--out", metavar="FOLDER", type=Path, help="where the results go (default: RUN-pytorch)")
    parser.add_argument("--epochs", metavar="N", type=at_least(0), help="instead of the run's own number")
    parser.add_argument("--threads", metavar="N", type=at_least(1), default=1, help="PyTorch's threads (default: 1, the fastest)")
    parser.add_argument("--golden", metavar="FILE", type=Path, help="write the golden file of the tests, without a run")
    parser.add_argument("--golden-activations", metavar="FILE", type=Path, help="write the golden file of the activations")
    parser.add_argument("--golden-optimizers", metavar="FILE", type=Path, help="write the golden file of the optimizers")
    parser.add_argument("--golden-features", metavar="FILE", type=Path, help="write the golden file of everything else in training")
    options = parser.parse_args(arguments)
    options.goldens = [(options.golden, golden_text), (options.golden_activations, golden_activations_text),
                       (options.golden_optimizers, golden_optimizers_text), (options.golden_features, golden_features_text)]
    if [options.run, *(path for path, _ in options.goldens)].count(None) != len(options.goldens):
        parser.error("pass the folder of a run, results/<name>/<hash>-s<seed>, or one of --golden FILE, --golden-activations FILE, "
                     "--golden-optimizers FILE and --golden-features FILE")
    if (options.steps or options.accept_corners) and not options.check:
        parser.error("--steps and --accept-corners go with --check")
    return options


def main(arguments=None):
    options = parse(arguments)
    torch.set_num_threads(options.threads)
    for path, text in options.goldens:
        if path is not None:
            write(path, text())
            return
    run = options.run.resolve()
    out = (options.out or run.with_name(f"{run.name}-pytorch")).resolve()
    if out == run:
        raise Failure(USAGE, f"--out {options.out}: is the run itself, whose metrics.csv would be lost; choose another folder")
    config = read_config(run)
    if options.epochs is not None:
        config = replace(config, epochs=options.epochs)
    splits = read_data(config, options.data, run)
    sizes = config.sizes(splits[0].images.shape[1])
    parameters = initial_parameters(sizes, config.init, config.seed)

    def fresh_network():
        return make_network(sizes, config.activations, parameters, config.batch_norm, config.recipe.dropout > 0)

    if options.check:
        check(config, splits, fresh_network, run, options.steps or TRACED_STEPS, options.accept_corners)
    if options.steps is None:
        # The copy tells the truth about the epochs, and who trained.
        text = re.sub(r"(?m)^epochs:.*$", f"epochs: {config.epochs}", (run / "config.yaml").read_text(encoding="utf-8"))
        write(out / "config.yaml", f"# repeated with PyTorch {torch.__version__} by scripts/pytorch_reference.py\n{text}")
        repeat_run(config, splits, fresh_network(), out)
        print(f"written to {out}")


if __name__ == "__main__":
    try:
        main()
    except Failure as failure:
        print(failure, file=sys.stderr)
        sys.exit(failure.code)
    except KeyboardInterrupt:
        print("interrupted; the epochs written so far are whole", file=sys.stderr)
        sys.exit(130)
    except OSError as problem:
        print(f"{problem.filename}: {problem.strerror}", file=sys.stderr)
        sys.exit(1)

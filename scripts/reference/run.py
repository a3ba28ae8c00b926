"""A whole run, recorded as our program records it."""

import time

from .files import write
from .network import digest, evaluate, stored_numbers
from .randomness import SHUFFLE, permutation
from .training import Training

COLUMNS = ("epoch,step,lr,running_loss,running_accuracy,train_loss,train_accuracy,"
           "val_loss,val_accuracy,test_loss,test_accuracy,digest")
NOTHING = (None, None)


def repeat_run(config, splits, network, out):
    """Trains to the end; metrics.csv is whole after every epoch."""
    rows = splits[0]
    training = Training(network, config.recipe)
    rates = config.rates(len(rows))
    lines, step = [COLUMNS], 0
    for epoch in range(config.epochs + 1):
        start = time.perf_counter()
        lr, running = None, NOTHING
        if epoch > 0:
            order = permutation(config.seed, SHUFFLE, epoch, len(rows))
            steps = list(training.epoch(rows, order, epoch, config.batch_size, rates[step:]))
            step += len(steps)
            lr = rates[step - 1]
            running = sum(n * loss for n, loss, _ in steps) / len(rows), sum(right for *_, right in steps) / len(rows)
        seconds = time.perf_counter() - start
        measured = [evaluate(training.measured, split, config.recipe.loss) if wanted else NOTHING for split, wanted in zip(
            splits, (config.evaluate_train, splits[1] is not None, True))]
        fields = [epoch, step, lr, *running, *(value for pair in measured for value in pair)]
        lines.append(",".join([*map(digits, fields), digest(stored_numbers(training.measured).values())[:16]]))
        write(out / "metrics.csv", "\n".join(lines) + "\n")
        print_epoch(epoch, config.epochs, running, measured, seconds)


def digits(number):
    """The shortest digits that read back to the same number, as .NET writes them; nothing for what was not measured."""
    if number is None:
        return ""
    mantissa, e, exponent = repr(number).partition("e")
    return mantissa.removesuffix(".0") + (f"E{exponent}" if e else "")


def print_epoch(epoch, epochs, running, measured, seconds):
    names = ("running", "train", "val", "test")
    figures = [f"{name} {loss:.4f} {accuracy:7.2%}" for name, (loss, accuracy) in zip(names, (running, *measured))
               if loss is not None]
    print(f"epoch {epoch:{len(str(epochs))}}/{epochs}  {'   '.join(figures)}   {seconds:.1f} s", flush=True)

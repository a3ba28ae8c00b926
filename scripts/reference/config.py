"""The config.yaml of a run."""

from dataclasses import dataclass

import yaml

from .activations import ACTIVATIONS, SETTINGS
from .data import CLASSES
from .failure import USAGE, Failure
from .initial import INITIALIZERS
from .optimizers import OPTIMIZERS, OPTIONAL
from .schedule import NAME_ALONE, SCHEDULES, WARMUP, learning_rates

SECTIONS = {
    "": {"name", "model", "optimizer", "batch_size", "epochs", "seed", "data", "device", "evaluate_train"},
    "model": {"hidden", "activation", "init"},
    "data": {"source", "validation"},
}


@dataclass
class Config:
    hidden: list
    activation: "str | dict"
    init: dict
    optimizer: dict
    schedule: dict
    batch_size: int
    epochs: int
    seed: int
    source: str
    validation: int
    evaluate_train: bool

    def sizes(self, inputs):
        return [inputs, *self.hidden, CLASSES]

    def rates(self, rows):
        """The learning rate of every step."""
        return learning_rates(self.schedule, self.optimizer["lr"], -(-rows // self.batch_size), self.epochs)


def read_config(run):
    """The config.yaml of a run. Every key is written out, but for `schedule` while it is constant: one that this script does not
    know would change numbers."""
    path = run / "config.yaml"
    if run.is_file():
        raise Failure(USAGE, f"{run}: is a file; pass the folder of a run, results/<name>/<hash>-s<seed>")
    if not path.is_file():
        raise Failure(USAGE, f"{run}: no run folder (it has no config.yaml); make one with `trainer run CONFIG --trace 200`")
    try:
        tree = yaml.safe_load(path.read_text(encoding="utf-8"))
        model, data, optimizer = (section(path, tree, name) for name in ("model", "data", "optimizer"))
        return Config(
            hidden=[int(width) for width in model["hidden"]],
            activation=activation(path, model["activation"]),
            init=read_init(path, model["init"]),
            # YAML 1.1, which PyYAML reads, takes 1e-08 for text: hence float().
            optimizer={key: [float(b) for b in value] if key == "betas" else value if key == "name" or isinstance(value, bool)
                       else float(value) for key, value in optimizer.items()},
            schedule=read_schedule(path, tree.get("schedule", "constant")),
            batch_size=int(tree["batch_size"]), epochs=int(tree["epochs"]), seed=int(tree["seed"]),
            source=one_of(path, "data.source", data["source"], ("fashion-mnist", "embedded")),
            validation=int(data["validation"]), evaluate_train=bool(tree["evaluate_train"]))
    except (OSError, yaml.YAMLError, TypeError, ValueError) as problem:
        raise Failure(USAGE, f"{path}: cannot be read: {' '.join(str(problem).split())}; pass a folder that `trainer run` wrote")


def read_init(path, init):
    """The initialiser's name and keys; its name alone stands for the defaults."""
    if not isinstance(init, dict):
        return {"name": one_of(path, "model.init", init, INITIALIZERS)}
    name = one_of(path, "model.init.name", init.get("name"), INITIALIZERS)
    check_keys(path, init, "model.init.", {"name", *INITIALIZERS[name][0]})
    return {key: value if key == "name" else float(value) for key, value in init.items()}


def read_schedule(path, schedule):
    """The schedule's name and keys."""
    if not isinstance(schedule, dict):
        one_of(path, "schedule", schedule, [name for name in SCHEDULES if name in NAME_ALONE])
        return {**NAME_ALONE[schedule], "name": schedule, "warmup": None}
    name = one_of(path, "schedule.name", schedule.get("name"), SCHEDULES)
    check_keys(path, schedule, "schedule.", {"name", "warmup"} | SCHEDULES[name])
    if schedule["warmup"] is not None:
        check_keys(path, schedule["warmup"], "schedule.warmup.", WARMUP)
    return schedule


def section(path, tree, name):
    """One mapping of the configuration, after checking that the keys at its level are exactly those we know."""
    check_keys(path, tree, "", SECTIONS[""] | ({"schedule"} & set(tree)))
    if name != "optimizer":
        return check_keys(path, tree[name], f"{name}.", SECTIONS[name])
    kind = tree[name].get("name") if isinstance(tree[name], dict) else tree[name]
    keys = OPTIMIZERS[one_of(path, "optimizer.name", kind, OPTIMIZERS)][1]
    return check_keys(path, tree[name], f"{name}.", {"name", "lr"} | keys | (OPTIONAL.get(kind, set()) & set(tree[name])))


def activation(path, settings):
    """The activation: a name alone stands for all its defaults."""
    if not isinstance(settings, dict):
        return one_of(path, "model.activation", settings, ACTIVATIONS)
    name = one_of(path, "model.activation.name", settings.get("name"), ACTIVATIONS)
    return check_keys(path, settings, "model.activation.", {"name"} | SETTINGS.get(name, set()))


def check_keys(path, mapping, prefix, known):
    if not isinstance(mapping, dict):
        raise Failure(USAGE, f"{path}: {prefix.rstrip('.') or 'it'} is no mapping; pass a folder that `trainer run` wrote")
    for key in sorted(known ^ set(mapping), key=str):
        problem = "is missing" if key in known else "is not known to this script"
        raise Failure(USAGE, f"{path}: {prefix}{key} {problem}; pass the folder of a run that this version made")
    return mapping


def one_of(path, key, value, known):
    if value not in known:
        raise Failure(USAGE, f"{path}: {key}: '{value}' is not known to this script; known: {', '.join(known)}")
    return value

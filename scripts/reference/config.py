"""The config.yaml of a run."""

from dataclasses import dataclass

import yaml

from .activations import ACTIVATIONS, SETTINGS
from .data import CLASSES
from .failure import USAGE, Failure
from .initial import INITIALIZERS
from .optimizers import OPTIMIZERS, OPTIONAL
from .schedule import NAME_ALONE, SCHEDULES, WARMUP, learning_rates
from .training import NO_REGULARIZATION, Recipe

SECTIONS = {
    "": {"name", "model", "optimizer", "batch_size", "epochs", "seed", "data", "device", "evaluate_train"},
    "model": {"hidden", "activation", "init"},
    "data": {"source", "validation"},
}
# Keys that a configuration has only where they are not at their default; micro_batch and diagnostics change no number.
ADDED_LATER = {
    "": {"schedule", "loss", "regularization", "clipping", "ema", "micro_batch", "diagnostics", "input_noise"},
    "model": {"activations", "normalization", "dropout"},
}


@dataclass
class Config:
    hidden: list
    activations: list
    batch_norm: "dict | None"
    init: dict
    recipe: Recipe
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
        return learning_rates(self.schedule, self.recipe.optimizer["lr"], -(-rows // self.batch_size), self.epochs)


def read_config(run):
    """The config.yaml of a run. Every key is written out, but for those of ADDED_LATER while they are at their default: one that
    this script does not know would change numbers."""
    path = run / "config.yaml"
    if run.is_file():
        raise Failure(USAGE, f"{run}: is a file; pass the folder of a run, results/<name>/<hash>-s<seed>")
    if not path.is_file():
        raise Failure(USAGE, f"{run}: no run folder (it has no config.yaml); make one with `trainer run CONFIG --trace 200`")
    try:
        tree = yaml.safe_load(path.read_text(encoding="utf-8"))
        model, data, optimizer = (section(path, tree, name) for name in ("model", "data", "optimizer"))
        return Config(
            hidden=[int(width) for width in model["hidden"]], activations=activations(path, model),
            batch_norm=read_normalization(path, model.get("normalization", "none")),
            init=read_init(path, model["init"]), recipe=read_recipe(path, tree, model, optimizer),
            schedule=read_schedule(path, tree.get("schedule", "constant")),
            batch_size=int(tree["batch_size"]), epochs=int(tree["epochs"]), seed=int(tree["seed"]),
            source=one_of(path, "data.source", data["source"], ("fashion-mnist", "embedded")),
            validation=int(data["validation"]), evaluate_train=bool(tree["evaluate_train"]))
    except (OSError, yaml.YAMLError, TypeError, ValueError) as problem:
        raise Failure(USAGE, f"{path}: cannot be read: {' '.join(str(problem).split())}; pass a folder that `trainer run` wrote")


def read_recipe(path, tree, model, optimizer):
    """What decides a step."""
    def settings(key, keys):
        return check_keys(path, tree[key], f"{key}.", keys) if tree.get(key) is not None else {}

    # YAML 1.1, which PyYAML reads, takes 1e-08 for text: hence float().
    return Recipe(
        optimizer={key: [float(b) for b in value] if key == "betas" else value if key == "name" or isinstance(value, bool)
                   else float(value) for key, value in optimizer.items()},
        seed=int(tree["seed"]), loss=read_loss(path, tree.get("loss", "cross_entropy")),
        regularization={key: value if isinstance(value, bool) or value is None else float(value) for key, value in (
            settings("regularization", set(NO_REGULARIZATION)) or NO_REGULARIZATION).items()},
        clipping={key: optional_float(value) for key, value in settings("clipping", {"norm", "value"}).items()},
        ema=optional_float(settings("ema", {"decay"}).get("decay")),
        dropout=float(model.get("dropout", 0)), input_noise=float(settings("input_noise", {"std"}).get("std", 0)))


def optional_float(value):
    return None if value is None else float(value)


def read_loss(path, loss):
    """The loss's name and keys."""
    if not isinstance(loss, dict):
        loss = {"name": loss, **({"label_smoothing": 0} if loss == "cross_entropy" else {})}
    name = one_of(path, "loss.name", loss.get("name"), ("cross_entropy", "mse"))
    check_keys(path, loss, "loss.", {"name", "label_smoothing"} if name == "cross_entropy" else {"name"})
    return {key: value if key == "name" else float(value) for key, value in loss.items()}


def read_normalization(path, normalization):
    """The settings of PyTorch's BatchNorm1d, whose names and defaults are ours; None for no normalisation."""
    if not isinstance(normalization, dict):
        name = one_of(path, "model.normalization", normalization, ("none", "batch_norm"))
        return None if name == "none" else {"momentum": 0.1, "eps": 1e-5}
    one_of(path, "model.normalization.name", normalization.get("name"), ("batch_norm",))
    check_keys(path, normalization, "model.normalization.", {"name", "momentum", "eps"})
    return {key: float(normalization[key]) for key in ("momentum", "eps")}


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
    check_keys(path, tree, "", SECTIONS[""], ADDED_LATER[""])
    if name != "optimizer":
        return check_keys(path, tree[name], f"{name}.", SECTIONS[name], ADDED_LATER.get(name, ()))
    kind = tree[name].get("name") if isinstance(tree[name], dict) else tree[name]
    keys = OPTIMIZERS[one_of(path, "optimizer.name", kind, OPTIMIZERS)][1]
    return check_keys(path, tree[name], f"{name}.", {"name", "lr"} | keys, OPTIONAL.get(kind, ()))


def activations(path, model):
    """The activation behind each hidden layer."""
    each = model.get("activations")
    if each is None:
        return [read_activation(path, "model.activation", model["activation"])] * len(model["hidden"])
    return [read_activation(path, f"model.activations[{k}]", settings) for k, settings in enumerate(each)]


def read_activation(path, key, settings):
    """One activation: a name alone stands for all its defaults."""
    if not isinstance(settings, dict):
        return one_of(path, key, settings, ACTIVATIONS)
    name = one_of(path, f"{key}.name", settings.get("name"), ACTIVATIONS)
    return check_keys(path, settings, f"{key}.", {"name"} | SETTINGS.get(name, set()))


def check_keys(path, mapping, prefix, known, optional=()):
    if not isinstance(mapping, dict):
        raise Failure(USAGE, f"{path}: {prefix.rstrip('.') or 'it'} is no mapping; pass a folder that `trainer run` wrote")
    for key in sorted(known - set(mapping), key=str):
        raise Failure(USAGE, f"{path}: {prefix}{key} is missing; pass the folder of a run that this version made")
    for key in sorted(set(mapping) - known - set(optional), key=str):
        raise Failure(USAGE, f"{path}: {prefix}{key} is not repeated by this script, and may not be ignored; pass a run without it")
    return mapping


def one_of(path, key, value, known):
    if value not in known:
        raise Failure(USAGE, f"{path}: {key}: '{value}' is not known to this script; known: {', '.join(known)}")
    return value

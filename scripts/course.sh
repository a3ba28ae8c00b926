#!/usr/bin/env bash
# Runs the course's configurations with seeds 1 to 5, two of them with PyTorch as well, and gathers the last epochs in
# docs/course.csv (the README's table) and docs/relu-seeds.csv (relu.yaml, seeds 1 to 12, here and with PyTorch). The
# README is checked against both. Runs that are done are skipped. About ten minutes on two cores.
set -euo pipefail
cd "$(dirname "$0")/.."
python3 -c 'import torch' || {
    echo "python3-torch is needed for the rows of PyTorch" >&2
    exit 1
}
dotnet build src/Trainer -c Release
header="name,seed,epoch,train_loss,train_accuracy,test_loss,test_accuracy,digest"

ours() { # NAME SEED
    run=$(dotnet src/Trainer/bin/Release/net10.0/trainer.dll run "configs/$1.yaml" --seed "$2" \
        --set data.source=fashion-mnist --json | tail -n 1 | sed -E 's/.*"folder":"([^"]*)".*/\1/')
    row "$1" "$2" "$run"
}

theirs() { # NAME SEED, after ours
    [ "$(wc -l <"$run-pytorch/metrics.csv" 2>/dev/null || echo 0)" -eq 22 ] || python3 scripts/pytorch_reference.py "$run" >&2
    row "$1-pytorch" "$2" "$run-pytorch"
}

row() { # NAME SEED RUN
    tail -n 1 "$3/metrics.csv" | cut -d, -f1,6,7,10,11,12 | sed "s/^/$1,$2,/"
}

{
    echo "$header"
    for name in sigmoid relu momentum three-hidden adam relu-momentum; do
        for seed in 1 2 3 4 5; do ours "$name" "$seed"; done
    done
    for seed in 1 2 3 4 5; do
        ours sigmoid "$seed" >/dev/null
        theirs sigmoid "$seed"
    done
} >docs/course.csv.new
{
    echo "$header"
    for seed in 1 2 3 4 5 6 7 8 9 10 11 12; do
        ours relu "$seed"
        theirs relu "$seed"
    done
} >docs/relu-seeds.csv.new
mv docs/course.csv.new docs/course.csv
mv docs/relu-seeds.csv.new docs/relu-seeds.csv

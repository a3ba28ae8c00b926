#!/usr/bin/env bash
# Runs the course's configurations with seeds 1 to 5, the first of them with PyTorch as well, and gathers the last epochs
# in docs/course.csv, which the README's table is checked against. Runs that are done are skipped. About ten minutes on
# two cores; without python3-torch the rows of PyTorch are left out, and the script says so.
set -euo pipefail
cd "$(dirname "$0")/.."
dotnet build src/Trainer -c Release
out=docs/course.csv

row() { # NAME SEED RUN
    tail -n 1 "$3/metrics.csv" | cut -d, -f1,6,7,10,11,12 | sed "s/^/$1,$2,/" >>"$out.new"
}

echo "name,seed,epoch,train_loss,train_accuracy,test_loss,test_accuracy,digest" >"$out.new"
for name in sigmoid relu momentum three-hidden adam relu-momentum; do
    for seed in 1 2 3 4 5; do
        run=$(dotnet src/Trainer/bin/Release/net10.0/trainer.dll run "configs/$name.yaml" --seed "$seed" \
            --set data.source=fashion-mnist --json | tail -n 1 | sed -E 's/.*"folder":"([^"]*)".*/\1/')
        row "$name" "$seed" "$run"
    done
done
if python3 -c 'import torch' 2>/dev/null; then
    for run in results/sigmoid/*-s[1-5]; do
        [ "$(wc -l <"$run-pytorch/metrics.csv" 2>/dev/null || echo 0)" -eq 22 ] || python3 scripts/pytorch_reference.py "$run"
        row sigmoid-pytorch "${run##*-s}" "$run-pytorch"
    done
else
    echo "no python3-torch: the rows of PyTorch are left out" >&2
fi
mv "$out.new" "$out"

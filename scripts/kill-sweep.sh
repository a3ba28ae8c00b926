#!/usr/bin/env bash
# Kills sweeps (SIGKILL) at random moments and starts them again, N times (20 unless given): half of the times one of equal cells, half
# of the times one that is halved. Then each has to end with the index, the metrics and the pictures of a sweep that was left alone, and
# nothing that was done may have been run twice.
# scripts/kill-sweep.sh [N]   the built trainer.dll has to be there (dotnet build src/Trainer -c Release)
set -euo pipefail
cd "$(dirname "$0")/.."
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
kills=${1:-20}
program=$PWD/src/Trainer/bin/Release/net10.0/trainer.dll
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cat >"$work/base.yaml" <<'YAML'
name: base
model: {hidden: [32], activation: relu}
optimizer: {name: sgd, lr: 0.1}
epochs: 3
evaluate_train: false
data: {source: embedded}
YAML
# Some cells diverge: those are left alone like the ones that are done.
cat >"$work/equal.yaml" <<'YAML'
name: equal
base: base.yaml
grid: {optimizer.lr: [0.05, 0.1, 1.0e+20], batch_size: [64, 128, 256]}
seeds: 1-4
YAML
cat >"$work/halved.yaml" <<'YAML'
name: halved
base: base.yaml
set: {data.validation: 500}
grid: {optimizer.lr: [0.05, 0.1, 1.0e+20], batch_size: [64, 128, 256]}
seeds: 1-2
halving: {rungs: [1, 2, 5]}
YAML
sweep() { dotnet "$program" sweep "$work/$1.yaml" --out "$work/$2" >"$work/$2.log" 2>&1; }
finished() { grep -lE '"state": "(completed|diverged)"' "$work/$1"/base/*/status.json 2>/dev/null || true; }
bytes() { (cd "$work/$1" && find . \( -name 'metrics.csv' -o -name 'summary.json' -o -name 'curves.svg' -o -name 'index.csv' \) -type f -print0 | sort -z | xargs -0 sha256sum); }

# kill_and_compare SWEEP KILLS
kill_and_compare() {
    local name=$1 kills=$2 alone=$1-alone hit=$1-killed
    local start took status=0 killed=0 pid state run sum cells
    start=$(date +%s%N)
    sweep "$name" "$alone" || status=$?
    took=$((($(date +%s%N) - start) / 1000000))
    [ "$status" -eq 5 ] || { cat "$work/$alone.log"; exit 1; }
    cells=$(finished "$alone" | wc -l)

    local -A manifests=()
    while [ "$killed" -lt "$kills" ]; do
        dotnet "$program" sweep "$work/$name.yaml" --out "$work/$hit" >"$work/$hit.log" 2>&1 &
        pid=$!
        # Anywhere from its start to a fifth of the whole sweep later.
        sleep "$(printf '0.%03d' $((RANDOM % 1000)))"
        sleep "$(awk -v ms="$took" -v r="$RANDOM" 'BEGIN { printf "%.3f", ms / 5000 * r / 32768 }')"
        if kill -KILL "$pid" 2>/dev/null; then
            killed=$((killed + 1))
        fi
        wait "$pid" 2>/dev/null || true
        for state in $(finished "$hit"); do
            run=$(dirname "$state")
            sum=$(sha256sum <"$run/manifest.json")
            if [ "${manifests[$run]:-$sum}" != "$sum" ]; then
                echo "run twice: $run" >&2
                exit 1
            fi
            manifests[$run]=$sum
        done
        # All is done: the rest of the kills begin anew.
        if [ "$(finished "$hit" | wc -l)" -eq "$cells" ] && [ "$killed" -lt "$kills" ]; then
            rm -rf "${work:?}/$hit"
            manifests=()
        fi
    done
    status=0
    sweep "$name" "$hit" || status=$?
    [ "$status" -eq 5 ] || { cat "$work/$hit.log"; exit 1; }
    for run in "${!manifests[@]}"; do
        [ "${manifests[$run]}" = "$(sha256sum <"$run/manifest.json")" ] || { echo "run twice: $run" >&2; exit 1; }
    done
    diff <(bytes "$alone") <(bytes "$hit")
    echo "$name: killed $killed times: the index and $(bytes "$hit" | wc -l) files are those of a sweep left alone (which took $took ms)"
}

kill_and_compare equal $((kills - kills / 2))
kill_and_compare halved $((kills / 2))

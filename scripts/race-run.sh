#!/usr/bin/env bash
# Starts the same run twice at the same moment, N times (100 unless given). Each time exactly one process may train; the other has to
# refuse, and to name the first. Where it comes when the first is done already it has to find that so; nine of ten have to be in time.
# The metrics and the summary have to be those of a run that had the folder for itself.
# scripts/race-run.sh [N]   the built trainer.dll has to be there (dotnet build src/Trainer -c Release)
# Where TRAINER_DATA leads to the files of Fashion-MNIST 100 times take about a minute, and on the embedded garments, which each process
# draws for itself, three.
set -euo pipefail
cd "$(dirname "$0")/.."
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
rounds=${1:-100}
program=$PWD/src/Trainer/bin/Release/net10.0/trainer.dll
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cat >"$work/race.yaml" <<YAML
name: race
model: {hidden: [16], activation: relu}
optimizer: {name: sgd, lr: 0.1}
epochs: 2
evaluate_train: false
data: {source: $([ -n "${TRAINER_DATA:-}" ] && echo fashion-mnist || echo embedded)}
YAML
run() { exec dotnet "$program" run "$work/race.yaml" --threads 1 --out "$work/$1"; }
bytes() { (cd "$work/$1"/race/* && sha256sum metrics.csv summary.json); }
broken() {
    echo "round $round: $1; the processes ended with ${status[*]}" >&2
    head -n 100 "$work"/log-* >&2
    exit 1
}

(run alone) >/dev/null
alone=$(bytes alone)
refused=0
named=0
late=0
for round in $(seq "$rounds"); do
    pids=()
    for k in 0 1; do
        run both >"$work/log-$k" 2>&1 &
        pids+=($!)
    done
    status=()
    for k in 0 1; do
        code=0
        wait "${pids[$k]}" || code=$?
        status+=("$code")
    done
    case "${status[*]}" in
        "0 1") second=1 ;;
        "1 0") second=0 ;;
        "0 0") second=$(grep -q ': already done' "$work/log-0" && echo 0 || echo 1) ;;
        *) broken "not one of them trained alone" ;;
    esac
    if [ "${status[$second]}" -eq 1 ]; then
        grep -q ': another process is at work in it.*; wait for it, or choose another --out$' "$work/log-$second" || broken "no line says why"
        refused=$((refused + 1))
        grep -q "(process ${pids[1 - second]} on " "$work/log-$second" && named=$((named + 1))
    else
        grep -q ': already done' "$work/log-$second" || broken "both trained"
        late=$((late + 1))
    fi
    grep -q ': already done' "$work/log-$((1 - second))" && broken "nobody trained"
    [ "$(bytes both)" = "$alone" ] || broken "the files are not those of a run alone"
    [ -z "$(find "$work/both" -name '.*.tmp')" ] || broken "something is left over"
    rm -rf "${work:?}/both"
done
echo "$rounds times two processes on one run: one trained each time; the other was refused $refused times ($named times it named the first), and came too late $late times"
[ "$((refused * 10))" -ge "$((rounds * 9))" ] || { echo "too few were at work at the same time" >&2; exit 1; }

#!/usr/bin/env bash
# A sweep of N tiny cells (10,000 unless given; a multiple of 100) through the fake programs of SLURM, its tasks run by their stand-in for
# the nodes: what 'submit', 'status' and 'collect' say has to be right, their times (median of five) and the files left are printed.
# 10,000 cells take some three minutes on 2 cores that do nothing else.
# scripts/cluster-scale.sh [N]   the built trainer.dll has to be there (dotnet build src/Trainer -c Release)
set -euo pipefail
cd "$(dirname "$0")/.."
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
cells=${1:-10000}
each=100
if [ $((cells % each)) -ne 0 ] || [ "$cells" -lt "$each" ]; then
    echo "$0: $cells is no multiple of $each" >&2
    exit 2
fi
program=$PWD/src/Trainer/bin/Release/net10.0/trainer.dll
fakes=$PWD/tests/fake-slurm
# Half a gigabyte in small files: in memory where there is room.
room=$(df -k --output=avail /dev/shm 2>/dev/null | tail -n 1)
place=${TMPDIR:-/tmp}
[ "${room:-0}" -lt 4000000 ] || place=/dev/shm
work=$(mktemp -d -p "$place")
trap 'rm -rf "$work"' EXIT
export PATH=$fakes:$PATH FAKE_SLURM=$work/fake
cat >"$work/base.yaml" <<'YAML'
name: base
model: {hidden: [1], activation: relu}
optimizer: {name: sgd, lr: 0.1}
epochs: 0
evaluate_train: false
YAML
cat >"$work/scale.yaml" <<YAML
name: scale
base: base.yaml
grid: {optimizer.lr: [0.01, 0.02, 0.05, 0.1, 0.2], batch_size: [32, 64]}
seeds: 1-$((cells / 10))
cluster: {cells_per_task: $each}
YAML
sweep=$work/results/sweeps/scale
fail() {
    echo "$0: $1" >&2
    exit 1
}
trainer() { dotnet "$program" "$@" --out "$work/results"; }

# has FILE HOW_MANY PATTERN: so many lines of the file have the pattern
has() {
    local count
    count=$(grep -c "$3" "$1" || true)
    [ "$count" -eq "$2" ] || fail "$1 has $count lines with '$3', not $2"
}

# timed WHAT CODE WORD... : five times the same command, which has to end with the code; its last output is in $work/said
timed() {
    local what=$1 code=$2 status start
    local -a took=()
    shift 2
    for _ in 1 2 3 4 5; do
        # Not the answer of the last time.
        rm -f "$sweep/cluster/queue.json"
        status=0
        start=$(date +%s%N)
        trainer "$@" >"$work/said" 2>"$work/errors" || status=$?
        took+=($((($(date +%s%N) - start) / 1000000)))
        [ "$status" -eq "$code" ] || { cat "$work/said" "$work/errors" >&2; fail "'$*' ended with $status, not $code"; }
    done
    mapfile -t took < <(printf '%s\n' "${took[@]}" | sort -n)
    printf '%-44s %6d ms (%d to %d)\n' "$what" "${took[2]}" "${took[0]}" "${took[4]}"
}

start=$(date +%s%N)
trainer sweep "$work/scale.yaml" --launcher slurm >"$work/said"
echo "$cells cells, $((cells / each)) tasks of $each: submitted in $((($(date +%s%N) - start) / 1000000)) ms"
has "$work/said" 1 "$cells submitted as job"
timed "status, all queued" 0 sweep status scale
has "$work/said" 1 "^scale: $cells cells: $cells queued$"
timed "collect, nothing done" 85 sweep collect scale
has "$sweep/index.csv" "$cells" ',waiting,'

# A scheduler that has forgotten all of it.
for job in "$FAKE_SLURM"/jobs/*; do : >"$job/over"; done
timed "status, no task known" 0 sweep status scale
has "$work/said" 1 "^scale: $cells cells: $cells settling$"
rm -f "$FAKE_SLURM"/jobs/*/over

start=$SECONDS
"$fakes/run-tasks" "$(nproc)" >"$work/tasks.log" 2>&1 || { cat "$work/tasks.log" >&2; fail "the tasks did not run"; }
echo "trained in $((SECONDS - start)) s, $(nproc) tasks at a time"
timed "status, all done" 0 sweep status scale
has "$work/said" 1 "^scale: $cells cells: $cells done$"
timed "status --json, all done" 0 sweep status scale --json
has "$work/said" "$cells" '"state": *"done"'
timed "collect, all done" 0 sweep collect scale
has "$sweep/index.csv" "$cells" ',completed,0,'
[ "$(tail -n +2 "$sweep/index.csv" | cut -d, -f4 | sort -u | wc -l)" -eq $((cells / 10)) ] || fail "seeds are missing"
before=$(sha256sum <"$sweep/index.csv")
trainer sweep collect scale >/dev/null
[ "$(sha256sum <"$sweep/index.csv")" = "$before" ] || fail "collect did not repeat itself"
# Nothing was run twice: a log has each of its cells once.
cat "$sweep"/cluster/logs/*/*.log | grep -c '^cell [0-9]* (base' | grep -qx "$cells" || fail "a cell was begun twice, or never"

runs=$(find "$work/results/base" -type f | wc -l)
own=$(find "$sweep" -type f | wc -l)
folders=$(find "$work/results" -type d | wc -l)
fullest=$(find "$work/results" -mindepth 1 -printf '%h\n' | sort | uniq -c | sort -n | tail -n 1 | awk '{ print $1 }')
bytes() { find "$@" -type f -printf '%s\n' | awk '{ sum += $1 } END { printf "%.0f", sum }'; }
echo "files: $runs of runs ($((runs / cells)) each), $own of the sweep, $folders folders, $fullest entries in the fullest"
echo "bytes: $(($(bytes "$work/results/base") / cells)) a run, $(($(bytes "$sweep/cluster/cells") / cells)) a cell in the plan, $(($(bytes "$sweep/index.csv") / cells)) a cell in the index"
[ "$fullest" -eq "$cells" ] || fail "a folder has more entries than there are cells"
[ $((runs % cells)) -eq 0 ] || fail "runs have different numbers of files"

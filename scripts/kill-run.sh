#!/usr/bin/env bash
# Kills runs (SIGKILL) at random moments and has them go on, N times (200 unless given); in between, for every third kill, a signal asks one to stop. Each
# run then has to end as one of the same configuration that was left alone: the same files, the same bytes in all that repeats, every epoch
# once and in order in what does not. Runs go on by 'trainer run' and 'trainer resume' in turn, on another number of threads, and
# sometimes on the reference engine.
# scripts/kill-run.sh [N] [SEED]   the built trainer.dll has to be there (dotnet build src/Trainer -c Release)
set -uo pipefail
cd "$(dirname "$0")/.."
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 LC_ALL=C
kills=${1:-200}
seed=${2:-1}
program=$PWD/src/Trainer/bin/Release/net10.0/trainer.dll
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# Real images are read faster than the embedded ones are drawn: a start takes a third of the time.
source=embedded
[ -n "${TRAINER_DATA:-}" ] && source=fashion-mnist

config() { cat >"$work/$1.yaml"; }

config momentum <<YAML
name: momentum
model: {hidden: [32, 16], activation: relu}
optimizer: {name: sgd, lr: 0.05, momentum: 0.9, nesterov: true}
schedule: {name: cosine, warmup: {steps: 40}}
clipping: {norm: 1}
batch_size: 32
epochs: 12
tensorboard: true
data: {source: $source, validation: 54000}
YAML
# Checkpoints in the middle of epochs, about 30 a second.
config adam <<YAML
name: adam
model: {hidden: [32, 16], activation: relu, normalization: batch_norm, dropout: 0.3}
optimizer: {name: adam, lr: 0.003}
batch_size: 8
epochs: 4
data: {source: $source, validation: 50000}
checkpoint: {epochs: 1, minutes: 0.0005}
YAML
# What is behind a checkpoint is trained again and compared; the rate and the end follow from the lines.
config plateau <<YAML
name: plateau
model: {hidden: [24], activation: tanh}
optimizer: {name: sgd, lr: 0.5, momentum: 0.9}
schedule: {name: reduce_on_plateau, patience: 0, factor: 0.5, threshold: 0.02}
early_stopping: {patience: 4, min_delta: 0.01}
batch_size: 64
epochs: 60
evaluate_train: false
data: {source: $source, validation: 54000}
checkpoint: {epochs: 3, minutes: 0}
YAML
config distorted <<YAML
name: distorted
model: {hidden: [24], activation: gelu}
optimizer: {name: nadam, lr: 0.002}
ema: {decay: 0.99}
augmentation: {rotation: {degrees: 10}, shift: {pixels: 2}}
input_noise: {std: 0.1}
batch_size: 16
epochs: 6
data: {source: $source, validation: 56000}
checkpoint: {epochs: 2, minutes: 0.0005}
YAML
config search <<YAML
name: search
model: {hidden: [24], activation: relu}
optimizer: {name: line_search}
batch_size: 4000
epochs: 25
data: {source: $source, validation: 56000}
checkpoint: {epochs: 2, minutes: 0}
YAML
config watched <<YAML
name: watched
model: {hidden: [24, 16], activation: relu}
optimizer: {name: adamw, lr: 0.002}
clipping: {value: 0.05}
batch_size: 16
epochs: 6
diagnostics: true
tensorboard: true
data: {source: $source, validation: 54000}
checkpoint: {epochs: 3, minutes: 0.001}
YAML

fail() {
    echo "$name, attempt $attempts: $1" >&2
    tail -n 5 "$work/$name.out" "$work/$name.err" >&2
    ls -lAR "$hit" >&2
    exit 1
}

run_folder() { echo "$1"/*/*-s1; }

# The records of an event file without the times and check sums, a line each.
events() {
    od -An -v -tu1 -w1 "$1" | awk '{ byte[NR] = $1 }
        END {
            for (at = 1; at <= NR; at += length_ + 16) {
                length_ = byte[at] + 256 * byte[at + 1] + 65536 * byte[at + 2]
                line = ""
                for (k = at + 21; k < at + 12 + length_; k++) line = line " " byte[k]
                print line
            }
            if (at != NR + 1) print "cut off"
        }'
}

# Everything about a complete run that has to be the same in another one, a line a file.
essence() (
    cd "$1" || exit 1
    find . -type f ! -name '.lock*' | sort
    find . \( -name '*.csv' ! -name timing.csv -o -name 'summary.json' -o -name '*.safetensors' -o -name '*.svg' \) -type f -print0 | sort -z | xargs -0 sha256sum
    # Every epoch once, in order, three numbers each, and a line feed behind the last.
    awk -F, 'NR == 1 || (NF == 3 && $1 == NR - 2 && $2 >= 0 && $3 > 0) { good++ } END { print "timing.csv has", good, "of", NR, "good lines" }' timing.csv
    [ -z "$(tail -c 1 timing.csv)" ] || echo "timing.csv is cut off"
    for file in tensorboard/*; do
        [ -e "$file" ] && events "$file"
    done
    grep '"state"' status.json
    sha256sum --quiet -c SHA256SUMS 2>&1
)

lines() { [ -e "$hit_folder/metrics.csv" ] && wc -l <"$hit_folder/metrics.csv" || echo 0; }

# Where the process is now: counted before it is killed, so that it may be a moment further.
moment() {
    if ! grep -q '^folder: ' "$work/$name.out"; then
        [ "$(lines)" -ge 2 ] && echo restart || echo start
    elif [ -e "$hit_folder/summary.json" ] || [ "$(lines)" -ge "$alone_lines" ]; then
        echo end
    elif [ "$(lines)" -lt 2 ]; then
        echo start
    elif [ -n "$(find "$hit_folder/checkpoints" -name 'state-*-[1-9]*.json' 2>/dev/null)" ]; then
        echo middle
    else
        echo epoch
    fi
}

# Waits for a random moment: of the start, of the whole, soon behind a line of metrics.csv, around the end, or right behind the summary.
wait_for_moment() {
    local before deadline=$((SECONDS + 10 + took / 200))
    case $((RANDOM % 16)) in
        0 | 1 | 2) sleep "$(printf '0.%03d' $((RANDOM % 600)))" ;;
        3 | 4 | 5)
            before=$(lines)
            while kill -0 "$pid" 2>/dev/null && [ "$(lines)" -eq "$before" ] && [ "$SECONDS" -lt "$deadline" ]; do sleep 0.01; done
            sleep "$(printf '0.0%02d' $((RANDOM % 40)))"
            ;;
        6)
            while kill -0 "$pid" 2>/dev/null && [ "$(lines)" -lt "$alone_lines" ] && [ "$SECONDS" -lt "$deadline" ]; do sleep 0.01; done
            sleep "$(printf '0.0%02d' $((RANDOM % 30)))"
            ;;
        7)
            while kill -0 "$pid" 2>/dev/null && [ ! -e "$hit_folder/summary.json" ] && [ "$SECONDS" -lt "$deadline" ]; do sleep 0.002; done
            ;;
        *)
            sleep 0.3
            sleep "$(awk -v ms="$took" -v r="$RANDOM" 'BEGIN { printf "%.3f", ms / 1500 * r / 32768 }')"
            ;;
    esac
}

# Starts the run, or has it go on; another process each time. $pid is it.
start() {
    local command=(run "$work/$name.yaml" --out "$hit")
    [ $((attempts % 2)) -eq 1 ] && [ -e "$hit_folder/config.yaml" ] && command=(resume "$hit_folder") && resumes=$((resumes + 1))
    command+=(--threads $((1 + RANDOM % 3)))
    [ "${1:-}" != last ] && [ $((RANDOM % 8)) -eq 0 ] && command+=(--device reference)
    # A shell starts its background jobs deaf to SIGINT.
    env --default-signal=INT dotnet "$program" "${command[@]}" >"$work/$name.out" 2>"$work/$name.err" &
    pid=$!
}

# What the process has to say to a signal that asks, by its exit status.
check_asked() { # SIGNAL STATUS
    local number
    number=$(kill -l "$1")
    case $2 in
        85)
            [ "$1" != INT ] || fail "Ctrl-C asks for a requeue"
            # Before anything is trained there is nothing to keep, or what an earlier process kept.
            if ! grep -q 'before anything was trained' "$work/$name.out" "$work/$name.err"; then
                [ -n "$(ls "$hit_folder"/checkpoints/state-*.json 2>/dev/null)" ] || fail "$1: 85 without a checkpoint"
                grep -q '"interrupted"' "$hit_folder/status.json" || fail "$1: 85, and not interrupted"
            fi
            answered=$((answered + 1))
            ;;
        130)
            [ "$1" = INT ] || fail "$1: 130, as if by Ctrl-C"
            ;;
        $((128 + number)))
            # Before the program listens, or once it has nothing more to do.
            ! grep -q '^folder: ' "$work/$name.out" || [ -e "$hit_folder/summary.json" ] || fail "$1 ended it"
            ;;
        *) fail "$1: ended with $2" ;;
    esac
}

compare() {
    essence "$hit_folder" >"$work/$name.essence"
    diff "$work/$name.alone" "$work/$name.essence" >&2 || fail "not what a run is that was left alone"
    compared=$((compared + 1))
}

# interrupt_and_compare NAME KILLS SEED
interrupt_and_compare() {
    name=$1
    local kills=$2 alone=$work/$1-alone begun asking=(TERM USR1 USR2 HUP INT) signal status where asked=0 killed=0
    hit=$work/$1-hit
    attempts=0 resumes=0 answered=0 compared=0
    local -A phases=([start]=0 [restart]=0 [epoch]=0 [middle]=0 [end]=0)
    local halves=0
    RANDOM=$3
    begun=$(date +%s%N)
    dotnet "$program" run "$work/$name.yaml" --out "$alone" >"$work/$name.out" 2>"$work/$name.err" || { hit=$alone; fail "left alone, it ends with $?"; }
    took=$((($(date +%s%N) - begun) / 1000000))
    alone=$(run_folder "$alone")
    hit_folder=$hit/${alone#"$work/$name-alone/"}
    alone_lines=$(wc -l <"$alone/metrics.csv")
    essence "$alone" >"$work/$name.alone"
    while [ "$killed" -lt "$kills" ]; do
        attempts=$((attempts + 1))
        [ "$attempts" -lt $((kills * 5 + 20)) ] || fail "it is never hit"
        start
        wait_for_moment
        where=$(moment)
        signal=KILL
        [ $((attempts % 4)) -eq 0 ] && signal=${asking[$((attempts / 4 % 5))]}
        kill -"$signal" "$pid" 2>/dev/null
        status=0
        wait "$pid" 2>/dev/null || status=$?
        case $status in
            0) compare && rm -rf "$hit" && continue ;;
            137) killed=$((killed + 1)) ;;
            *)
                [ "$signal" != KILL ] || fail "ended by itself with $status"
                check_asked "$signal" "$status"
                asked=$((asked + 1))
                ;;
        esac
        phases[$where]=$((phases[$where] + 1))
        [ -z "$(find "$hit" -name '.*.tmp' 2>/dev/null | head -n 1)" ] || halves=$((halves + 1))
    done
    attempts=$((attempts + 1))
    start last
    wait "$pid" || fail "ended with $?"
    compare
    dotnet "$program" verify "$hit_folder" >"$work/$name.out" 2>"$work/$name.err" || fail "verify ended with $?"
    echo "$name: $killed killed and $asked asked to stop ($answered answered with 85): ${phases[start]} before the first line, ${phases[restart]} starting" \
        "again, ${phases[epoch]} between checkpoints of epochs, ${phases[middle]} behind one in mid-epoch, ${phases[end]} behind the last epoch;" \
        "$halves left half a file. $compared runs came to their ends, $resumes starts were 'resume': all as one left alone (which took $took ms)"
    echo "$killed $asked" >"$work/$name.counts"
}

# Every second configuration, one after the other.
half() {
    local k
    for ((k = $1; k < ${#names[@]}; k += 2)); do
        (interrupt_and_compare "${names[$k]}" $((kills / ${#names[@]} + (k < kills % ${#names[@]} ? 1 : 0))) $((seed * 100 + k))) || return 1
    done
}

names=(momentum adam plateau distorted search watched)
echo "seed $seed, $source images"
half 0 &
first=$!
half 1 &
second=$!
status=0
wait "$first" || status=1
wait "$second" || status=1
[ "$status" -eq 0 ] && cat "$work"/*.counts | awk '{ killed += $1; asked += $2 } END { print killed, "kills and", asked, "signals in all" }'
exit "$status"

#!/usr/bin/env bash
# A sweep of 24 cells on a real SLURM of two virtual nodes, which this script starts by itself on loopback, and harms: signals and kills for
# tasks, requeues, SIGKILL for slurmd and slurmctld, and a node that is taken for dead while its tasks go on, so that they run twice.
# It has to end with the bytes of the same sweep run locally, and nothing may be run to its end twice.
# tests/cluster-check/check.sh [SEED]   the built trainer.dll has to be there (dotnet build src/Trainer -c Release); ends with 77
# where there is no SLURM
set -uo pipefail
cd "$(dirname "$0")/../.." || exit 1
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 LC_ALL=C
cannot=77
seed=${1:-1}
program=${TRAINER_DLL:-$PWD/src/Trainer/bin/Release/net10.0/trainer.dll}
# shellcheck source=tests/cluster-check/slurm.sh
. tests/cluster-check/slurm.sh
lacking=$(slurm_lacking)
[ -z "$lacking" ] || { echo "$lacking"; exit "$cannot"; }
[ -z "${TRAINER_DATA:-}" ] || TRAINER_DATA=$(realpath "$TRAINER_DATA")
work=$(mktemp -d)
trap 'slurm_stop; rm -rf "$work"' EXIT
trap 'exit 1' INT TERM HUP
# Everything together has so many seconds.
longest=${CHECK_LIMIT:-600}
# What users call their folders.
cluster="$work/a \"real\" cluster, 100 %A"
declare -A struck=([usr1]=0 [term]=0 [requeue]=0 [kill]=0 [node]=0 [controller]=0 [deaf]=0 [resume]=0)
declare -A ended=()
epoch_line='^ +[0-9]+ .* s '
resumed=0 doubled=0 woken=0 released=0 spared=""

fail() {
    echo "after $SECONDS s: $1" >&2
    tail -n 30 "$work/said" | cut -c1-300 >&2
    [ -z "${slurm_folder:-}" ] || timeout 20 squeue -o '%i %j %T %r %N %S' >&2
    logs | tail -n 60 >&2
    tail -n 20 "$work"/slurm/*.log >&2 2>/dev/null
    exit 1
}

in_time() { [ "$SECONDS" -lt "$longest" ] || fail "it takes longer than $longest s"; }

say() { echo "$(printf '%3d' "$SECONDS") s: $*"; }

# trainer EXPECTED ARGUMENTS...   what it says lies in $work/said
trainer() {
    local expected=$1 status=0
    shift
    # The shell's own word about a process that was killed is nobody's concern.
    { timeout 240 dotnet "$program" "$@" >"$work/said" 2>&1; } 2>/dev/null || status=$?
    [ "$status" -eq "$expected" ] || fail "trainer $* ended with $status, not $expected"
}

logs() { find "$cluster" "$work/small" -path '*/cluster/logs/*' -name '*.log' -exec tail -n +1 {} + 2>/dev/null || true; }

log_of() { find "$cluster" -path '*/cluster/logs/*' -name "$1.log"; } # TASK

queued() { timeout 40 squeue -h -o '%F %K %T %N' "$@"; }

# What is at work, but for those that are spared: "4711_3 n1".
at_work() {
    timeout 40 squeue -h -t RUNNING -o '%F_%K %N' "$@" 2>/dev/null | grep -vE "^(${spared:-none}) "
}

# Where a task is started again before its last start is cleared away, which happens after a controller's death, SLURM holds it back and
# drains the node ("launch failed requeued held", and JobHeldAdmin once the controller was started again): what an administrator would do then.
release() {
    local task node
    while read -r task; do
        scontrol release "$task" && released=$((released + 1)) && say "$task was held, and is released"
    done < <(timeout 40 squeue -h -r -t PENDING -o '%F_%K %r' 2>/dev/null | sed -n 's/ .*\(requeued.held\|JobHeld\).*//p')
    while read -r node; do
        scontrol update "NodeName=$node" State=RESUME 2>/dev/null
    done < <(timeout 40 sinfo -hN -t DRAIN -o %N 2>/dev/null)
}

# A run that is complete stays as it is: nobody begins it again, or writes its summary again.
look() {
    local folder file
    while IFS=$'\t' read -r folder file; do
        [ "${ended[$folder]:=$file}" = "$file" ] || fail "$folder was complete, and was written again: ${ended[$folder]}, now $file"
    done < <(find "$cluster" -name summary.json -printf '%h\t%i %T@ %s\n')
    in_time
}

wait_for_controller() {
    local deadline=$((SECONDS + 30))
    until timeout 20 squeue -h >/dev/null 2>&1; do
        [ "$SECONDS" -lt "$deadline" ] || fail "the controller does not come back"
        sleep 0.1
    done
}

pause() { sleep "$(printf '%d.%03d' $((RANDOM % ($1 + 1))) $((RANDOM % 1000)))"; } # SECONDS, about

# Those of the tasks on standard input that have written their last line of an epoch, and nothing else since.
training() {
    local task node
    while read -r task node; do
        tail -n 1 "$(log_of "$task")" 2>/dev/null | grep -qE "$epoch_line" && echo "$task $node"
    done
}

# While other tasks of the array are pending, scancel delivers a signal, is told all the same that it cannot be done now, and delivers it
# again, for 96 s. Once, or twice, is what is wanted.
signal() { # SIGNAL TASK
    local status=0
    timeout 1 scancel --batch --signal="$1" "$2" || status=$?
    [ "$status" -eq 0 ] || [ "$status" -eq 124 ]
}

# Does harm of a kind to a random task; returns 1 where there is none, or it had just gone. A signal comes while the task trains, three times of four; all
# others may come before it begins or behind its end.
strike() { # KIND [squeue OPTION...]
    local kind=$1 tasks task process hit=missed
    shift
    case $kind$((RANDOM % 4)) in
        usr1[1-3] | term[1-3] | deaf*) mapfile -t tasks < <(at_work "$@" | training) ;;
        *) mapfile -t tasks < <(at_work "$@") ;;
    esac
    [ ${#tasks[@]} -gt 0 ] || return 1
    task=${tasks[RANDOM % ${#tasks[@]}]}
    local node=${task#* }
    task=${task% *}
    case $kind in
        usr1 | term) signal "${kind^^}" "$task" ;;
        requeue) timeout 10 scontrol requeue "$task" ;;
        kill)
            process=$(slurm_task_processes "${task%_*}" "${task#*_}")
            # shellcheck disable=SC2086
            [ -n "$process" ] && kill -KILL $process
            ;;
        node)
            slurm_kill_node "$node"
            pause 2
            slurm_start_node "$node"
            ;;
        controller)
            slurm_kill_controller
            pause 2
            slurm_start_controller
            wait_for_controller
            ;;
        deaf) # The signal comes while there is nobody to ask for a requeue; the task asks until there is.
            process=$(slurm_task_processes "${task%_*}" "${task#*_}")
            slurm_kill_controller
            # shellcheck disable=SC2086
            [ -n "$process" ] && kill -USR1 $process
            sleep 7
            slurm_start_controller
            wait_for_controller
            ;;
        resume)
            trainer 0 sweep resume "$work/rates.yaml" --out "$cluster"
            ;;
    esac >"$work/strike" 2>&1 && hit=hit && struck[$kind]=$((struck[$kind] + 1))
    # What is gone already is running for SLURM, too, for up to 20 s after a controller's death.
    [ "$hit" = hit ] || return 1
    say "$kind $task on $node"
}

# A task of node n1 that is well under way: it has lines and is not about to end.
under_way() {
    local task
    while read -r task _; do
        local epoch
        epoch=$(grep -cE "$epoch_line" "$(log_of "$task")" 2>/dev/null)
        [ "${epoch:-0}" -ge 2 ] && [ "$epoch" -le $((epochs / 2)) ] && echo "$task"
    done < <(at_work -w n1)
}

# slurmd of n1 is killed, and its two tasks are frozen, as if on a machine that hangs. Once the controller has started them again on n2,
# the old copies wake up: one as soon as the new one is started, so that both are at work when the new one takes the run over; the
# other when the new one has taken it over. Both have to stop, and say so, before n1 has a slurmd again, which would kill them.
run_twice() {
    local tasks deadline=$((SECONDS + 60)) task k
    until mapfile -t tasks < <(under_way) && [ ${#tasks[@]} -ge 2 ]; do
        [ "$SECONDS" -lt "$deadline" ] || fail "no two tasks get under way on n1"
        sleep 0.2
    done
    local -a old=() state=(frozen frozen)
    for k in 0 1; do
        old[k]=$(slurm_task_processes "${tasks[k]%_*}" "${tasks[k]#*_}")
        kill -STOP "${old[k]}" || fail "${tasks[k]} has no process"
    done
    slurm_kill_node n1
    spared="${tasks[0]}|${tasks[1]}"
    say "slurmd of n1 killed, ${tasks[*]} frozen"
    deadline=$((SECONDS + 150))
    local light=(usr1 requeue kill usr1 requeue kill term usr1) next=0
    while [ "${state[*]}" != "stopped stopped" ]; do
        [ "$SECONDS" -lt "$deadline" ] || fail "the tasks of n1 are not run twice: ${tasks[*]} are ${state[*]}"
        for k in 0 1; do
            follow "$k"
        done
        # Meanwhile the others have no peace either.
        if [ $((RANDOM % 12)) -eq 0 ] && [ "$next" -lt ${#light[@]} ]; then
            strike "${light[next]}" -w n2 && next=$((next + 1))
        fi
        look
        sleep 0.1
    done
    spared=""
    slurm_start_node n1
    slurm_wait_for_nodes 30 || fail "n1 does not come back"
}

# One of the two copies of a task that runs twice; reads and writes tasks, old and state of run_twice.
follow() { # WHICH
    local task=${tasks[$1]} process=${old[$1]} log run
    log=$(log_of "$task")
    run=$(sed -n 's/^folder: //p' "$log" | head -n 1)
    case ${state[$1]} in
        frozen)
            # What is requeued comes behind the rest of its array.
            queued -t RUNNING -w n2 | grep -q "^${task/_/ } " || { scontrol update JobId="$task" Priority=4294901760 2>/dev/null; return; }
            if [ "$1" -eq 1 ]; then
                # shellcheck disable=SC2046
                [ $(slurm_task_processes "${task%_*}" "${task#*_}" | wc -l) -eq 2 ] && grep -q '"restart": 1' "$run/lease.json" 2>/dev/null || return
            fi
            kill -CONT "$process" || fail "the old copy of $task has gone"
            state[$1]=awake
            say "$task runs twice: restart 1 on n2, and process $process of n1 goes on"
            ;;
        awake)
            kill -0 "$process" 2>/dev/null && return
            grep -q 'taken over by .*(restart 1).* stops and writes nothing more' "$log" || fail "the old copy of $task ended without a word"
            state[$1]=stopped
            doubled=$((doubled + 1))
            [ "$1" -eq 0 ] || woken=1
            say "the old copy of $task has stopped"
            ;;
    esac
}

# Waits for an empty queue and submits the rest, until all is done.
drain() { # SWEEP OUT
    local status rounds=0
    while true; do
        while true; do
            look
            local rows
            rows=$(queued) || { wait_for_controller; continue; }
            [ -n "$rows" ] || break
            release
            sleep 0.5
        done
        status=0
        timeout 60 dotnet "$program" sweep collect "$1" --out "$2" >"$work/said" 2>&1 || status=$?
        [ "$status" -ne 0 ] || return 0
        [ "$status" -eq 85 ] || fail "collect ended with $status"
        rounds=$((rounds + 1))
        [ "$rounds" -le 10 ] || fail "it is never done"
        trainer 0 sweep resume "$1" --out "$2"
        resumed=$((resumed + 1))
        say "$(tail -n 1 "$work/said")"
    done
}

# Everything about a sweep's results that has to be the same in another folder. Locks, and what the cluster adds, may be there or not; a
# lease stays where a task was killed behind the last thing that it wrote.
essence() (
    cd "$1" || exit 1
    find . -type f ! -name '.lock*' ! -name lease.json ! -path './sweeps/*/cluster/*' | sort
    find . -type f ! -path './sweeps/*/cluster/*' \( -name '*.csv' ! -name timing.csv -o -name 'summary.json' -o -name '*.safetensors' \
        -o -name '*.svg' -o -path '*/configs/*' \) -print0 | sort -z | xargs -0 sha256sum
    grep -H '"state"' ./*/*/status.json
)

# How often each cell's tasks said that they came to its end: at most once, and not at all where one was killed before it could.
# "metrics:" closes the output both of a run that came to its end and of one that was found done.
ends() {
    logs | awk '/^cell [0-9]+ \(/ { cell = $2 } /already done, nothing to do/ { found[cell]++; all++ } /^metrics:/ { said[cell]++ }
        END {
            for (cell in said) { ends = said[cell] - found[cell]; if (ends == 1) once++; if (ends > 1) { twice++; print "cell", cell, "came to its end", ends, "times" } }
            printf "%d cells said once that they are done, %d more than once; %d tasks found theirs done already\n", once, twice, all
            exit (twice > 0)
        }'
}

shuffle() { # WORD...
    local words=("$@") k other word
    for ((k = ${#words[@]} - 1; k > 0; k--)); do
        other=$((RANDOM % (k + 1)))
        word=${words[k]} words[k]=${words[other]} words[other]=$word
    done
    shuffled+=("${words[@]}")
}

# --- the sweeps ---

source=embedded
[ -z "${TRAINER_DATA:-}" ] || source=fashion-mnist
epochs=48
cat >"$work/base.yaml" <<YAML
name: base
model: {hidden: [16, 8], activation: relu, dropout: 0.1}
optimizer: {name: sgd, lr: 0.1, momentum: 0.5}
batch_size: 32
epochs: $epochs
data: {source: $source, validation: 54000}
checkpoint: {epochs: 2, minutes: 0.02}
YAML
cat >"$work/rates.yaml" <<YAML
name: rates
base: base.yaml
grid: {optimizer.lr: [0.01, 0.02, 0.05, 0.1], batch_size: [32, 64]}
seeds: 1-3
cluster: {cpus: 1}
YAML
cat >"$work/small.yaml" <<YAML
name: small
base: base.yaml
grid: {optimizer.lr: [0.02, 0.05]}
seeds: 1-2
cluster: {cpus: 1}
YAML
echo "seed $seed, $source images"
trainer 0 sweep "$work/rates.yaml" --out "$work/alone"
say "the local sweep is done"

slurm_start "$work/slurm" || fail "no SLURM comes up"
say "SLURM $(slurmctld -V | tr -dc 0-9.) is up"
trainer 0 sweep "$work/rates.yaml" --launcher slurm --out "$cluster"
say "$(head -n 1 "$work/said")"
before=$(queued | cut -d' ' -f1 | sort -u)
trainer 0 sweep "$work/rates.yaml" --launcher slurm --out "$cluster"
[ "$(queued | cut -d' ' -f1 | sort -u)" = "$before" ] || fail "submitting a second time submits again"
[ "$(find "$cluster/sweeps/rates/cluster/submissions" -name '*.sh' | wc -l)" -eq 1 ] || fail "submitting a second time writes another script"

RANDOM=$seed
run_twice
shuffled=()
for _ in 1 2 3; do
    shuffle usr1 requeue kill node controller
done
shuffled=("${shuffled[@]:0:5}" resume "${shuffled[@]:5:3}" deaf term "${shuffled[@]:8}" usr1 kill)
for kind in "${shuffled[@]}"; do
    until strike "$kind"; do
        look
        rows=$(queued) || { wait_for_controller; continue; }
        if [ -z "$rows" ]; then
            [ ${#ended[@]} -lt 24 ] || break 2
            trainer 0 sweep resume "$work/rates.yaml" --out "$cluster"
            resumed=$((resumed + 1))
            say "$(tail -n 1 "$work/said")"
        fi
        sleep 0.3
    done
    look
    release
    pause 1
done
say "no more harm"
drain "$work/rates.yaml" "$cluster"

trainer 0 sweep status "$work/rates.yaml" --out "$cluster" --json
[ "$(grep -c '"state":"done"' "$work/said")" -eq 24 ] || fail "status does not say that all is done"
diff <(essence "$work/alone") <(essence "$cluster") >&2 || fail "not what a local sweep is"
trainer 0 verify "$cluster"
look
ends || fail "something was run to its end twice"
said() { logs | grep -cE "$1"; }
echo "24 cells as in the local sweep: $doubled tasks ran twice, $woken of them woken late; ${struck[usr1]} USR1 and ${struck[deaf]} without a controller, ${struck[term]} TERM," \
    "${struck[requeue]} scontrol requeue, ${struck[kill]} tasks killed, $((struck[node] + 1)) slurmd and $((struck[controller] + struck[deaf])) slurmctld killed;" \
    "$(said '^cell [0-9]+: requeued as') tasks queued themselves again, $(said '^cell [0-9]+: not requeued') could not, $(said '^cell [0-9]+: left;') left," \
    "$(said '^cell .*, restart [0-9]+, on ') were started again by SLURM, $((resumed + struck[resume])) times resumed, $released released, $(said '^goes on: from') starts went on from a checkpoint"
for kind in usr1 requeue kill node controller; do
    [ "${struck[$kind]}" -ge 2 ] || fail "$kind happened ${struck[$kind]} times only"
done

# --- a call that dies, cancel and resume ---

# Really submits, and then its caller is killed before it can note the id.
mkdir "$work/bin"
cat >"$work/bin/sbatch" <<SH
#!/bin/sh
$(command -v sbatch) "\$@" && kill -KILL \$PPID
SH
chmod +x "$work/bin/sbatch"
PATH="$work/bin:$PATH" trainer 137 sweep "$work/small.yaml" --launcher slurm --out "$work/small"
ours=$(queued | cut -d' ' -f1 | sort -u)
[ "$(wc -w <<<"$ours")" -eq 1 ] || fail "the submission that dies is in the queue as '$ours'"
trainer 0 sweep "$work/small.yaml" --launcher slurm --out "$work/small"
grep -q "found job $ours " "$work/said" || fail "job $ours is not found again"
[ "$(queued | cut -d' ' -f1 | sort -u)" = "$ours" ] || fail "what was submitted by the call that died is submitted again"
say "$(head -n 1 "$work/said")"
deadline=$((SECONDS + 60))
until [ "$(find "$work/small/base" -name metrics.csv -exec sed -n 4p {} \; 2>/dev/null | wc -l)" -ge 1 ]; do
    [ "$SECONDS" -lt "$deadline" ] || fail "no cell of the small sweep gets under way"
    sleep 0.2
done
trainer 0 sweep cancel "$work/small.yaml" --out "$work/small"
deadline=$((SECONDS + 60))
while queued | grep -q .; do
    [ "$SECONDS" -lt "$deadline" ] || fail "what is cancelled goes on"
    sleep 0.2
done
[ "$(find "$work/small/base" -name 'state-*.safetensors' | wc -l)" -ge 1 ] || fail "nothing is kept of what was cancelled"
trainer 0 sweep status "$work/small.yaml" --out "$work/small" --json
[ "$(grep -cE '"state":"(cancelled|done)"' "$work/said")" -eq 4 ] || fail "not all is cancelled or done"
say "cancelled"
trainer 0 sweep resume "$work/small.yaml" --out "$work/small"
grep -q ' submitted as job ' "$work/said" || fail "nothing is resumed"
drain "$work/small.yaml" "$work/small"
find "$work/small/base" -name metrics.csv | while read -r file; do
    cmp "$file" "$work/alone${file#"$work/small"}" || exit 1
done || fail "not what a local sweep is"
[ "$(find "$work/small/base" -name summary.json | wc -l)" -eq 4 ] || fail "not all of the small sweep is done"
echo "a submission that died was found again; cancelled and resumed, its 4 cells are those of the local sweep; $SECONDS s in all"

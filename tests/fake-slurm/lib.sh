# What the fake programs of SLURM share. They keep their state in the folder "state" beside themselves where there is one, else in
# $FAKE_SLURM, and files in it tell them how to behave:
#   down             the controller does not answer (22.05's words)
#   slow             seconds before any answer; slow.PROGRAM before that of one
#   refuse.PROGRAM   the program says this on standard error and fails, before it does anything
#   warn             said on standard error by sbatch that succeeds
#   sbatch.lost      sbatch registers the job, says this on standard error and fails: the answer is lost
#   sbatch.kill      sbatch registers the job and kills who called it
#   sbatch.room      sbatch refuses when so many jobs are registered
#   sbatch.format    how sbatch says the id: '%s', '%s;cluster', 'Submitted batch job %s'
#   next-id          the id of the next job (4711)
#   squeue.answer    what squeue answers; squeue.array with --array
#   MaxArraySize     the site's (1001); 'none' leaves the line out
#   config           further lines of scontrol show config
#   scancel.strict   scancel complains of jobs that it does not know, as old versions do
#   sacct.answer     what sacct answers; sacct.on: what the tasks left; neither: there is no accounting
# and they note there:
#   calls            a line a call: program|argument|argument
#   jobs/ID/         name, script, options (name=value a line), arguments, environment (what of it matters to SLURM), cancelled, over;
#                    held, which a test may make; and what run-tasks notes: at/WORKER, claims/, requeue/, restarts/, exits
set -u
program=${0##*/}
bin=${0%/*}
state=$bin/state
[ -d "$state" ] || state=${FAKE_SLURM:?names the folder of the state}
mkdir -p "$state/jobs" "$state/ids"

note_call() {
    line=$program
    for argument in "$@"; do
        line="$line|$argument"
    done
    printf '%s\n' "$line" >>"$state/calls"
}

# What tells the programs to wait or to fail. $1: what they say where the controller is down.
behave() {
    for file in "$state/slow" "$state/slow.$program"; do
        if [ -e "$file" ]; then
            sleep "$(cat "$file")"
        fi
    done
    if [ -e "$state/down" ]; then
        printf '%s\n' "$1" >&2
        exit 1
    fi
    if [ -e "$state/refuse.$program" ]; then
        cat "$state/refuse.$program" >&2
        exit 1
    fi
}

# The value of an option of a job; nothing where it has none. $1: the job's folder, $2: the name.
option_of() {
    value=
    while IFS= read -r line; do
        case $line in
            "$2="*) value=${line#*=} ;;
        esac
    done <"$1/options"
}

# first, last and parallel (0: no bound) of a job's array; last is 0 where it is none. $1: the job's folder.
array_of() {
    option_of "$1" array
    first=0 last=0 parallel=0
    case $value in
        *%*) parallel=${value#*%} ;;
    esac
    value=${value%%%*}
    case $value in
        *-*) first=${value%%-*} last=${value#*-} ;;
        ?*) first=$value last=$value ;;
    esac
}

# The process at work on a task: sets pid, or nothing. $1: the job's folder, $2: the index.
process_of() {
    pid=
    for file in "$1"/at/*; do
        if [ -e "$file" ] && read -r at process _ <"$file" && [ "$at" = "$2" ] && [ "$process" != 0 ]; then
            pid=$process
        fi
    done
}

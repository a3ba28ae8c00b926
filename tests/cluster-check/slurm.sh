#!/usr/bin/env bash
# A SLURM of its own for tests: a controller and two virtual nodes n1 and n2, all on 127.0.0.1 at free ports, without systemd, cgroups,
# accounting and munge. To be sourced; slurm_start leaves SLURM_CONF behind, slurm_stop leaves nothing.
# Debian: apt-get install --no-install-recommends slurmctld slurmd slurm-client (22.05.8 was at hand).

# Why there can be no SLURM here, or nothing.
slurm_lacking() {
    local tool
    for tool in slurmctld slurmd sbatch squeue scontrol scancel sinfo; do
        command -v "$tool" >/dev/null || { echo "no $tool here"; return; }
    done
    [ -d /proc/self/fd ] || echo "no /proc here, which slurmd follows its tasks by"
}

# Ports that nobody listens at, from a place that differs from process to process.
slurm_free_ports() { # HOW_MANY
    local port=$((20000 + ($$ * 13 + RANDOM) % 10000)) found=0
    while [ "$found" -lt "$1" ] && [ "$port" -lt 32000 ]; do
        # A connection that is refused: nobody is there.
        if ! (: >/dev/tcp/127.0.0.1/"$port") 2>/dev/null; then
            echo "$port"
            found=$((found + 1))
        fi
        port=$((port + 1))
    done
}

# slurm_start FOLDER [KEY=VALUE...]   further lines of slurm.conf; returns 1 with the logs' ends where the nodes do not come up
slurm_start() {
    slurm_folder=$1
    shift
    local ports user
    mapfile -t ports < <(slurm_free_ports 3)
    user=$(id -un)
    mkdir -p "$slurm_folder"/{state,spool-n1,spool-n2}
    # cred_expire: a requeued task waits until the credential of its last launch has run out: 121 s by default, 6 s with 5.
    # SlurmdTimeout, MessageTimeout: a node that is gone is down after 16 s (with 10 s each: 26), and a call to a controller that is gone fails
    # within 5; less, and a machine at work on other things loses its nodes.
    cat >"$slurm_folder/slurm.conf" <<CONF
ClusterName=check
SlurmctldHost=localhost(127.0.0.1)
SlurmctldPort=${ports[0]}
SlurmUser=$user
SlurmdUser=$user
AuthType=auth/none
CredType=cred/none
AuthInfo=cred_expire=5
CommunicationParameters=NoInAddrAny,NoCtldInAddrAny
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
JobCompType=jobcomp/none
MpiDefault=none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
SchedulerType=sched/builtin
SchedulerParameters=sched_interval=2,batch_sched_delay=1
SlurmctldTimeout=5
MessageTimeout=5
SlurmdTimeout=5
KillWait=8
InactiveLimit=0
MinJobAge=600
ReturnToService=2
StateSaveLocation=$slurm_folder/state
SlurmdSpoolDir=$slurm_folder/spool-%n
SlurmctldPidFile=$slurm_folder/slurmctld.pid
SlurmdPidFile=$slurm_folder/slurmd-%n.pid
SlurmctldLogFile=$slurm_folder/slurmctld.log
SlurmdLogFile=$slurm_folder/slurmd-%n.log
SlurmctldDebug=info
SlurmdDebug=info
NodeName=n1 NodeHostname=localhost NodeAddr=127.0.0.1 Port=${ports[1]} CPUs=2 RealMemory=1000
NodeName=n2 NodeHostname=localhost NodeAddr=127.0.0.1 Port=${ports[2]} CPUs=2 RealMemory=1000
PartitionName=short Nodes=n1,n2 Default=YES MaxTime=60 DefaultTime=10 State=UP OverSubscribe=NO
$(printf '%s\n' "$@")
CONF
    export SLURM_CONF=$slurm_folder/slurm.conf
    slurm_start_controller && slurm_start_node n1 && slurm_start_node n2 || return 1
    slurm_wait_for_nodes 30 || { tail -n 20 "$slurm_folder"/*.log >&2; return 1; }
}

# Both idle or at work; in some 1 s after the start.
slurm_wait_for_nodes() { # SECONDS
    local deadline=$((SECONDS + $1))
    until [ "$(sinfo -hN -o '%T' 2>/dev/null | grep -cE '^(idle|mixed|allocated|completing)$')" -eq 2 ]; do
        [ "$SECONDS" -lt "$deadline" ] || return 1
        sleep 0.2
    done
}

# In the foreground, as jobs of this shell, so that their process numbers are known and the pid file need not be believed.
slurm_start_controller() {
    setsid slurmctld -D -i >"$slurm_folder/slurmctld.out" 2>&1 </dev/null &
    slurm_controller=$!
}

declare -A slurm_nodes=()
slurm_start_node() { # NAME
    setsid slurmd -D -N "$1" >"$slurm_folder/slurmd-$1.out" 2>&1 </dev/null &
    slurm_nodes[$1]=$!
}

# As a crash: SIGKILL. The tasks of a node, and the slurmstepd of each, go on.
slurm_kill_controller() {
    kill -KILL "$slurm_controller" 2>/dev/null
    wait "$slurm_controller" 2>/dev/null
    slurm_controller=
}

slurm_kill_node() { # NAME
    kill -KILL "${slurm_nodes[$1]}" 2>/dev/null
    wait "${slurm_nodes[$1]}" 2>/dev/null
    slurm_nodes[$1]=
}

# Of the processes with this SLURM's configuration in their environment, those that have all of the further entries, too.
slurm_processes() { # ENTRY...
    local files entry
    mapfile -t files < <(grep -lszxF "SLURM_CONF=$slurm_folder/slurm.conf" /proc/[0-9]*/environ)
    for entry in "$@"; do
        [ ${#files[@]} -eq 0 ] || mapfile -t files < <(grep -lszx "$entry" "${files[@]}")
    done
    printf '%s\n' "${files[@]}" | sed -n 's|^/proc/\([0-9]*\)/environ$|\1|p'
}

# The processes of an array's task: more than one while it runs twice.
slurm_task_processes() { # JOB INDEX
    slurm_processes "SLURM_ARRAY_JOB_ID=$1" "SLURM_ARRAY_TASK_ID=$2"
}

# Each task's keeper, in a session of its own.
slurm_keepers() {
    local process
    for process in $(slurm_processes); do
        [ "$(cat "/proc/$process/comm" 2>/dev/null)" = slurmstepd ] && echo "$process"
    done
}

# Ends everything: nodes, keepers, tasks, controller. The folder is the caller's.
slurm_stop() {
    [ -n "${slurm_folder:-}" ] || return 0
    local process
    # Nodes first, so that nothing new begins.
    for process in "${slurm_controller:-}" "${slurm_nodes[@]}"; do
        [ -z "$process" ] || kill -KILL "$process" 2>/dev/null
        [ -z "$process" ] || wait "$process" 2>/dev/null
    done
    for process in $(slurm_keepers) $(slurm_processes 'SLURM_JOB_ID=.*'); do
        kill -KILL "$process" 2>/dev/null
    done
    slurm_controller=
    slurm_nodes=()
    slurm_folder=
    unset SLURM_CONF
}

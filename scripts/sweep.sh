#!/usr/bin/env bash
# From a sweep file to a page to hand in: every cell, the comparison of its groups, the report. Cells that are done are skipped, so it
# can be started again at any time; for a batch system it is one job.
# scripts/sweep.sh [SWEEP.yaml [OPTION...]]   options are those of 'trainer sweep'; without any, configs/sweeps/course.yaml
set -euo pipefail
cd "$(dirname "$0")/.."
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
sweep=${1:-configs/sweeps/course.yaml}
[ $# -eq 0 ] || shift
dotnet build src/Trainer -c Release >&2
trainer() { dotnet src/Trainer/bin/Release/net10.0/trainer.dll "$@"; }

# Cells that failed or diverged are told in the index; the others are worth comparing all the same.
status=0
trainer sweep "$sweep" "$@" || status=$?
[ "$status" -eq 0 ] || [ "$status" -eq 1 ] || [ "$status" -eq 5 ] || exit "$status"
name=$(sed -n 's/^name: *//p' "$sweep")
trainer compare "results/sweeps/$name"
trainer report "results/sweeps/$name"
exit "$status"

#!/usr/bin/env bash
# From a sweep file to a page to hand in: every cell, the comparison of its groups, the report. Cells that are done are skipped, so it
# can be started again at any time; for a batch system it is one job.
# scripts/sweep.sh [SWEEP.yaml [OPTION...]]   options are those of 'trainer sweep'; without any, configs/sweeps/course.yaml
set -euo pipefail
cd "$(dirname "$0")/.."
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
sweep=${1:-configs/sweeps/course.yaml}
[ $# -eq 0 ] || shift
# Where the sweep is to be found: --out DIR, --out=DIR or --out:DIR; with --dry-run there is nothing to find.
out=results previous='' dry=''
for word in "$@"; do
    case $previous in --out) out=$word ;; esac
    case $word in --out=* | --out:*) out=${word#--out?} ;; --dry-run) dry=yes ;; esac
    previous=$word
done
dotnet build src/Trainer -c Release >&2
trainer() { dotnet src/Trainer/bin/Release/net10.0/trainer.dll "$@"; }

# Cells that failed or diverged are told in the index; the others are worth comparing all the same.
status=0
trainer sweep "$sweep" "$@" || status=$?
[ "$status" -eq 0 ] || [ "$status" -eq 1 ] || [ "$status" -eq 5 ] || exit "$status"
[ -z "$dry" ] || exit "$status"
# A name is letters, digits, '-', '_' and '.'; quotes and what follows are none of it.
name=$(sed -n -E "s/^[\"']?name[\"']?:[[:space:]]*[\"']?([A-Za-z0-9._-]+).*/\1/p" "$sweep")
# What a comparison complains of is no reason to go without the report.
told=0
trainer compare "$out/sweeps/$name" --out "$out" || told=$?
trainer report "$out/sweeps/$name" --out "$out" || told=$?
[ "$status" -ne 0 ] || status=$told
exit "$status"

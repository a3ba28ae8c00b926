#!/usr/bin/env bash
# Runs every configuration of configs/doctor: 'trainer doctor' has to find in it what it is called, and nothing else, and nothing
# once the cure in its comment is applied. Of the configurations in configs it has to find nothing.
# scripts/doctor-gallery.sh [FOLDER]   the built trainer.dll has to be there (dotnet build src/Trainer -c Release)
set -uo pipefail
cd "$(dirname "$0")/.."
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
work=${1:-$(mktemp -d)}
failed=0

trainer() { dotnet src/Trainer/bin/Release/net10.0/trainer.dll "$@"; }

# check WORDS EXPECTED CONFIG [OPTION...]: what the doctor finds in this run, separated by commas.
check() {
    local what=$1 expected=$2 config=$3 out
    out="$work/$what/$(basename "$config" .yaml)"
    shift 3
    trainer run "$config" --out "$out" "$@" >"$out.log" 2>&1
    local status=$?
    # A diverged run is one of the gallery.
    if [ "$status" -ne 0 ] && [ "$status" -ne 5 ]; then
        cat "$out.log"
        failed=$((failed + 1))
        return
    fi
    local said found
    said=$(trainer doctor "$out" --json)
    found=$(tail -n 1 <<<"$said" | sed -E 's/.*"found":\[([^]]*)\].*/\1/; s/"//g')
    if [ "$found" = "$expected" ]; then
        echo "ok      $what $config: ${found:-nothing}"
    else
        echo "FAILED  $what $config: found '${found}', not '${expected}'"
        echo "$said"
        failed=$((failed + 1))
    fi
}

mkdir -p "$work/ill" "$work/cured" "$work/well"
for config in configs/doctor/*.yaml; do
    name=$(basename "$config" .yaml)
    check ill "$name" "$config"
    # The words behind 'Cure:' are options of trainer run.
    eval "check cured '' '$config' $(sed -n 's/^# Cure: //p' "$config")"
done
for config in configs/*.yaml; do
    check well "" "$config"
done
[ -n "${1:-}" ] || rm -rf "$work"
[ "$failed" -eq 0 ]

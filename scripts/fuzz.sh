#!/usr/bin/env bash
# Feeds the parsers of files that others may have made with what nobody would write, two at a time:
#   scripts/fuzz.sh [SECONDS [SEED]]        60 s for each parser and seed 1 where nothing else is said
# Ends with 1 where a parser did anything but read or refuse; what it did it for lies in ./findings then, and goes into
# tests/Trainer.Fuzz/Corpus once it is mended. FUZZ_AT_ONCE=5 tries all of them side by side.
set -uo pipefail
seconds=${1:-60}
seed=${2:-1}
cd "$(dirname "$0")/.."
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
program=tests/Trainer.Fuzz/bin/Release/net10.0/trainer-fuzz.dll
[ -f "$program" ] || dotnet build tests/Trainer.Fuzz -c Release -v quiet || exit 1

# A process that dies of an input (a stack that overflows) leaves it where its first line says.
printf '%s\0' yaml safetensors idx events records |
    xargs -0 -n 1 -P "${FUZZ_AT_ONCE:-2}" sh -c 'dotnet "$0" "$3" --seconds "$1" --seed "$2" || { echo "$3: FAILED"; exit 1; }' "$program" "$seconds" "$seed"
[ $? -eq 0 ]

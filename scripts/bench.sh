#!/usr/bin/env bash
# Builds the benchmark and runs it; see --help, and docs/benchmarks.md.
set -euo pipefail
project="$(cd "$(dirname "$0")/.." && pwd)/tests/Trainer.Benchmarks"
log=$(mktemp)
trap 'rm -f "$log"' EXIT
dotnet build "$project" -c Release >"$log" 2>&1 || {
    cat "$log" >&2
    exit 1
}
rm -f "$log"
exec dotnet "$project/bin/Release/net10.0/Trainer.Benchmarks.dll" "$@"

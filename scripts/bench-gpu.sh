#!/usr/bin/env bash
# Times training on a GPU, beside PyTorch where it is installed; see --help, and "On a GPU" in docs/performance.md.
#
# To a machine without .NET, carry a folder that brings its own:
#     dotnet publish tests/Trainer.Benchmarks -c Release -r linux-x64 --self-contained -o bench-gpu
# and run there: bench-gpu/Trainer.Benchmarks gpu
set -euo pipefail
exec "$(dirname "$0")/bench.sh" gpu "$@"

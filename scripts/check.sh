#!/usr/bin/env bash
# What must hold before a commit: format, build without a warning, tests.
set -euo pipefail
cd "$(dirname "$0")/.."
dotnet format Trainer.sln --verify-no-changes
dotnet build Trainer.sln -c Release
dotnet test Trainer.sln -c Release --no-build

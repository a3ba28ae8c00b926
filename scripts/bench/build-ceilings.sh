#!/usr/bin/env bash
# Compiles the kernels of the GPU benchmark's floors to PTX, as scripts/build-kernels.sh does with those of training:
# tests/Trainer.Benchmarks/Gpu/Ceilings/ceilings.ptx. Needs Debian's clang-14 and llvm-14 and no CUDA toolkit.
set -euo pipefail
cd "$(dirname "$0")/../.."
target=${1:-sm_50}
folder=tests/Trainer.Benchmarks/Gpu/Ceilings
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cat src/Trainer.Core/Engines/Gpu/Kernels/portable.c "$folder/ceilings.c" >"$work/ceilings.cu"
clang-14 -x cuda --cuda-device-only --cuda-gpu-arch="$target" -nocudainc -nocudalib -O3 -Xclang -disable-llvm-passes \
    -ffp-contract=off -Wall -Werror -Wno-unused-parameter -S -emit-llvm "$work/ceilings.cu" -o "$work/ceilings.ll"
opt-14 -passes='always-inline,default<O3>' "$work/ceilings.ll" -o "$work/ceilings.bc"
llc-14 -O3 -mcpu="$target" -fp-contract=off "$work/ceilings.bc" -o "$work/ceilings.ptx"
{
    echo "// source SHA-256: $(sha256sum <"$work/ceilings.cu" | cut -d' ' -f1)"
    cat "$work/ceilings.ptx"
} >"$folder/ceilings.ptx"

#!/usr/bin/env bash
# Compiles the GPU kernels to PTX: src/Trainer.Core/Engines/Gpu/Kernels/kernels.ptx.gz. Needs Debian's clang-14 and llvm-14 and
# no CUDA toolkit. formulas.c and instances.c are written first: TRAINER_UPDATE=1 dotnet test --filter KernelSourceTests
set -euo pipefail
cd "$(dirname "$0")/../src/Trainer.Core/Engines/Gpu/Kernels"
target=${1:-sm_50}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
clang-14 -x cuda --cuda-device-only --cuda-gpu-arch="$target" -nocudainc -nocudalib -O3 -Xclang -disable-llvm-passes \
    -ffp-contract=off -Wall -Werror -Wno-unused-parameter -S -emit-llvm instances.c -o "$work/kernels.ll"
# Inlined before anything else: clang's own order unrolls the loops of a tile too late to keep its sums in registers.
opt-14 -passes='always-inline,default<O3>' "$work/kernels.ll" -o "$work/kernels.bc"
llc-14 -O3 -mcpu="$target" -fp-contract=off "$work/kernels.bc" -o "$work/kernels.ptx"
{
    echo "// source SHA-256: $(cat $(LC_ALL=C ls ./*.c) | sha256sum | cut -d' ' -f1)"
    sed '/^\/\/ .* has been demoted$/d' "$work/kernels.ptx"
} | gzip -9n >kernels.ptx.gz

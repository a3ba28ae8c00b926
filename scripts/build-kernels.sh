#!/usr/bin/env bash
# Compiles the GPU kernels to PTX: src/Trainer.Core/Engines/Gpu/Kernels/kernels.ptx. Needs Debian's clang-14 and llvm-14 and
# no CUDA toolkit. formulas.c comes first from the formulas in C#: TRAINER_UPDATE=1 dotnet test --filter KernelSourceTests
set -euo pipefail
cd "$(dirname "$0")/../src/Trainer.Core/Engines/Gpu/Kernels"
target=${1:-sm_50}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cat portable.c formulas.c kernels.c >"$work/kernels.cu"
clang-14 -x cuda --cuda-device-only --cuda-gpu-arch="$target" -nocudainc -nocudalib -O3 -Xclang -disable-llvm-passes \
    -ffp-contract=off -Wall -Werror -Wno-unused-parameter -S -emit-llvm "$work/kernels.cu" -o "$work/kernels.ll"
# Inlined before anything else: clang's own order unrolls the loops of a tile too late to keep its sums in registers.
opt-14 -passes='always-inline,default<O3>' "$work/kernels.ll" -o "$work/kernels.bc"
llc-14 -O3 -mcpu="$target" -fp-contract=off "$work/kernels.bc" -o "$work/kernels.ptx"
{
    echo "// source SHA-256: $(sha256sum <"$work/kernels.cu" | cut -d' ' -f1)"
    cat "$work/kernels.ptx"
} >kernels.ptx

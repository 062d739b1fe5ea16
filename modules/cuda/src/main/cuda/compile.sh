#!/bin/sh
# Compiles kernels.cu to the PTX that is packed into the jar, or to the file that is named: compile.sh [FILE]
# Wants nvcc, and ptxas to see that cards of today take it.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
out=${1:-$here/../resources/dev/unroll/training/cuda/kernels.ptx}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Bits as Java computes them: no fused multiply-add, and no fast approximations.
nvcc -ptx -arch=compute_75 -fmad=false -o "$work/nvcc.ptx" "$here/kernels.cu"

# A driver reads PTX up to its own version, and nvcc writes the newest. The kernels use nothing that is newer than 7.0, which drivers
# from 450 on read, or that only newer cards have; ptxas below would not take it. Comments name the compiler's build and no more.
release=$(nvcc --version | sed -n 's/.*release \([0-9.]*\),.*/\1/p')
{
  echo "// Compiled from kernels.cu by compile.sh, with nvcc $release."
  sed -e 's|[[:space:]]*//.*||' -e '/^$/d' -e 's/^\.version .*/.version 7.0/' -e 's/^\.target .*/.target sm_52/' "$work/nvcc.ptx"
} >"$work/kernels.ptx"
for card in sm_75 sm_90 sm_100; do
  ptxas -arch="$card" -o /dev/null "$work/kernels.ptx"
done
mv "$work/kernels.ptx" "$out"

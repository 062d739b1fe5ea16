#!/bin/sh
# Characters a second that a 2 x 256 LSTM writes, one stream, the start of the program not counted:
# the difference between a long and a short sample.
# Usage: benchmarks/charlm/sampling.sh [FOLDER]
set -eu
unset OPENBLAS_CORETYPE OPENBLAS_L2_SIZE
root=$(cd "$(dirname "$0")/../.." && pwd)
out=${1:-sampling-results}
mkdir -p "$out"
[ -f "$out/model.zip" ] || "$root/unroll" charlm train --model "$out/model.zip" --layers 2 --hidden 256 --epochs 1 2> /dev/null
seconds() {
  begin=$(date +%s.%N)
  "$root/unroll" charlm sample --model "$out/model.zip" --length "$1" > /dev/null
  end=$(date +%s.%N)
  echo "$end - $begin" | bc
}
seconds 100 > /dev/null
short=$(seconds 1000)
long=$(seconds 21000)
echo "20000 / ($long - $short)" | bc

#!/bin/sh
# War and Peace: trains on the first 80 % of the characters, chooses on the next 10 %, reports nats a character on the
# last 10 %, and samples.
# Usage: benchmarks/charlm/warandpeace.sh INPUT [FOLDER] [OPTIONS…]
#   INPUT    the usual file, 3.2 million characters
#   FOLDER   receives model and results (default: warandpeace-results)
#   OPTIONS  of charlm train, which win over the preset
set -eu
unset OPENBLAS_CORETYPE OPENBLAS_L2_SIZE
root=$(cd "$(dirname "$0")/../.." && pwd)
input=$1
out=${2:-warandpeace-results}
[ $# -lt 2 ] && shift 1 || shift 2
mkdir -p "$out"
"$root/unroll" charlm train --train "$input" --dev-fraction 0.1 --test-fraction 0.1 --model "$out/model.zip" \
  --config novel "$@" 2> "$out/train.log"
"$root/unroll" charlm sample --model "$out/model.zip" --length 600 --temperature 0.8 --seed 1
echo

#!/bin/sh
# tinyshakespeare: trains on the first 90 % of the characters, reports nats a character on the last 10 %, and samples.
# Usage: benchmarks/charlm/tinyshakespeare.sh INPUT [FOLDER] [OPTIONS…]
#   INPUT    the usual input.txt, 1,115,394 characters
#   FOLDER   receives model and results (default: tinyshakespeare-results)
#   OPTIONS  of charlm train, which win over the preset
set -eu
unset OPENBLAS_CORETYPE OPENBLAS_L2_SIZE
root=$(cd "$(dirname "$0")/../.." && pwd)
input=$1
out=${2:-tinyshakespeare-results}
[ $# -lt 2 ] && shift 1 || shift 2
mkdir -p "$out"
head -c 1003854 "$input" > "$out/train.txt"
tail -c +1003855 "$input" > "$out/validation.txt"
"$root/unroll" charlm train --train "$out/train.txt" --dev "$out/validation.txt" --model "$out/model.zip" \
  --config shakespeare "$@" 2> "$out/train.log"
"$root/unroll" charlm evaluate --model "$out/model.zip" --data "$out/validation.txt"
"$root/unroll" charlm sample --model "$out/model.zip" --length 600 --temperature 0.8 --seed 1
echo

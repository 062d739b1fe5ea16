#!/bin/sh
# An epoch over the words of a text with an adaptive softmax and with a full one, from the same seed over the same batches:
# processor seconds, and nats a character on the last 5 %.
# Usage: benchmarks/charlm/adaptive.sh INPUT [FOLDER] [OPTIONS…]
#   INPUT    running text of a megabyte or more
#   FOLDER   receives models, logs and times (default: adaptive-results)
#   OPTIONS  of charlm train
set -eu
unset OPENBLAS_CORETYPE OPENBLAS_L2_SIZE
root=$(cd "$(dirname "$0")/../.." && pwd)
input=$1
out=${2:-adaptive-results}
[ $# -lt 2 ] && shift 1 || shift 2
mkdir -p "$out"

train() { # NAME OPTIONS…
  name=$1
  shift
  /usr/bin/time -p "$root/unroll" charlm train --train "$input" --model "$out/$name.zip" --level word --max-vocabulary 30000 \
    --min-count 1 --layers 1 --hidden 256 --dimensions 128 --dropout 0 --batch 32 --window 35 --learning-rate 0.002 \
    --dev-fraction 0.05 --baseline-order 0 --epochs 1 --patience 0 --seed 1 "$@" 2> "$out/$name.log"
  tail -n 3 "$out/$name.log"
}

train adaptive --adaptive-softmax auto "$@"
train full "$@"

#!/bin/sh
# WNUT-17, the official split; three seeds.
# Usage: benchmarks/ner/wnut17.sh DATA VECTORS [FOLDER] [OPTIONS…]
#   DATA     holds train.conll, dev.conll and test.conll
#   VECTORS  a file of word vectors, or none
#   FOLDER   receives models and results (default: wnut17-results)
#   OPTIONS  of ner train
# Environment: SEEDS="1 2 3"; TEST=no leaves the test part unread, for choosing settings on dev;
#   BEGINNINGS=FOLDER, the tagger SEED.zip in it is what each training begins with
set -eu
unset OPENBLAS_CORETYPE OPENBLAS_L2_SIZE
root=$(cd "$(dirname "$0")/../.." && pwd)
data=$1 vectors=$2 out=${3:-wnut17-results}
[ $# -lt 3 ] && shift 2 || shift 3
[ "$vectors" = none ] || set -- --vectors "$vectors" "$@"
mkdir -p "$out"

for seed in ${SEEDS:-1 2 3}; do
  "$root/unroll" ner train --train "$data/train.conll" --dev "$data/dev.conll" \
    --model "$out/$seed.zip" --seed "$seed" ${BEGINNINGS:+--begin-with "$BEGINNINGS/$seed.zip"} "$@" 2> "$out/$seed.log" | tail -n 1
  [ "${TEST:-yes}" = no ] || "$root/unroll" ner evaluate --model "$out/$seed.zip" \
    --data "$data/test.conll" --json | tee "$out/$seed.test.json"
done

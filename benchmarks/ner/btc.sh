#!/bin/sh
# Broad Twitter Corpus: trains on the sections a, b, e and g, watches f, and scores h; three seeds.
# Usage: benchmarks/ner/btc.sh DATA VECTORS [FOLDER] [OPTIONS…]
#   DATA     holds a.conll, b.conll, …
#   VECTORS  a file of word vectors, or none
#   FOLDER   receives models and results (default: btc-results)
#   OPTIONS  of ner train
# Environment: SEEDS="1 2 3"; TEST=no leaves h unread, for choosing settings on f;
#   BEGINNINGS=FOLDER, the tagger SEED.zip in it is what each training begins with
set -eu
unset OPENBLAS_CORETYPE OPENBLAS_L2_SIZE
root=$(cd "$(dirname "$0")/../.." && pwd)
data=$1 vectors=$2 out=${3:-btc-results}
[ $# -lt 3 ] && shift 2 || shift 3
[ "$vectors" = none ] || set -- --vectors "$vectors" "$@"
mkdir -p "$out/train"
cp "$data/a.conll" "$data/b.conll" "$data/e.conll" "$data/g.conll" "$out/train"

for seed in ${SEEDS:-1 2 3}; do
  "$root/unroll" ner train --train "$out/train" --dev "$data/f.conll" --model "$out/$seed.zip" \
    --seed "$seed" ${BEGINNINGS:+--begin-with "$BEGINNINGS/$seed.zip"} "$@" 2> "$out/$seed.log" | tail -n 1
  [ "${TEST:-yes}" = no ] || "$root/unroll" ner evaluate --model "$out/$seed.zip" --data "$data/h.conll" --json \
    | tee "$out/$seed.test.json"
done

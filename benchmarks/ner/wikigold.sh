#!/bin/sh
# wikigold in five folds by document: trains on four fifths, with every tenth document of them as dev, and tags the
# last fifth. The documents take turns: the first, sixth, … are the first fold. The last line is the score of all five
# answers together, as conlleval would count them in one file, and the mean of the five scores.
# Usage: benchmarks/ner/wikigold.sh DATA VECTORS [FOLDER] [OPTIONS…]
#   DATA     wikigold.conll.txt
#   VECTORS  a file of word vectors, or none
#   FOLDER   receives models and results (default: wikigold-results)
#   OPTIONS  of ner train
set -eu
unset OPENBLAS_CORETYPE OPENBLAS_L2_SIZE
root=$(cd "$(dirname "$0")/../.." && pwd)
data=$1 vectors=$2 out=${3:-wikigold-results}
[ $# -lt 3 ] && shift 2 || shift 3
[ "$vectors" = none ] || set -- --vectors "$vectors" "$@"
mkdir -p "$out"

for fold in 0 1 2 3 4; do
  rm -f "$out/$fold".train "$out/$fold".dev "$out/$fold".test
  # The line -DOCSTART- stands between two documents.
  awk -v fold=$fold -v out="$out/$fold" '
    NR == 1 || /^-DOCSTART-/ {
      part = document % 5 == fold ? "test" : rest++ % 10 == 0 ? "dev" : "train"
      document++
    }
    { print > (out "." part) }' "$data"
  "$root/unroll" ner train --train "$out/$fold.train" --dev "$out/$fold.dev" \
    --model "$out/$fold.zip" "$@" 2> "$out/$fold.log" | tail -n 1
  "$root/unroll" ner evaluate --model "$out/$fold.zip" --data "$out/$fold.test" --json \
    | tee "$out/$fold.test.json"
done

awk '
  function value(key) { # of the whole; those of each type stand behind it
    match($0, "\"" key "\": *[0-9.]+")
    return substr($0, RSTART + length(key) + 3, RLENGTH - length(key) - 3) + 0
  }
  { gold += value("gold"); found += value("predicted"); right += value("correct"); sum += value("f1") }
  END {
    precision = 100 * right / found; recall = 100 * right / gold
    printf "{\"folds\":%d,\"gold\":%d,\"predicted\":%d,\"correct\":%d,", NR, gold, found, right
    printf "\"precision\":%.2f,\"recall\":%.2f,", precision, recall
    printf "\"f1\":%.2f,\"meanF1\":%.2f}\n", 2 * precision * recall / (precision + recall), sum / NR
  }' "$out"/[0-4].test.json

#!/bin/sh
# wikigold in five folds by document: trains on four fifths and tags the last fifth. The documents take turns: the first,
# sixth, … are the first fold. The last line is the score of all five answers together, as conlleval would count them in
# one file, and the mean of the five scores.
# Usage: benchmarks/ner/wikigold.sh [--choose] DATA VECTORS [FOLDER] [OPTIONS…]
#   --choose holds every tenth document of the four fifths back as dev part, reads no test part, and prints what settings
#            are chosen by: F1 on dev of the best epoch and of the last five, as means of the five folds
#   DATA     wikigold.conll.txt
#   VECTORS  a file of word vectors, or none
#   FOLDER   receives models and results (default: wikigold-results)
#   OPTIONS  of ner train
# Environment: BEGINNINGS=FOLDER, the tagger FOLD.zip in it is what each training begins with
set -eu
unset OPENBLAS_CORETYPE OPENBLAS_L2_SIZE
root=$(cd "$(dirname "$0")/../.." && pwd)
every=0
if [ "$1" = --choose ]; then
  every=10
  shift
fi
data=$1 vectors=$2 out=${3:-wikigold-results}
[ $# -lt 3 ] && shift 2 || shift 3
[ "$vectors" = none ] || set -- --vectors "$vectors" "$@"
mkdir -p "$out"

train() {
  "$root/unroll" ner train --train "$out/$fold.train" --model "$out/$fold.zip" \
    ${BEGINNINGS:+--begin-with "$BEGINNINGS/$fold.zip"} "$@" 2> "$out/$fold.log" | tail -n 1
}

for fold in 0 1 2 3 4; do
  rm -f "$out/$fold".train "$out/$fold".dev "$out/$fold".test
  # The line -DOCSTART- stands between two documents.
  awk -v fold=$fold -v every=$every -v out="$out/$fold" '
    NR == 1 || /^-DOCSTART-/ {
      part = document++ % 5 == fold ? "test" : every && rest++ % every == 0 ? "dev" : "train"
    }
    { print > (out "." part) }' "$data"
  if [ $every -gt 0 ]; then
    train --dev "$out/$fold.dev" "$@"
  else
    train --dev-fraction 0 "$@"
    "$root/unroll" ner evaluate --model "$out/$fold.zip" --data "$out/$fold.test" --json | tee "$out/$fold.test.json"
  fi
done

if [ $every -gt 0 ]; then
  awk '
    FNR == 1 { folds++; epochs = 0 }
    /"devScore"/ { score[folds, ++epochs] = $2 + 0; count[folds] = epochs }
    END {
      for (f = 1; f <= folds; f++) {
        best = 0
        for (e = 1; e <= count[f]; e++) if (score[f, e] > best) best = score[f, e]
        for (e = count[f] - 4; e <= count[f]; e++) last += score[f, e] / 5
        sum += best
      }
      printf "{\"folds\":%d,\"bestEpoch\":%.2f,\"lastFive\":%.2f}\n", folds, sum / folds, last / folds
    }' "$out"/[0-4].metrics.json
  exit
fi

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

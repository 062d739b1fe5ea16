#!/bin/sh
# Pairs of sentences that sound alike, of which one is English: how often does a language model find the right one more
# probable? Prints each pair with the difference of the log-probabilities in nats, then the count.
# Usage: benchmarks/charlm/homophones.sh MODEL [PAIRS]
#   MODEL    a character model, best one trained with --ending line
#   PAIRS    lines of a right sentence, a tab and a wrong one (default: homophones.tsv, beside this script)
set -eu
unset OPENBLAS_CORETYPE OPENBLAS_L2_SIZE
here=$(cd "$(dirname "$0")" && pwd)
model=$1
pairs=${2:-$here/homophones.tsv}
scores=$(mktemp)
trap 'rm -f "$scores"' EXIT
# Two lines a pair, the right one first.
tr '\t' '\n' < "$pairs" | "$here/../../unroll" charlm score --model "$model" > "$scores"
awk -F '\t' '
  NR % 2 { right = $1; text = $3; next }
  {
    pairs++
    if (right > $1) found++
    printf "%+7.2f  %s | %s\n", right - $1, text, $3
  }
  END { printf "%d of %d\n", found, pairs }' "$scores"

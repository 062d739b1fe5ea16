#!/bin/sh
# How well a tagger finds names where case says nothing: F1 on tagged sentences as they are, in lower case and in upper case.
# Usage: benchmarks/ner/case.sh MODEL DATA
#   MODEL  one that ner train wrote
#   DATA   words in columns, such as WNUT-17's dev.conll
set -eu
unset OPENBLAS_CORETYPE OPENBLAS_L2_SIZE
root=$(cd "$(dirname "$0")/../.." && pwd)
model=$1 data=$2
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

for case in original lower upper; do
  case $case in
    original) cat "$data" ;;
    lower) perl -CSD -pe 's/^(\S+)/lc $1/e unless /^-DOCSTART-/' "$data" ;;
    upper) perl -CSD -pe 's/^(\S+)/uc $1/e unless /^-DOCSTART-/' "$data" ;;
  esac > "$scratch/$case"
  "$root/unroll" ner evaluate --model "$model" --data "$scratch/$case" --json \
    | awk -v name="$case" '{ match($0, /"f1":[0-9.]+/); printf "%-8s %.1f\n", name, substr($0, RSTART + 5, RLENGTH - 5) }' # of all types
done

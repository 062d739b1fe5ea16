#!/bin/sh
# What word vectors learnt from much text are worth to a task with little: SST-2 and WNUT-17 from random vectors, from
# pretrained ones that stay as they are, and from pretrained ones that are trained further.
# Usage: benchmarks/embeddings/transfer.sh VECTORS SST2 WNUT17 [FOLDER]
#   VECTORS  a file of word vectors, such as enwiki.sh leaves behind
#   SST2     holds train.tsv, dev.tsv and test.tsv (label<TAB>text)
#   WNUT17   holds train.conll, dev.conll and test.conll
#   FOLDER   receives models and results (default: transfer-results)
# Environment: SEEDS="1 2 3"
# Prints a table: dev is what training chose the model by, and test was read once.
set -eu
unset OPENBLAS_CORETYPE OPENBLAS_L2_SIZE
root=$(cd "$(dirname "$0")/../.." && pwd)
vectors=$1 sst2=$2 wnut17=$3 out=${4:-transfer-results}
mkdir -p "$out"

number() { # KEY FILE: its first value in a line of JSON
  grep -o "\"$1\": *[-0-9.]*" "$2" | head -n 1 | sed 's/.*: *//'
}

run() { # TASK DATA ENDING KEY NAME OPTIONS…
  task=$1 data=$2 ending=$3 key=$4 name=$5
  shift 5
  for seed in ${SEEDS:-1 2 3}; do
    at=$out/$task-$name-$seed
    "$root/unroll" "$task" train --train "$data/train.$ending" --dev "$data/dev.$ending" \
      --model "$at.zip" --seed "$seed" "$@" 2> "$at.log" | tail -n 1 > "$at.dev.json"
    "$root/unroll" "$task" evaluate --model "$at.zip" --data "$data/test.$ending" --json > "$at.test.json"
    echo "$task $name $seed $(number "$key" "$at.dev.json") $(number "$key" "$at.test.json")" \
      "$(number seconds "$at.dev.json")"
  done
}

{
  echo 'task vectors seed dev test seconds'
  for task in sentiment ner; do
    case $task in
      sentiment) set -- "$sst2" tsv accuracy ;;
      ner) set -- "$wnut17" conll f1 ;;
    esac
    run "$task" "$@" random
    run "$task" "$@" frozen --vectors "$vectors" --freeze-vectors
    run "$task" "$@" further --vectors "$vectors"
  done
} | tee "$out/transfer.txt"

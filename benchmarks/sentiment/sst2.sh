#!/bin/sh
# SST-2 from random embeddings, and with the phrases of the training trees: three seeds each.
# Usage: benchmarks/sentiment/sst2.sh DATA [FOLDER]
#   DATA    holds train.tsv, dev.tsv, test.tsv and train-phrases.tsv.gz (label<TAB>text)
#   FOLDER  receives models and results (default: sst2-results)
set -eu
unset OPENBLAS_CORETYPE OPENBLAS_L2_SIZE
root=$(cd "$(dirname "$0")/../.." && pwd)
data=$1
out=${2:-sst2-results}
mkdir -p "$out"

run() { # NAME TRAIN OPTIONS…
  name=$1; train=$2; shift 2
  for seed in 1 2 3; do
    "$root/unroll" sentiment train --train "$train" --dev "$data/dev.tsv" \
      --model "$out/$name-$seed.zip" --seed $seed "$@" 2> "$out/$name-$seed.log" | tail -n 1
    "$root/unroll" sentiment evaluate --model "$out/$name-$seed.zip" --data "$data/test.tsv" --json \
      | tee "$out/$name-$seed.test.json"
  done
}

run sentences "$data/train.tsv"
run phrases "$data/train-phrases.tsv.gz" --config phrases

if command -v fasttext > /dev/null; then
  for part in train test; do
    sed "s/^\([^	]*\)	/__label__\1 /" "$data/$part.tsv" > "$out/fasttext.$part"
  done
  fasttext supervised -input "$out/fasttext.train" -output "$out/fasttext" \
    -epoch 10 -lr 0.2 -dim 50 -thread 1 > /dev/null 2>&1
  echo "fastText on the sentences:"
  fasttext test "$out/fasttext.bin" "$out/fasttext.test"
fi

#!/bin/sh
# Long reviews: a tenth of IMDB's labelled reviews held out, word vectors learnt from the unlabelled
# ones, and fastText with bigrams on the very same split.
# Usage: benchmarks/sentiment/imdb.sh DATA [FOLDER]
#   DATA    holds train.tsv.gz (label<TAB>text) and unlabelled.txt.gz (one review a line)
#   FOLDER  receives the split, models and results (default: imdb-results)
set -eu
unset OPENBLAS_CORETYPE OPENBLAS_L2_SIZE
root=$(cd "$(dirname "$0")/../.." && pwd)
data=$1
out=${2:-imdb-results}
mkdir -p "$out"

# Of every twenty lines one for dev and two for test; the file is in no order but that of the labels.
gzip -dc "$data/train.tsv.gz" | awk -v out="$out" '
  { part = NR % 10 == 0 ? "test" : NR % 20 == 5 ? "dev" : "train"; print > (out "/" part ".tsv") }'

# Vectors see the unlabelled reviews and those to train on, nothing of dev and test.
{ gzip -dc "$data/unlabelled.txt.gz"; cut -f 2- "$out/train.tsv"; } > "$out/text.txt"
"$root/unroll" embeddings train --train "$out/text.txt" --model "$out/vectors.bin" \
  --tokenizer standard-without-tags --lowercase --dimensions 128 --epochs 4 --threads 2 \
  2> "$out/vectors.log" | tail -n 1

for seed in ${SEEDS:-1}; do
  "$root/unroll" sentiment train --config reviews --train "$out/train.tsv" --dev "$out/dev.tsv" \
    --vectors "$out/vectors.bin" --model "$out/model-$seed.zip" --seed "$seed" \
    2> "$out/model-$seed.log" | tail -n 1
  "$root/unroll" sentiment evaluate --model "$out/model-$seed.zip" --data "$out/test.tsv" --json \
    | tee "$out/model-$seed.test.json"
done

if command -v fasttext > /dev/null; then
  for part in train test; do
    sed -e 's/^\([^	]*\)	/__label__\1 /' -e 's/<br \/>/ /g' -e 's#[],.!?;:"()*/[-]# & #g' -e "s/'/ '/g" \
      "$out/$part.tsv" | tr 'A-Z' 'a-z' > "$out/fasttext.$part"
  done
  fasttext supervised -input "$out/fasttext.train" -output "$out/fasttext" \
    -wordNgrams 2 -epoch 10 -lr 0.2 -dim 50 -thread 2 > /dev/null 2>&1
  echo "fastText with bigrams:"
  fasttext test "$out/fasttext.bin" "$out/fasttext.test"
fi

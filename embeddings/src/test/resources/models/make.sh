#!/bin/sh
# How the vectors beside this script and their answers were made, by the program at commit 74c3258.
#
# They are what users have on their disks: a later version must load them and answer the same. So they stay as they are;
# a new kind of file is added beside them, with a line here and the commit that made it.
set -eu
cd "$(dirname "$0")"
unroll=../../../../../unroll

train() { # FILE OPTIONS…, on the sample that the project ships
  file=$1
  shift
  "$unroll" embeddings train --model "$file" --dimensions 16 --min-count 5 --seed 3 --deterministic "$@"
  answer "$file"
}

answer() { # FILE
  "$unroll" embeddings nearest --model "$1" --json --top 5 king paris cat xyzzy >"$1.nearest.jsonl"
  "$unroll" embeddings analogy --model "$1" --json --top 5 man king woman paris france berlin >"$1.analogy.jsonl"
  "$unroll" embeddings similarity --model "$1" --json king queen cat paris >"$1.similarity.jsonl"
  "$unroll" embeddings evaluate --model "$1" --json --analogies analogies.txt --similarity pairs.tsv >"$1.evaluate.jsonl"
}

train words.bin --skip-gram --epochs 15
train subwords.bin --cbow --min-ngram 3 --max-ngram 4 --buckets 2000 --epochs 15
train tree.vec --skip-gram --hierarchical-softmax --epochs 10
# The same vectors as words.bin, packed, and without the line that says how many there are.
gzip -9 -n -c words.bin >packed.bin.gz
answer packed.bin.gz
"$unroll" embeddings convert --model words.bin plain.glove
answer plain.glove

#!/bin/sh
# What is learnt from text without labels, handed to tasks with few: word vectors, models of characters and models of words, made
# of nothing but a part of Wikipedia and reviews; then taggers and classifiers with them and without.
# Usage: benchmarks/transfer/run.sh DATA FOLDER [STEP…]
#   DATA    holds embeddings/enwiki_cased, sentiment/imdb, sentiment/sst2, ner/wnut17, ner/wikigold and ner/btc
#   FOLDER  receives texts, models, logs and results
#   STEP    some of: text vectors characters words wnut17 wikigold btc; without any, all of them in this order
# Environment: SEEDS="1 2 3"; THREADS=0, of each training; TEST=no leaves the test parts unread, for choosing settings on dev;
#   WITH="none vectors both", what the taggers and classifiers begin with
set -eu
unset OPENBLAS_CORETYPE OPENBLAS_L2_SIZE
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
data=$(cd "$1" && pwd)
mkdir -p "$2"
out=$(cd "$2" && pwd)
shift 2
threads=${THREADS:-0} with=${WITH:-none vectors both}
export SEEDS="${SEEDS:-1 2 3}" TEST="${TEST:-yes}"

# Sentences of Wikipedia and of reviews, with their case, for the vectors, and of a seventh and an eighth of them, shuffled by
# paragraphs, for the models of characters; every second review in lower case for the models of words.
text() {
  wiki=$(echo "$data"/embeddings/enwiki_cased/*.gz)
  reviews=$data/sentiment/imdb/unlabelled.txt.gz
  { gzip -dc "$wiki"; gzip -dc "$reviews"; } | perl "$here/sentences.pl" > "$out/all.txt"
  yes | head -c 10000000 > "$out/yes" # the same order in every run
  { gzip -dc "$wiki" | awk 'NR % 7 == 0'; gzip -dc "$reviews" | awk 'NR % 8 == 0'; } \
    | shuf --random-source="$out/yes" | perl "$here/sentences.pl" > "$out/characters.txt"
  gzip -dc "$reviews" | awk 'NR % 2 == 1' | perl -CSD -pe 's/<br ?\/>/ /g; $_ = lc' > "$out/words.txt"
  wc -c "$out/all.txt" "$out/characters.txt" "$out/words.txt"
}

train() { # TASK NAME OPTIONS…: prints what the training ended with
  task=$1 name=$2
  shift 2
  "$root/unroll" "$task" train --model "$out/$name" --seed 1 --threads "$threads" "$@" 2> "$out/$name.log" | tail -n 1
}

vectors() {
  train embeddings vectors.bin --train "$out/all.txt" --tokenizer whitespace --skip-gram --dimensions 100 --epochs 3 --min-count 5 \
    --share-negatives
}

characters() {
  for direction in forward backward; do
    [ $direction = forward ] && reverse= || reverse=--reverse
    train charlm $direction.zip --train "$out/characters.txt" --layers 1 --hidden 512 --dimensions 64 --dropout 0.1 --batch 32 \
      --window 128 --epochs 1 --dev-fraction 0.015 --max-vocabulary 200 --baseline-order 0 $reverse
  done
}

words() {
  for direction in forward backward; do
    [ $direction = forward ] && reverse= || reverse=--reverse
    train charlm words-$direction.zip --train "$out/words.txt" --level word --max-vocabulary 30000 --adaptive-softmax auto \
      --layers 1 --hidden 256 --dimensions 128 --dropout 0.2 --batch 32 --window 35 --epochs 1 --dev-fraction 0.01 --ending line \
      --baseline-order 0 $reverse
  done
}

tagger() { # SET DATA: with each of what a tagger may begin with
  for kind in $with; do
    echo "$1, $kind:"
    case $kind in
      none) "$root/benchmarks/ner/$1.sh" "$2" none "$out/$1-$kind" --threads "$threads" ;;
      vectors) "$root/benchmarks/ner/$1.sh" "$2" "$out/vectors.bin" "$out/$1-$kind" --threads "$threads" ;;
      both) "$root/benchmarks/ner/$1.sh" "$2" "$out/vectors.bin" "$out/$1-$kind" --threads "$threads" \
        --language-model "$out/forward.zip" --language-model "$out/backward.zip" --embed ;;
    esac
  done
}

for step in ${*:-text vectors characters words wnut17 wikigold btc}; do
  case $step in
    wnut17 | btc) tagger "$step" "$data/ner/$step" ;;
    wikigold) tagger wikigold "$data/ner/wikigold/wikigold.conll.txt" ;;
    *) "$step" ;;
  esac
done

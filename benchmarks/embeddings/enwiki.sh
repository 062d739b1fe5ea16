#!/bin/sh
# word2vec on a text of 100 MB, and gensim on the same text in the same run: words a second, peak
# memory, analogies over the 30,000 most frequent words, WordSim-353.
# Usage: benchmarks/embeddings/enwiki.sh TEXT QUESTIONS PAIRS [FOLDER]
#   TEXT       words separated by white space, as text8 (gzip or not)
#   QUESTIONS  questions-words.txt
#   PAIRS      WordSim-353, two words and a score a line
#   FOLDER     receives vectors and results (default: enwiki-results)
# Environment: ARCHITECTURE=skip-gram|cbow, EPOCHS=3, THREADS=2, PYTHON=python3 (with gensim), RATE=0.025
set -eu
unset OPENBLAS_CORETYPE OPENBLAS_L2_SIZE
root=$(cd "$(dirname "$0")/../.." && pwd)
text=$1 questions=$2 pairs=$3 out=${4:-enwiki-results}
architecture=${ARCHITECTURE:-skip-gram} epochs=${EPOCHS:-3} threads=${THREADS:-2} rate=${RATE:-0.025}
python=${PYTHON:-python3}
mkdir -p "$out"

peak() { # FILE: the greatest resident memory that GNU time wrote there, in MB
  awk '/Maximum resident/ { printf "%.0f", $NF / 1024 }' "$1"
}

"$root/unroll" embeddings --help > "$out/build.log" 2>&1 # builds, so that it is not timed
for program in unroll gensim; do
  model=$out/$program-$architecture.bin
  if [ "$program" = unroll ]; then
    /usr/bin/time -v -o "$out/time" \
      "$root/unroll" embeddings train --train "$text" --model "$model" "--$architecture" \
      --dimensions 100 --window 5 --negative 5 --subsample 1e-3 --min-count 5 \
      --learning-rate "$rate" --epochs "$epochs" --threads "$threads" 2> "$out/$program.log"
  else
    /usr/bin/time -v -o "$out/time" "$python" "$root/benchmarks/embeddings/peer.py" \
      "$text" "$model" "$architecture" "$epochs" "$threads" "$rate"
  fi
  echo "{\"program\":\"$program\",\"architecture\":\"$architecture\",\"peakMegabytes\":$(peak "$out/time")}"
  "$root/unroll" embeddings evaluate --model "$model" --analogies "$questions" --similarity "$pairs" \
    --restrict-vocabulary 30000 --json
done

#!/bin/sh
# Deeplearning4j's own Word2Vec and ours on the beginning of a text, skip-gram with the settings of enwiki.sh: words a
# second, and analogies over the 30,000 most frequent words.
# Usage: benchmarks/embeddings/deeplearning4j.sh TEXT QUESTIONS [FOLDER]
#   TEXT       words separated by white space (gzip or not)
#   QUESTIONS  questions-words.txt
#   FOLDER     receives vectors and results (default: deeplearning4j-results)
# Environment: MEGABYTES=10 of the text, EPOCHS=1, THREADS=2
set -eu
unset OPENBLAS_CORETYPE OPENBLAS_L2_SIZE
export OMP_NUM_THREADS=1
root=$(cd "$(dirname "$0")/../.." && pwd)
text=$1 questions=$2 out=${3:-deeplearning4j-results}
megabytes=${MEGABYTES:-10} epochs=${EPOCHS:-1} threads=${THREADS:-2}
mkdir -p "$out"
# Deeplearning4j wants sentences: a thousand words a line, as word2vec cuts a text without line breaks.
gzip -cdf "$text" | head -c "${megabytes}000000" | tr -s ' \n' '\n\n' | paste -sd "$(printf ' %.0s' $(seq 999))\n" - > "$out/text"
words=$(wc -w < "$out/text")
(cd "$root" && mvn -q -B -DskipTests -Dspotless.check.skip -Pbenchmarks -pl benchmarks -am package)
classpath=$root/benchmarks/target/unroll-benchmarks.jar:$(cat "$root/benchmarks/target/classpath.txt")

"$root/unroll" embeddings train --train "$out/text" --model "$out/unroll.bin" --skip-gram --dimensions 100 --window 5 \
  --negative 5 --subsample 1e-3 --min-count 5 --epochs "$epochs" --threads "$threads" 2> "$out/unroll.log"
java -cp "$classpath" dev.unroll.benchmarks.Word2VecPeer "$out/text" "$out/deeplearning4j.bin" "$words" "$epochs" "$threads" \
  2> "$out/deeplearning4j.log"
for program in unroll deeplearning4j; do
  echo "$program"
  "$root/unroll" embeddings evaluate --model "$out/$program.bin" --analogies "$questions" --restrict-vocabulary 30000 --json
done

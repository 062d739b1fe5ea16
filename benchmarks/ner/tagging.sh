#!/bin/sh
# How fast a model tags: words a second with all sentences in one call, the time for a sentence by itself (median and
# 99th percentile, the model loaded and warm), and words a second of the command line, its start not counted.
# Usage: benchmarks/ner/tagging.sh MODEL DATA
#   MODEL  one that ner train wrote
#   DATA   tokens in columns, such as WNUT-17's test.conll
set -eu
unset OPENBLAS_CORETYPE OPENBLAS_L2_SIZE
root=$(cd "$(dirname "$0")/../.." && pwd)
model=$1 data=$2
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

awk '/^-DOCSTART-/ { next } NF { printf "%s%s", space, $1; space = " " } !NF && space { print ""; space = "" }
  END { if (space) print "" }' "$data" > "$scratch/text"
(cd "$root" && mvn -q -B -DskipTests -Dspotless.check.skip -Pbenchmarks -pl benchmarks -am package)
java --add-modules jdk.incubator.vector \
  -cp "$root/benchmarks/target/unroll-benchmarks.jar:$(cat "$root/benchmarks/target/classpath.txt")" \
  dev.unroll.benchmarks.Measure tagging "$model" "$scratch/text" | grep -E '^(bulk|one) '

for _ in 1 2 3 4 5 6 7 8 9 10; do cat "$scratch/text"; done > "$scratch/long"
seconds() { # FILE
  begin=$(date +%s%N)
  "$root/unroll" ner tag --model "$model" --format tokens "$1" > /dev/null 2>&1
  echo $(($(date +%s%N) - begin))
}
seconds "$scratch/text" > /dev/null # builds, if need be
short=$(seconds "$scratch/text")
long=$(seconds "$scratch/long")
echo "command $((9 * $(wc -w < "$scratch/text") * 1000000000 / (long - short))) words/s"

#!/bin/sh
# Rows a second of a sentiment model on Apache Spark, on this machine: the transformer beside threads of one JVM, functions of SQL
# beside the transformer, and 1, 2 and 4 executors with what memory each took.
# Usage: benchmarks/spark/run.sh FOLDER [ROWS [ROUNDS]]
#   FOLDER   receives the model, the texts and the results
#   ROUNDS   of each, at least 2: the first is left out of the medians
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
mkdir -p "$1"
out=$(cd "$1" && pwd)
rows=${2:-20000} rounds=${3:-4}
unset OPENBLAS_CORETYPE OPENBLAS_L2_SIZE || true
export OMP_NUM_THREADS=1

[ -f "$out/model.zip" ] || "$root/unroll" sentiment train --model "$out/model.zip" --epochs 2 > "$out/train.out" 2>&1
awk -F '\t' -v rows="$rows" '{ text[NR] = $2 } END { for (i = 0; i < rows; i++) print text[i % NR + 1] }' \
  "$root/sentiment/src/main/resources/dev/unroll/sentiment/sample/train.tsv" > "$out/texts.txt"
head -n $((rows / 4)) "$out/texts.txt" > "$out/few.txt"

(cd "$root" && mvn -q -B -Pspark -pl modules/spark -am -DskipTests -Dspotless.check.skip package \
  dependency:build-classpath -Dmdep.includeScope=test -Dmdep.outputFile="$out/classpath.txt")
classpath=$out/classes:$root/modules/spark/target/classes:$(cat "$out/classpath.txt")
mkdir -p "$out/classes"
javac -d "$out/classes" -cp "$classpath" "$root/benchmarks/spark/SparkRows.java"

# A cluster on this machine starts its executors from an installation, here one of links.
mkdir -p "$out/home/jars"
echo "$classpath" | tr ':' '\n' | grep '\.jar$' | while read -r jar; do ln -sf "$jar" "$out/home/jars/"; done
export SPARK_HOME="$out/home" SPARK_SCALA_VERSION=2.13

opens=
for package in java.lang java.lang.invoke java.lang.reflect java.io java.net java.nio java.util java.util.concurrent \
  java.util.concurrent.atomic sun.nio.ch sun.nio.cs sun.security.action sun.util.calendar; do
  opens="$opens --add-opens=java.base/$package=ALL-UNNAMED"
done
measure() { # MODE COUNT [TEXTS]
  # shellcheck disable=SC2086 # options are words
  java -Xmx2g -XX:+UseSerialGC $opens -cp "$classpath" SparkRows "$1" "$2" "$out/model.zip" "$out/${3:-texts}.txt" "$rounds" \
    2>> "$out/spark.log" | tee -a "$out/results.txt"
}
: > "$out/results.txt"
measure local 1
for executors in 1 2 4; do
  measure cluster "$executors"
done
measure sql 1 few
measure local 2

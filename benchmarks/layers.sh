#!/bin/sh
# Measures the recurrent layers beside Deeplearning4j's own and PyTorch's, and prints a table.
#
# benchmarks/layers.sh [NETWORK...]     such as lstm-256 or gru-tagger; all of them unless named
#
# Needs python3 with torch. Every library measures a network right after the other, so that a busy
# machine slows all of them down; the ratios are what to look at.
set -eu
cd "$(dirname "$0")/.."
unset OPENBLAS_CORETYPE OPENBLAS_L2_SIZE
export OMP_NUM_THREADS=1

[ $# -gt 0 ] || set -- lstm-128 lstm-256 lstm-512 lstm-tagger gru-128 gru-256 gru-512 gru-tagger
mvn -q -B -DskipTests -Dspotless.check.skip -Pbenchmarks -pl benchmarks -am package
classpath=benchmarks/target/unroll-benchmarks.jar:$(cat benchmarks/target/classpath.txt)
lines=$(mktemp)
trap 'rm -f "$lines"' EXIT

java_measures() { # LIBRARY NETWORK WORK...
  java -cp "$classpath" dev.unroll.benchmarks.Measure "$@" | grep "^$1 " >>"$lines"
}

for network; do
  works='train infer-1 infer-64'
  case $network in *-tagger) ;; *) works="$works step-1" ;; esac
  java_measures unroll "$network" $works
  for threads in 1 2; do # PyTorch is at its best with one or the other
    OPENBLAS_NUM_THREADS=$threads python3 benchmarks/pytorch/layers.py "$network" $works >>"$lines"
  done
  case $network in lstm-[0-9]*) java_measures deeplearning4j "$network" train ;; esac
done
java -cp "$classpath" dev.unroll.benchmarks.Measure sgemm | grep '^sgemm ' >>"$lines"

awk -f benchmarks/table.awk "$lines"

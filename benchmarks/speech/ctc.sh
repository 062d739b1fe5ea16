#!/bin/sh
# A step of CTC (linear layer, softmax, loss and gradients) beside PyTorch's on the CPU: medians and quartiles in milliseconds.
# With layers, a training step of a whole recogniser: bidirectional LSTM layers over vectors of 120 numbers, CTC, and Adam.
# Usage: benchmarks/speech/ctc.sh [BATCH TIME LABELS CLASSES THREADS [LAYERS UNITS]]
#   Default: 16 200 25 30 1, as a batch of spoken letters at 30 ms a step; with 3 160 behind it, what speech trains unless told otherwise.
# Needs a Python with torch: python3, or what $PYTHON names. Both are measured twice, by turns; trust the ratio, not single times.
set -eu
cd "$(dirname "$0")/../.."
unset OPENBLAS_CORETYPE OPENBLAS_L2_SIZE
export OMP_NUM_THREADS=1
[ $# -gt 0 ] || set -- 16 200 25 30 1
mvn -q -B -DskipTests -Dspotless.check.skip -Pbenchmarks -pl benchmarks -am package
classpath=benchmarks/target/unroll-benchmarks.jar:$(cat benchmarks/target/classpath.txt)
for turn in 1 2; do
  java -cp "$classpath" dev.unroll.benchmarks.CtcSpeed "$@" | grep '^unroll '
  OMP_NUM_THREADS=$5 "${PYTHON:-python3}" benchmarks/pytorch/ctc.py "$@"
done

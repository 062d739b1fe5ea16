#!/bin/sh
# How a training step would share itself over 1, 2, 4, 8 and 16 cores, by the processor time of its parts on one thread: how many times
# as fast it gets, and the share of the step that no threads share. Other work on the machine disturbs it little.
#
# benchmarks/cores.sh [NETWORK...]     such as lstm-256 or gru-tagger
set -eu
cd "$(dirname "$0")/.."
unset OPENBLAS_CORETYPE OPENBLAS_L2_SIZE
export OMP_NUM_THREADS=1
[ $# -gt 0 ] || set -- lstm-128 lstm-256 lstm-512 lstm-tagger gru-256
mvn -q -B -DskipTests -Dspotless.check.skip -Pbenchmarks -pl benchmarks -am package
java -XX:+UseSerialGC -Xmx2g -Dorg.nd4j.log.initialization=false -Dorg.slf4j.simpleLogger.defaultLogLevel=warn \
  -cp "benchmarks/target/unroll-benchmarks.jar:$(cat benchmarks/target/classpath.txt)" dev.unroll.benchmarks.Cores "$@"

#!/bin/sh
# What the processor time of a training step goes to, by samples of `perf`: products and what is not. It counts the thread that trains and
# what runs for it (the collector of garbage), not the compiler. Other work on the machine leaves shares as they are.
#
# benchmarks/shares.sh [NETWORK...]     language-model or classifier; both unless named. STEPS=400 counts so many steps
# SYMBOLS=30 benchmarks/shares.sh       also the 30 symbols that take most
set -eu
cd "$(dirname "$0")/.."
unset OPENBLAS_CORETYPE OPENBLAS_L2_SIZE
unset TMPDIR # the JVM names its code for perf in the folder for temporary files of the system, and nowhere else
export OMP_NUM_THREADS=1
[ $# -gt 0 ] || set -- language-model classifier
[ -n "${BUILT:-}" ] || mvn -q -B -DskipTests -Dspotless.check.skip -Pbenchmarks -pl benchmarks -am package
classpath=benchmarks/target/unroll-benchmarks.jar:$(cat benchmarks/target/classpath.txt)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

for network; do
  : >"$work/out"
  java -XX:+UseSerialGC -Xms64m -Xmx2g -XX:+UnlockDiagnosticVMOptions -XX:+DumpPerfMapAtExit -Dorg.nd4j.log.initialization=false \
    -Dorg.slf4j.simpleLogger.defaultLogLevel=warn -cp "$classpath" \
    dev.unroll.benchmarks.TrainingSteps "$network" "${STEPS:-400}" >"$work/out" &
  java=$!
  until grep -qs ready "$work/out"; do
    kill -0 $java
    sleep 0.2
  done
  perf record -q -e cpu-clock -F 997 -p $java -o "$work/samples" 2>"$work/perf"
  wait $java
  grep -v ready "$work/out"
  perf script -i "$work/samples" -F comm,ip,sym,dso 2>/dev/null | awk -v symbols="${SYMBOLS:-0}" -f benchmarks/shares.awk
  rm -f "${work%/*}/perf-$java.map"
done

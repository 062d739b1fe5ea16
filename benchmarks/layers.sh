#!/bin/sh
# Measures the recurrent layers beside Deeplearning4j's own and PyTorch's, and prints a table.
#
# benchmarks/layers.sh [NETWORK...]     such as lstm-256 or gru-tagger; all of them unless named
#
# NEIGHBOURS=1 has so many other programs compute all the time; WORKS='train' measures that alone.
# PEER_CORETYPE is what PyTorch's OpenBLAS takes the processor for, where it does not know it, such as SkylakeX or SapphireRapids.
# Needs a Python with torch: python3, or what $PYTHON names. Every library measures a network right after the other, so that a busy
# machine slows all of them down; the ratios are what to look at.
set -eu
cd "$(dirname "$0")/.."
unset OPENBLAS_CORETYPE OPENBLAS_L2_SIZE
export OMP_NUM_THREADS=1

PYTHON=${PYTHON:-python3}
"$PYTHON" -c 'import torch' 2>/dev/null || {
  echo "error: $PYTHON has no torch; install it or set PYTHON to a Python that has it" >&2
  exit 1
}
[ $# -gt 0 ] || set -- lstm-128 lstm-256 lstm-512 lstm-tagger gru-128 gru-256 gru-512 gru-tagger
mvn -q -B -DskipTests -Dspotless.check.skip -Pbenchmarks -pl benchmarks -am package
classpath=benchmarks/target/unroll-benchmarks.jar:$(cat benchmarks/target/classpath.txt)
lines=$(mktemp)
neighbours=
trap 'rm -f "$lines"; [ -z "$neighbours" ] || kill $neighbours' EXIT
while [ "$(echo $neighbours | wc -w)" -lt "${NEIGHBOURS:-0}" ]; do
  sh -c 'while :; do :; done' &
  neighbours="$neighbours $!"
done

java_measures() { # LIBRARY NETWORK WORK...
  java -cp "$classpath" dev.unroll.benchmarks.Measure "$@" | grep "^$1 " >>"$lines"
}

narrow_measures() { # NETWORK WORK..., with products in bfloat16 where the processor has them
  ! grep -q avx512_bf16 /proc/cpuinfo || UNROLL_KERNEL=onednn-bfloat16 \
    java -cp "$classpath" dev.unroll.benchmarks.Measure unroll "$@" | sed -n 's/^unroll /bfloat16 /p' >>"$lines"
}

java_remembers() { # LIBRARY NETWORK, with the launcher's options
  java -XX:+UseSerialGC -Xms64m -XX:MaxRAMPercentage=40 -Dorg.nd4j.log.initialization=false \
    -Dorg.slf4j.simpleLogger.defaultLogLevel=warn -cp "$classpath" \
    dev.unroll.benchmarks.Footprint "$@" | grep "^$1 " >>"$lines"
}

for network; do
  works='train infer-1 infer-64'
  case $network in *-tagger) ;; *) works="$works step-1" ;; esac
  works=${WORKS:-$works}
  java_measures unroll "$network" $works
  narrow_measures "$network" ${WORKS:-train infer-64}
  for threads in 1 2; do # PyTorch is at its best with one or the other
    OPENBLAS_NUM_THREADS=$threads env ${PEER_CORETYPE:+OPENBLAS_CORETYPE=$PEER_CORETYPE} "$PYTHON" benchmarks/pytorch/layers.py "$network" $works >>"$lines"
  done
  [ -z "${WORKS:-}" ] || continue
  case $network in lstm-*) java_measures deeplearning4j "$network" train ;; esac
  java_remembers unroll "$network"
  OPENBLAS_NUM_THREADS=1 "$PYTHON" benchmarks/pytorch/layers.py "$network" memory >>"$lines"
done
java -cp "$classpath" dev.unroll.benchmarks.Measure sgemm | grep '^sgemm ' >>"$lines"

awk -f benchmarks/table.awk "$lines"

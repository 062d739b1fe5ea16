#!/bin/sh
# Labels texts with a model of sentiment, and with ONNX Runtime and the same model: processor time a text, one thread each, in turns.
# Usage: benchmarks/onnx/run.sh MODEL TEXTS [SECONDS]
#   MODEL    what sentiment train wrote
#   TEXTS    a text a line, or a label, a tab and a text
#   SECONDS  of each of seven rounds (default: 3)
set -eu
unset OPENBLAS_CORETYPE OPENBLAS_L2_SIZE
export OMP_NUM_THREADS=1
root=$(cd "$(dirname "$0")/../.." && pwd)
(cd "$root" && mvn -q -B -DskipTests -Dspotless.check.skip -pl sentiment -am package)
# The version that the tests use, which the build has brought.
version=$(sed -n 's:.*<onnxruntime.version>\(.*\)</onnxruntime.version>.*:\1:p' "$root/pom.xml")
peer=${MAVEN_REPOSITORY:-$HOME/.m2/repository}/com/microsoft/onnxruntime/onnxruntime/$version/onnxruntime-$version.jar
java -XX:+UseSerialGC -Xms256m \
  -cp "$root/sentiment/target/unroll-sentiment.jar:$(cat "$root/sentiment/target/classpath.txt"):$peer" \
  "$root/benchmarks/onnx/Predict.java" "$1" "$2" "${3:-3}"

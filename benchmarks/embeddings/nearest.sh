#!/bin/sh
# How long the search for a word's ten nearest takes, exactly, among 400,000 vectors of 300 numbers (480 MB), with JMH.
# Usage: benchmarks/embeddings/nearest.sh [WORDS [DIMENSIONS]]
# The first searches read the floats; what is measured is what comes after, when the rounded rows are there.
set -eu
cd "$(dirname "$0")/../.."
mvn -q -B -DskipTests -Dspotless.check.skip -Pbenchmarks -pl benchmarks -am package
classpath=benchmarks/target/unroll-benchmarks.jar:$(cat benchmarks/target/classpath.txt)
java -cp "$classpath" org.openjdk.jmh.Main NearestBenchmark -p words="${1:-400000}" -p dimensions="${2:-300}" \
  -jvmArgsAppend "-XX:+UseSerialGC -XX:MaxRAMPercentage=40"

#!/bin/sh
# Packs what benchmarks/gpu/run.sh needs on a bare machine: a JDK made by jlink, the jars, the kernel tests, and data.
# Usage: benchmarks/gpu/pack.sh [FOLDER] [MIB] [TEXT] [REVIEWS]
#   FOLDER    receives run.sh, lstm.py, probe.py and pieces part.aa, part.ab (default: gpu-pack)
#   MIB       size of a piece at most, default 56; more than two are refused. With tinyshakespeare's text they were 56 and 39
#   TEXT      for an epoch of charlm; without it the sample that the project ships
#   REVIEWS   for an epoch of sentiment; likewise
# On the GPU machine: sh run.sh, in that folder. It needs Linux on the same processor, the driver, and CUDA 13 with cuDNN 9: installed, or as
# the packages nvidia-cudnn-cu13 and nvidia-cublas that pip brings with PyTorch.
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
out=${1:-gpu-pack} mib=${2:-56} text=${3:-} reviews=${4:-}
for tool in mvn jlink jar unzip xz split; do
  command -v "$tool" >/dev/null || { echo "error: $tool is needed to pack and was not found; install it" >&2; exit 1; }
done
mkdir -p "$out"
out=$(cd "$out" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

cd "$root"
mvn -q -B -DskipTests -Dspotless.check.skip -Pcudnn,benchmarks -pl modules/cuda,modules/doctor,benchmarks,charlm,sentiment -am \
  package dependency:build-classpath -DincludeScope=test -Dmdep.outputFile=target/test-classpath.txt
# Of the bill of materials, which alone needs no other module.
mvn -q -B dependency:copy -pl modules/bom -DoutputDirectory="$work" \
  -Dartifact=org.junit.platform:junit-platform-console-standalone:1.13.4

pack=$work/unroll
mkdir -p "$pack/lib" "$pack/tests"
for module in modules/cuda modules/doctor benchmarks charlm sentiment; do
  echo "$root/$module/target/unroll-${module##*/}.jar" >>"$work/jars"
  tr : '\n' <"$module/target/classpath.txt" >>"$work/jars"
  echo >>"$work/jars"
done
tr : '\n' <modules/cuda/target/test-classpath.txt | grep -E 'assertj|byte-buddy' >>"$work/jars"
# Without compression of their own, so that xz finds more.
sort -u "$work/jars" | sed '/^$/d' | while read -r jar; do
  rm -rf "$work/jar"
  mkdir "$work/jar"
  unzip -q -o "$jar" -d "$work/jar"
  jar --create --file "$pack/lib/${jar##*/}" --no-compress --no-manifest -C "$work/jar" .
done
cp -R modules/cuda/target/test-classes/. "$pack/tests/"
cp "$work"/junit-platform-console-standalone-*.jar "$pack/junit.jar"
[ -z "$text" ] || cp "$text" "$pack/text.txt"
[ -z "$reviews" ] || cp "$reviews" "$pack/reviews.tsv"
# All that is standard, what the libraries ask for beside it, and the flight recorder.
jlink --output "$pack/jdk" --strip-debug --no-header-files --no-man-pages --compress=0 --add-modules \
  java.se,jdk.unsupported,jdk.management,jdk.incubator.vector,jdk.zipfs,jdk.charsets,jdk.crypto.ec,jdk.jfr

rm -f "$out"/part.*
# A wide window finds what the libraries repeat. The filter for machine code makes ND4J's larger, whose templates repeat as they are.
tar -C "$work" -cf - unroll | xz -T1 --lzma2=preset=6,dict=64MiB | split -b "${mib}m" - "$out/part."
cp benchmarks/gpu/run.sh benchmarks/gpu/lstm.py benchmarks/gpu/probe.py "$out/"
ls -l "$out"
if [ -e "$out/part.ac" ]; then
  echo "error: more than two pieces of $mib MiB: take smaller data, or larger pieces" >&2
  exit 1
fi

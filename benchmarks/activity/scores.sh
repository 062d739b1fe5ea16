#!/bin/sh
# Activities on official splits: the UEA sets BasicMotions, NATOPS, UWaveGestureLibrary and ArticularyWordRecognition, Japanese
# Vowels, and MSR Action3D across subjects (odd ones for training), its three subsets of eight actions and all twenty at once.
# Usage: benchmarks/activity/scores.sh DATA [SEED…]
#   DATA  holds the .ts files of each, gzip or not, in any folders below it: NAME_TRAIN.ts and NAME_TEST.ts
#   SEED  default: 1 2 3 4 5
# Environment: SETS="BasicMotions MSRAction3D" for some of them; SETTINGS="hidden=128" for other settings;
#   TEST=folds:4 scores folds of the training part instead, for choosing settings without the test part (MSR's by label: its files
#   do not say who is who)
set -eu
unset OPENBLAS_CORETYPE OPENBLAS_L2_SIZE
export OMP_NUM_THREADS=1
root=$(cd "$(dirname "$0")/../.." && pwd)
data=$1
shift
[ $# -gt 0 ] || set -- 1 2 3 4 5
sets=${SETS:-BasicMotions NATOPS UWaveGestureLibrary ArticularyWordRecognition JapaneseVowels MSRAction3D}

find_part() { # NAME PART
  find "$data" -name "$1_$2.ts" -o -name "$1_$2.ts.gz" | head -n 1
}

line() { # NAME SET LABELS SETTINGS…
  name=$1 set=$2 labels=$3
  shift 3
  echo "$name $(find_part "$set" TRAIN) ${TEST:-$(find_part "$set" TEST)} $labels $* threads=1 ${SETTINGS:-}"
}

lines() {
  for set in $sets; do
    case $set in
      BasicMotions) line "$set" "$set" all stack=4 ;;
      NATOPS) line "$set" "$set" all stack=3 ;;
      UWaveGestureLibrary) line "$set" "$set" all stack=9 ;;
      ArticularyWordRecognition) line "$set" "$set" all stack=6 ;;
      JapaneseVowels) line "$set" "$set" all ;;
      MSRAction3D)
        preset=$(sed '/^#/d; s/ //g' "$root/activity/src/main/resources/dev/unroll/activity/presets/skeletons.properties")
        line MSR-AS1 "$set" a02,a03,a05,a06,a10,a13,a18,a20 $preset
        line MSR-AS2 "$set" a01,a04,a07,a08,a09,a11,a14,a12 $preset
        line MSR-AS3 "$set" a06,a14,a15,a16,a17,a18,a19,a20 $preset
        line MSR-20 "$set" all $preset
        ;;
    esac
  done
}

(cd "$root" && mvn -q -B -DskipTests -Dspotless.check.skip -Pbenchmarks -pl benchmarks -am package)
lines | java --add-modules jdk.incubator.vector \
  -cp "$root/benchmarks/target/unroll-benchmarks.jar:$(cat "$root/benchmarks/target/classpath.txt")" \
  dev.unroll.benchmarks.ActivityScores "$@" 2> /dev/null

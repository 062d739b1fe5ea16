#!/bin/sh
# Activities on official splits: the UEA sets BasicMotions, NATOPS, UWaveGestureLibrary and ArticularyWordRecognition, Japanese
# Vowels, and MSR Action3D across subjects (odd ones for training), its three subsets of eight actions and all twenty at once.
# Usage: benchmarks/activity/scores.sh DATA [SEED…]
#   DATA  holds the .ts files of each, gzip or not, in any folders below it: NAME_TRAIN.ts and NAME_TEST.ts
#   SEED  default: 1 2 3 4 5
# Environment: SETS="BasicMotions MSRAction3D" for some of them; SETTINGS="hidden=128" for other settings;
#   TEST=folds:4 scores folds of the training part instead, for choosing settings without the test part. MSR's are by subject, which
#   sequences.tsv beside its files tells (file, action, subject, …, part); with folds:5 each of its five is left out once
set -eu
unset OPENBLAS_CORETYPE OPENBLAS_L2_SIZE
export OMP_NUM_THREADS=1
root=$(cd "$(dirname "$0")/../.." && pwd)
data=$1
shift
[ $# -gt 0 ] || set -- 1 2 3 4 5
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
sets=${SETS:-BasicMotions NATOPS UWaveGestureLibrary ArticularyWordRecognition JapaneseVowels MSRAction3D}

find_part() { # NAME PART
  find "$data" -name "$1_$2.ts" -o -name "$1_$2.ts.gz" | head -n 1
}

line() { # NAME SET LABELS SETTINGS…
  name=$1 set=$2 labels=$3
  shift 3
  train=$(find_part "$set" TRAIN)
  case $set,${TEST:-} in MSRAction3D,folds:*) train=$work/subjects.csv ;; esac
  echo "$name $train ${TEST:-$(find_part "$set" TEST)} $labels $* threads=1 ${SETTINGS:-}"
}

# The training part of MSR as a table that also says who is who, which a .ts file cannot.
subjects() {
  train=$(find_part MSRAction3D TRAIN)
  zcat -f "$train" | awk -F '\t' '
    NR == FNR { if ($7 == "TRAIN") subject[++people] = $3; next }
    tolower($1) ~ /^@data/ { begun = 1; next }
    !begun || !NF { next }
    {
      channels = split($1, channel, ":") - 1
      if (!lines++) { printf "id,label,subject"; for (c = 1; c <= channels; c++) printf ",c%d", c; print "" }
      for (c = 1; c <= channels; c++) { steps = split(channel[c], values, ","); for (t = 1; t <= steps; t++) at[t, c] = values[t] }
      for (t = 1; t <= steps; t++) {
        printf "%d,%s,%s", lines, channel[channels + 1], subject[lines]
        for (c = 1; c <= channels; c++) printf ",%s", at[t, c] == "?" ? "" : at[t, c]
        print ""
      }
    }
    END { if (lines != people) { print "sequences.tsv tells of " people ", the .ts file has " lines >"/dev/stderr"; exit 1 } }
  ' "$(dirname "$train")/sequences.tsv" -
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

case "$sets ${TEST:-}" in *MSRAction3D*folds:*) subjects > "$work/subjects.csv" ;; esac
(cd "$root" && mvn -q -B -DskipTests -Dspotless.check.skip -Pbenchmarks -pl benchmarks -am package)
lines | java --add-modules jdk.incubator.vector \
  -cp "$root/benchmarks/target/unroll-benchmarks.jar:$(cat "$root/benchmarks/target/classpath.txt")" \
  dev.unroll.benchmarks.ActivityScores "$@" 2> /dev/null

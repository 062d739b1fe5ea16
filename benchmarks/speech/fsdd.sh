#!/bin/sh
# Free Spoken Digit Dataset, the official test part (recordings 0 to 4 of each digit and speaker), and one speaker left out; one seed.
# Usage: benchmarks/speech/fsdd.sh RECORDINGS [FOLDER] [OPTIONS…]
#   RECORDINGS  recordings.zip with {digit}_{speaker}_{index}.wav
#   FOLDER      receives manifests, models and results (default: fsdd-results)
#   OPTIONS     of speech train
# Environment: SPEAKERS="george jackson …" leaves each of them out in turn; none unless named. A digit is right if the text is.
set -eu
unset OPENBLAS_CORETYPE OPENBLAS_L2_SIZE
root=$(cd "$(dirname "$0")/../.." && pwd)
zip=$(cd "$(dirname "$1")" && pwd)/$(basename "$1") out=${2:-fsdd-results}
[ $# -lt 2 ] && shift 1 || shift 2
mkdir -p "$out"
unzip -Z1 "$zip" | grep '\.wav$' | awk -F '[/_.]' -v zip="$zip" '
  BEGIN { split("zero one two three four five six seven eight nine", word, " ") }
  { print zip "/" $0 "\t" word[$(NF - 3) + 1] "\t" $(NF - 2) "\t" $(NF - 1) }' > "$out/all.tsv"
score() { # NAME TRAIN TEST OPTIONS…
  name=$1 train=$2 test=$3
  shift 3
  "$root/unroll" speech train --train "$train" --model "$out/$name.zip" --dev-fraction 0 "$@" 2> "$out/$name.log" | tail -n 1
  "$root/unroll" speech evaluate --model "$out/$name.zip" --data "$test" --json | tee "$out/$name.json"
}
awk -F '\t' -v OFS='\t' '$4 > 4 { print $1, $2, $3 }' "$out/all.tsv" > "$out/train.tsv"
awk -F '\t' -v OFS='\t' '$4 < 5 { print $1, $2, $3 }' "$out/all.tsv" > "$out/test.tsv"
score official "$out/train.tsv" "$out/test.tsv" "$@"
for speaker in ${SPEAKERS:-}; do
  awk -F '\t' -v OFS='\t' -v s="$speaker" '$3 != s { print $1, $2, $3 }' "$out/all.tsv" > "$out/without-$speaker.tsv"
  awk -F '\t' -v OFS='\t' -v s="$speaker" '$3 == s { print $1, $2, $3 }' "$out/all.tsv" > "$out/$speaker.tsv"
  score "without-$speaker" "$out/without-$speaker.tsv" "$out/$speaker.tsv" "$@"
done

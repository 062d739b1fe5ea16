#!/bin/sh
# Free Spoken Digit Dataset, the official test part (recordings 0 to 4 of each digit and speaker), and one speaker left out; one seed,
# preset digits. Each is scored twice: letter by letter, and by a search with a language model of the words that were trained on.
# Usage: benchmarks/speech/fsdd.sh RECORDINGS [FOLDER] [OPTIONS…]
#   RECORDINGS  recordings.zip with {digit}_{speaker}_{index}.wav
#   FOLDER      receives manifests, models and results (default: fsdd-results)
#   OPTIONS     of speech train, which win over the preset
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
printf '%s\n' zero one two three four five six seven eight nine > "$out/digits.txt"
score() { # NAME TRAIN TEST OPTIONS…
  name=$1 train=$2 test=$3
  shift 3
  "$root/unroll" speech train --train "$train" --model "$out/$name.zip" --config digits --dev-fraction 0 "$@" 2> "$out/$name.log" \
    | tail -n 1
  "$root/unroll" speech evaluate --model "$out/$name.zip" --data "$test" --json | tee "$out/$name.json"
  "$root/unroll" speech evaluate --model "$out/$name.zip" --data "$test" --json --beam 32 --language-model "$out/words.zip" \
    --language-weight 1 --character-bonus 1 | tee "$out/$name.words.json"
  "$root/unroll" speech evaluate --model "$out/$name.zip" --data "$test" --json --beam 32 --vocabulary "$out/digits.txt" \
    | tee "$out/$name.digits.json"
}
awk -F '\t' -v OFS='\t' '$4 > 4 { print $1, $2, $3 }' "$out/all.tsv" > "$out/train.tsv"
# In any order but that of the files, in which every digit is followed by itself.
cut -f 2 "$out/train.tsv" | awk 'BEGIN { srand(1) } { print rand() "\t" $0 }' | sort -n | cut -f 2 > "$out/words.txt"
"$root/unroll" charlm train --train "$out/words.txt" --model "$out/words.zip" --config tiny --hidden 64 --ending line --min-count 1 \
  --epochs 12 --seed 1 2> "$out/words.log" | tail -n 1
awk -F '\t' -v OFS='\t' '$4 < 5 { print $1, $2, $3 }' "$out/all.tsv" > "$out/test.tsv"
score official "$out/train.tsv" "$out/test.tsv" "$@"
for speaker in ${SPEAKERS:-}; do
  awk -F '\t' -v OFS='\t' -v s="$speaker" '$3 != s { print $1, $2, $3 }' "$out/all.tsv" > "$out/without-$speaker.tsv"
  awk -F '\t' -v OFS='\t' -v s="$speaker" '$3 == s { print $1, $2, $3 }' "$out/all.tsv" > "$out/$speaker.tsv"
  score "without-$speaker" "$out/without-$speaker.tsv" "$out/$speaker.tsv" "$@"
done

#!/bin/sh
# A pair of languages: the default network with attention and without, three seeds each; and beside them PyTorch's.
# Usage: benchmarks/translation/scores.sh TRAIN DEV TEST [FOLDER] [OPTIONS…]
#   TRAIN DEV TEST  each a file of pairs, or two parallel ones with a comma between
#   FOLDER          receives models and results (default: translation-results)
#   OPTIONS         of translation train
# Environment: SEEDS="1 2 3"; ATTENTIONS="additive none"; TEST=no leaves the test part unread, for choosing settings on dev;
#   PEER=yes trains PyTorch's network of the same size on the same symbols too, and scores its translations (PYTHON has torch)
# Multi30k:  scores.sh train.de,train.en dev.de,dev.en test.de,test.en
# Tatoeba:   scores.sh train.tsv.gz dev.tsv test.tsv
set -eu
unset OPENBLAS_CORETYPE OPENBLAS_L2_SIZE
root=$(cd "$(dirname "$0")/../.." && pwd)
train=$1 dev=$2 test=$3 out=${4:-translation-results}
[ $# -lt 4 ] && shift 3 || shift 4
attentions=${ATTENTIONS:-additive none} seeds=${SEEDS:-1 2 3}
mkdir -p "$out"

for attention in $attentions; do
  for seed in $seeds; do
    name=$attention-$seed
    "$root/unroll" translation train --train "$train" --dev "$dev" --model "$out/$name.zip" --attention "$attention" \
      --seed "$seed" "$@" 2> "$out/$name.log" | tail -n 1
    [ "${TEST:-yes}" = no ] || "$root/unroll" translation evaluate --model "$out/$name.zip" \
      --data "$test" --json | tee "$out/$name.test.json"
  done
done

[ "${PEER:-no}" = yes ] || exit 0
(cd "$root" && mvn -q -B -DskipTests -Dspotless.check.skip -Pbenchmarks -pl benchmarks -am package)
java_measures() { # CLASS ARGUMENTS…
  class=$1
  shift
  java -cp "$root/benchmarks/target/unroll-benchmarks.jar:$(cat "$root/benchmarks/target/classpath.txt")" \
    "dev.unroll.benchmarks.$class" "$@" 2> /dev/null
}
for attention in $attentions; do
  set -- $seeds
  java_measures TranslationSymbols "$out/$attention-$1.zip" "$out" "train=$train" "dev=$dev" "test=$test"
  for seed in $seeds; do
    SEED=$seed "${PYTHON:-python3}" "$root/benchmarks/pytorch/translation.py" train "$out" "$out/$attention-$seed.pt" \
      "$attention" > "$out/$attention-$seed.pytorch.log"
    [ "${TEST:-yes}" != no ] || continue
    "${PYTHON:-python3}" "$root/benchmarks/pytorch/translation.py" translate "$out" "$out/$attention-$seed.pt" test 5 32
    echo "pytorch $attention $seed: $(java_measures TranslationScore "$test" "$out/test.txt")"
  done
done

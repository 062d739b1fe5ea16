#!/bin/sh
# Training and translating beside PyTorch: the same network on the same symbols, in turns. PyTorch runs with 1 and 2 threads of
# OpenBLAS; the better one counts. A processor that its OpenBLAS does not know needs OPENBLAS_CORETYPE (PEER_CORETYPE here), or it is
# several times as slow: see OPENBLAS_VERBOSE=2.
# Usage: benchmarks/translation/speed.sh MODEL TRAIN DEV TEST [FOLDER] [ROUNDS]
#   MODEL           one that translation train wrote, whose size is that of translation.py (its environment says otherwise)
#   TRAIN DEV TEST  each a file of pairs, or two parallel ones with a comma between
#   FOLDER          receives results (default: translation-speed)
#   ROUNDS          default 3
set -eu
unset OPENBLAS_CORETYPE OPENBLAS_L2_SIZE
export OMP_NUM_THREADS=1
root=$(cd "$(dirname "$0")/../.." && pwd)
model=$1 train=$2 dev=$3 test=$4 out=${5:-translation-speed} rounds=${6:-3}
python=${PYTHON:-python3}
mkdir -p "$out"
rm -f "$out"/*.rates
(cd "$root" && mvn -q -B -DskipTests -Dspotless.check.skip -Pbenchmarks -pl benchmarks -am package)
classpath=$root/benchmarks/target/unroll-benchmarks.jar:$(cat "$root/benchmarks/target/classpath.txt")

java_measures() { # CLASS ARGUMENTS…
  class=$1
  shift
  java -XX:+UseSerialGC -cp "$classpath" "dev.unroll.benchmarks.$class" "$@" 2> /dev/null
}

better() { # WORK ARGUMENTS…; LIMIT
  for threads in 1 2; do
    env ${PEER_CORETYPE:+OPENBLAS_CORETYPE=$PEER_CORETYPE} THREADS=1 LIMIT="${LIMIT:-0}" OPENBLAS_NUM_THREADS=$threads \
      "$python" "$root/benchmarks/pytorch/translation.py" "$@"
  done
}

median() { # FILE
  sort -n "$1" | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] " (" v[1] "–" v[NR] ")" }'
}

java_measures TranslationSymbols "$model" "$out" "train=$train" "dev=$dev" "test=$test"
# PyTorch translates with the very parameters of the model; their score is told in the end.
"$python" "$root/benchmarks/pytorch/translation.py" take "$model" "$out/peer.pt"
round=0
while [ "$round" -lt "$rounds" ]; do
  round=$((round + 1))
  java_measures TranslationTraining "$model" "$train" 40 | sed -n 's/^\([0-9]*\) target symbols.*/\1/p' >> "$out/unroll-train.rates"
  LIMIT=40 better train "$out" "$out/none.pt" additive 99 | sed 's/ .*//' | sort -n | tail -n 1 >> "$out/pytorch-train.rates"
  java_measures TranslationSpeed "$model" "$test" > "$out/speed.txt"
  sed -n 's/^beam 5: \([0-9.]*\) .*/\1/p' "$out/speed.txt" >> "$out/unroll-beam.rates"
  sed -n 's/^greedy.*median \([0-9.]*\) .*/\1/p' "$out/speed.txt" >> "$out/unroll-greedy.rates"
  better translate "$out" "$out/peer.pt" test 5 32 | sed -n 's/ sentences.*//p' | sort -n | tail -n 1 >> "$out/pytorch-beam.rates"
  better greedy "$out" "$out/peer.pt" test | sed -n 's/ ms.*//p' | sort -n | head -n 1 >> "$out/pytorch-greedy.rates"
done
for program in unroll pytorch; do
  echo "$program: training $(median "$out/$program-train.rates") target symbols/s, beam 5 $(median "$out/$program-beam.rates") sentences/s," \
    "a sentence alone $(median "$out/$program-greedy.rates") ms"
done
java_measures TranslationScore "$test" "$out/test.txt" | sed 's/^/pytorch, with the parameters of the model: /'

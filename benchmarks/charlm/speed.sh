#!/bin/sh
# Characters a second, of training and of sampling, beside PyTorch's: two LSTM layers of 256, taken in turns.
# Ours are the commands as a user runs them, without the start of the program; scoring on dev and checkpoints count in
# the training, which PyTorch's has not. PyTorch runs with 1 and 2 threads of OpenBLAS; the better one counts.
# Usage: benchmarks/charlm/speed.sh TEXT [FOLDER] [ROUNDS]
#   TEXT     to train on, some 100,000 characters or more
#   FOLDER   receives model and results (default: speed-results)
#   ROUNDS   default 3
set -eu
unset OPENBLAS_CORETYPE OPENBLAS_L2_SIZE
export OMP_NUM_THREADS=1
root=$(cd "$(dirname "$0")/../.." && pwd)
text=$1 out=${2:-speed-results} rounds=${3:-3}
python=${PYTHON:-python3} symbols=65
mkdir -p "$out"
rm -f "$out"/*.rates
head -c 550000 "$text" > "$out/text"

train_seconds() { # EPOCHS
  "$root/unroll" charlm train --train "$out/text" --model "$out/model.zip" --epochs "$1" --patience 0 --min-count 1 \
    --baseline-order 0 2> "$out/train.log" | sed -n 's/.*"seconds": *\([0-9.]*\).*/\1/p'
}

train() { # from two epochs more: what scoring on dev and checkpoints take counts, the start does not
  few=$(train_seconds 1)
  many=$(train_seconds 3)
  characters=$(sed -n 's/.*; \([0-9,]*\) examples to train on.*/\1/p' "$out/train.log" | tr -d ,)
  echo "2 * $characters / ($many - $few)" | bc
}

seconds() { # LENGTH
  begin=$(date +%s.%N)
  "$root/unroll" charlm sample --model "$out/model.zip" --length "$1" > /dev/null
  end=$(date +%s.%N)
  echo "$end - $begin" | bc
}

sample() {
  short=$(seconds 1000)
  long=$(seconds 41000)
  echo "40000 / ($long - $short)" | bc
}

better() { # WORK
  for threads in 1 2; do
    OPENBLAS_NUM_THREADS=$threads "$python" "$root/benchmarks/pytorch/charlm.py" "$1" "$symbols" 8
  done | sort -n | tail -n 1
}

median() { # FILE
  sort -n "$1" | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] " (" v[1] "–" v[NR] ")" }'
}

round=0
while [ "$round" -lt "$rounds" ]; do
  round=$((round + 1))
  train >> "$out/unroll-train.rates"
  better train >> "$out/pytorch-train.rates"
  sample >> "$out/unroll-sample.rates"
  better sample >> "$out/pytorch-sample.rates"
done
for work in train sample; do
  for program in unroll pytorch; do
    echo "$work $program: $(median "$out/$program-$work.rates") characters/s"
  done
done

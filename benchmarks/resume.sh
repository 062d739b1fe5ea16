#!/bin/sh
# Kills a training with SIGKILL at random moments, goes on each time, and compares the model with that of a training
# that was left alone: prints "same bytes" or fails.
# Usage: benchmarks/resume.sh TASK FOLDER KILLS OPTIONS…
#   TASK     such as charlm
#   FOLDER   receives the models
#   KILLS    how often
#   OPTIONS  of TASK train, --train among them
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
task=$1 out=$2 kills=$3
shift 3
mkdir -p "$out"
rm -f "$out"/*.zip*

echo 'checkpoint-seconds = 5' > "$out/often.properties"
set -- "$@" --config "$out/often.properties"

begin=$(date +%s)
"$root/unroll" "$task" train --model "$out/undisturbed.zip" "$@" > "$out/undisturbed.out" 2> "$out/undisturbed.log"
length=$(($(date +%s) - begin))
killed=0
resume=
while :; do
  # The launcher becomes the JVM (exec), so that the process is the training itself.
  "$root/unroll" "$task" train --model "$out/killed.zip" $resume "$@" > "$out/killed.out" 2>> "$out/killed.log" &
  training=$!
  if [ "$killed" -lt "$kills" ]; then
    sleep "$(awk -v seed="$(date +%N)" -v whole="$length" -v kills="$kills" \
      'BEGIN { srand(seed); print 3 + rand() * whole / (kills + 1) }')"
    if kill -KILL "$training" 2> /dev/null; then
      killed=$((killed + 1))
    fi
    wait "$training" 2> /dev/null && break
    resume=--resume
  else
    wait "$training"
    break
  fi
done
echo "killed $killed times"
cmp "$out/undisturbed.zip" "$out/killed.zip"
echo 'same bytes'

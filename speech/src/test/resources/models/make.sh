#!/bin/sh
# How the models beside this script and their answers were made, by the program as it was when the task was added.
#
# They are what users have on their disks: a later version must load them and answer the same. So they stay as they are;
# a new kind of model is added beside them, with a line here and the commit that made it.
set -eu
cd "$(dirname "$0")/../../../.."
unroll=${UNROLL:-../unroll speech}
models=src/test/resources/models

# A recording of the sample: "seven three".
$unroll demo --out target/digits
cp target/digits/wav/kim-1.wav $models/question.wav

train() { # NAME OPTIONS…, on the sample that the project ships
  name=$1
  shift
  $unroll train --config tiny --model $models/$name.zip --hidden 12 --epochs 12 --learning-rate 0.02 --dev-fraction 0 "$@"
  rm -f $models/$name.metrics.json $models/$name.curve.png
  $unroll transcribe --model $models/$name.zip --json $models/question.wav >$models/$name.zip.transcribe.jsonl
}

train both

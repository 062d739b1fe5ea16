#!/bin/sh
# Unpacks what pack.sh made and runs it: what the machine is, whether cuDNN's kernel loads and is right, and how fast it is beside the
# processor and beside PyTorch's cuDNN. Without a GPU it says so in one line and computes on the processor.
# Usage: sh run.sh [RESULTS [STEP…]]     in the folder with the pieces
#   RESULTS    receives table.txt, a line for each finding as it comes, and logs.tgz, written anew after each step: what is there, is
#              there whatever crashes later (default: results)
#   STEP       machine doctor tests layers epochs repeat more; all of them unless named, those first that tell most
# Environment: PYTHON (default python3), with PyTorch if it is to be beaten; LIMIT, seconds that one command may take at most.
# Exit code 1 if a command failed or took too long; the others were run.
set -u
here=$(cd "$(dirname "$0")" && pwd)
mkdir -p "${1:-results}"
results=$(cd "${1:-results}" && pwd) || exit 1
[ $# -eq 0 ] || shift
[ $# -gt 0 ] || set -- machine doctor tests layers epochs repeat more
cd "$here" || exit 1
logs=$(mktemp -d)
models=$(mktemp -d)
failed=0

keep() { # by another name first, so that a kill meanwhile costs nothing
  tar -C "$logs" -czf "$results/.logs" . && mv "$results/.logs" "$results/logs.tgz"
}

finish() {
  keep
  rm -rf "$logs" "$models"
}
trap finish EXIT
job=
stop() { # CODE
  [ -z "$job" ] || kill "$job" 2>/dev/null
  exit "$1"
}
trap 'stop 130' INT
trap 'stop 143' TERM

say() { # a line of the table
  echo "$*" | tee -a "$results/table.txt"
}

# try SECONDS NAME COMMAND…: a command whose output goes to the log NAME; a failure is a line of the table, and no more.
try() {
  seconds=$1 log=$2
  shift 2
  if [ -n "${LIMIT:-}" ] && [ "$seconds" -gt "$LIMIT" ]; then seconds=$LIMIT; fi
  began=$(date +%s)
  # In the background, so that this shell hears of a signal at once and still packs the logs.
  timeout -k 10 "$seconds" "$@" >>"$logs/$log.out" 2>>"$logs/$log.err" &
  job=$!
  wait "$job"
  code=$?
  job=
  took=$(($(date +%s) - began))
  case $code in
    0) return 0 ;;
    124 | 137) say "FAILED $log: stopped after $took of $seconds s" ;;
    *) say "FAILED $log: exit code $code after $took s: $(tail -n 1 "$logs/$log.err" | cut -c 1-300)" ;;
  esac
  failed=1
  return 1
}

if [ ! -d unroll ]; then
  if command -v xz >/dev/null; then
    cat part.* | xz -dc | tar -xf -
  else
    cat part.* | "${PYTHON:-python3}" -c 'import lzma, shutil, sys; shutil.copyfileobj(lzma.open(sys.stdin.buffer), sys.stdout.buffer)' \
      | tar -xf -
  fi || exit 1
fi
java=$here/unroll/jdk/bin/java
python=${PYTHON:-python3}
export OMP_NUM_THREADS=1
# cuDNN's recurrent networks take their work space from cuBLAS, and with this a run repeats another to the last bit.
export CUBLAS_WORKSPACE_CONFIG="${CUBLAS_WORKSPACE_CONFIG:-:4096:2}"
unset OPENBLAS_CORETYPE OPENBLAS_L2_SIZE || true

# The libraries that pip installed, where none are in the system.
folders=$("$python" - 2>/dev/null <<'PYTHON' || true
import glob, os, nvidia
print(":".join(f for root in nvidia.__path__ for f in glob.glob(os.path.join(root, "*", "lib"))))
PYTHON
)
export LD_LIBRARY_PATH="${LD_LIBRARY_PATH:-}${folders:+:$folders}"

unroll() { # SECONDS LOG PLACE MAIN ARGS…; the place is gpu, gpu-tf32, gpu-layers or cpu
  limit=$1 name=$2 place=$3
  shift 3
  kernel=cudnn tf32=false step=device
  case $place in
    cpu) kernel=onednn ;;
    gpu-tf32) tf32=true ;;
    gpu-layers) step=host ;; # the recurrent layers alone
  esac
  # All sizes go to the GPU, as it is to be found out from which on it pays.
  try "$limit" "$name" env UNROLL_KERNEL=$kernel "$java" -XX:+UseSerialGC -Xms64m -XX:MaxRAMPercentage=40 -Dfile.encoding=UTF-8 \
    -Dunroll.cuda.from=0 -Dunroll.cuda.tf32=$tf32 -Dunroll.cuda.step=$step -Dorg.nd4j.log.initialization=false -Dorg.slf4j.simpleLogger.defaultLogLevel=warn \
    -cp "$here/unroll/lib/*" "$@"
}

machine() {
  say "processors $(env -u OMP_NUM_THREADS nproc), $(uname -m), glibc $(ldd --version 2>/dev/null | sed -n '1s/.* //p')"
  try 60 nvidia-smi nvidia-smi && say "$(nvidia-smi --query-gpu=index,name,driver_version,pci.bus_id --format=csv,noheader | tr '\n' ';')"
  try 200 probe "$python" "$here/probe.py"
  while read -r line; do say "pytorch $line"; done <"$logs/probe.out"
}

doctor() {
  export CUDNN_LOGLEVEL_DBG=1 CUDNN_LOGDEST_DBG=stderr
  unroll 120 doctor gpu dev.unroll.doctor.Doctor --no-benchmark
  unset CUDNN_LOGLEVEL_DBG CUDNN_LOGDEST_DBG
  say "$(grep -s '^kernel *cudnn: ' "$logs/doctor.out" || echo 'kernel cudnn: not there, see doctor.err')"
  places='gpu gpu-tf32 gpu-layers cpu'
  if ! grep -q '^kernel *cudnn: .*computes the LSTM' "$logs/doctor.out"; then
    places=cpu
    say 'no GPU: everything below computes on the processor'
  fi
  began=$(date +%s)
  unroll 120 start gpu dev.unroll.doctor.Doctor --no-benchmark
  say "start $(($(date +%s) - began)) s, the second time"
}

tests() {
  try 200 tests "$java" -Xmx2g -Dunroll.cuda.from=0 -Dorg.slf4j.simpleLogger.defaultLogLevel=warn \
    -cp "$here/unroll/junit.jar:$here/unroll/tests:$here/unroll/lib/*" org.junit.platform.console.ConsoleLauncher execute \
    --details=tree --disable-ansi-colors --disable-banner --select-package=dev.unroll.layers.cuda \
    --select-package=dev.unroll.training.cuda \
    --select-class=dev.unroll.layers.KernelAgreementTest --select-class=dev.unroll.layers.GradientsTest \
    --select-class=dev.unroll.layers.StateTest --select-class=dev.unroll.layers.kernel.RecurrenceStatesTest
  say "tests $(grep -s 'tests \(found\|successful\|failed\)' "$logs/tests.out" | tr -s ' \n[]' ' ')"
}

network() { # NAME: library, network, work, median and quartiles in ms
  for where in $places; do
    unroll 100 "$1-$where" "$where" dev.unroll.benchmarks.Measure unroll "$1" train infer-64
    sed -n "s/^unroll /unroll-$where /p" "$logs/$1-$where.out" | while read -r line; do say "$line"; done
  done
  try 100 "$1-pytorch" "$python" "$here/lstm.py" "$1"
  while read -r line; do say "$line"; done <"$logs/$1-pytorch.out"
}

train() { # SECONDS LOG PLACE TASK ARGS…
  limit=$1 log=$2 place=$3 task=$4
  shift 4
  # A log is of this training alone.
  unroll "$limit" "$log" "$place" "dev.unroll.$task" train --epochs 1 --seed 1 --json "$@" \
    && while read -r line; do say "$log $line"; done <"$logs/$log.out"
}

text() {
  [ ! -f unroll/text.txt ] || echo "--train $here/unroll/text.txt"
}

reviews() {
  [ ! -f unroll/reviews.tsv ] || echo "--train $here/unroll/reviews.tsv"
}

epochs() {
  for where in $places; do
    [ "$where" != gpu-layers ] || continue
    # shellcheck disable=SC2046 # options are words
    train 150 "charlm-$where" "$where" charlm.CharLm --model "$models/$where-text.zip" --hidden 512 --layers 2 $(text)
    # shellcheck disable=SC2046
    train 100 "sentiment-$where" "$where" sentiment.Sentiment --model "$models/$where-reviews.zip" $(reviews)
  done
}

repeat() { # the same seed twice, on the sample
  for time in one two; do
    train 100 "repeat-$time" "${places%% *}" charlm.CharLm --model "$models/$time.zip" --hidden 256
  done
  if cmp -s "$models/one.zip" "$models/two.zip"; then
    say 'repeat: the same seed gave the same bytes'
  else
    say 'repeat: the same seed did not give the same bytes'
  fi
}

for step in "$@"; do
  echo "== $step"
  case $step in
    machine | doctor) ;;
    *) [ -e "$logs/doctor.out" ] || doctor ;; # it says where to compute
  esac
  case $step in
    machine | doctor | tests | epochs | repeat) "$step" ;;
    layers)
      network lstm-512
      network lstm-3x1024
      ;;
    more) for name in ${NETWORKS:-lstm-256 gru-256 lstm-128 gru-512}; do network "$name"; done ;;
    *) say "FAILED $step: no such step"; failed=1 ;;
  esac
  keep
done
exit $failed

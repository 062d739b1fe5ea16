#!/bin/sh
# Unpacks what pack.sh made and runs it: the kernel tests, the layers beside PyTorch's cuDNN LSTM, and an epoch of charlm and of
# sentiment, each on the GPU and on the processor. Without a GPU it says so in one line and computes on the processor.
# Usage: sh run.sh [RESULTS]     in the folder with the pieces; RESULTS (default: results) receives logs and table
set -eu
here=$(cd "$(dirname "$0")" && pwd)
mkdir -p "${1:-results}"
results=$(cd "${1:-results}" && pwd)
cd "$here"
[ -d unroll ] || cat part.* | tar -xzf -
java=$here/unroll/jdk/bin/java
python=${PYTHON:-python3}
export OMP_NUM_THREADS=1
unset OPENBLAS_CORETYPE OPENBLAS_L2_SIZE || true

# The libraries that pip installed, where none are in the system.
folders=$("$python" - 2>/dev/null <<'PYTHON' || true
import glob, os, nvidia
print(":".join(f for root in nvidia.__path__ for f in glob.glob(os.path.join(root, "*", "lib"))))
PYTHON
)
export LD_LIBRARY_PATH="${LD_LIBRARY_PATH:-}${folders:+:$folders}"

unroll() { # MAIN ARGS…
  "$java" -XX:+UseSerialGC -Xms64m -XX:MaxRAMPercentage=40 -Dfile.encoding=UTF-8 -Dorg.nd4j.log.initialization=false \
    -Dorg.slf4j.simpleLogger.defaultLogLevel=warn -cp "$here/unroll/lib/*" "$@"
}

on() { # gpu|cpu COMMAND…
  case $1 in gpu) kernel=cudnn ;; *) kernel=onednn ;; esac
  shift
  UNROLL_KERNEL=$kernel "$@"
}

echo '== doctor'
unroll dev.unroll.doctor.Doctor 2>&1 | tee "$results/doctor.txt"
places='gpu cpu'
if ! grep -q '^kernel *cudnn: .*computes the LSTM' "$results/doctor.txt"; then
  echo 'no GPU: everything below computes on the processor'
  places=cpu
fi

echo '== kernel tests'
"$java" -Xmx2g -Dorg.slf4j.simpleLogger.defaultLogLevel=warn -cp "$here/unroll/junit.jar:$here/unroll/tests:$here/unroll/lib/*" \
  org.junit.platform.console.ConsoleLauncher execute --details=summary --disable-banner \
  --select-package=dev.unroll.layers.cuda --select-class=dev.unroll.layers.KernelAgreementTest \
  --select-class=dev.unroll.layers.GradientsTest --select-class=dev.unroll.layers.StateTest \
  --select-class=dev.unroll.layers.kernel.RecurrenceStatesTest >"$results/tests.txt" 2>&1 \
  || echo 'FAILED: see tests.txt'
grep 'tests \(found\|successful\|failed\)' "$results/tests.txt"

echo '== layers: library, network, work, median and quartiles in ms'
for network in ${NETWORKS:-lstm-128 lstm-256 lstm-512 gru-256}; do
  for where in $places; do
    on $where unroll dev.unroll.benchmarks.Measure unroll "$network" train infer-64 2>>"$results/errors.txt" \
      | sed -n "s/^unroll /unroll-$where /p" | tee -a "$results/layers.txt"
  done
  "$python" "$here/lstm.py" "$network" 2>>"$results/errors.txt" | tee -a "$results/layers.txt"
done

echo '== an epoch'
[ ! -f unroll/text.txt ] || text="--train $here/unroll/text.txt"
[ ! -f unroll/reviews.tsv ] || reviews="--train $here/unroll/reviews.tsv"
for where in $places; do
  # shellcheck disable=SC2086 # options are words
  on $where unroll dev.unroll.charlm.CharLm train --model "$results/$where-text.zip" --hidden 512 --layers 2 --epochs 1 --seed 1 --json \
    ${text:-} 2>"$results/charlm-$where.log" | sed "s/^/charlm $where /" | tee -a "$results/epochs.txt"
  # shellcheck disable=SC2086
  on $where unroll dev.unroll.sentiment.Sentiment train --model "$results/$where-reviews.zip" --epochs 1 --seed 1 --json \
    ${reviews:-} 2>"$results/sentiment-$where.log" | sed "s/^/sentiment $where /" | tee -a "$results/epochs.txt"
done

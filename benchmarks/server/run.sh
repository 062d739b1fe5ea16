#!/usr/bin/env bash
# Serves the demo's models and asks them: with wrk, at 1, 16 and 256 connections; the same calls in the library, in the same run;
# and then with hostile.py. Needs wrk, curl and python3. Usage: run.sh FOLDER, which has models of sentiment, ner and charlm and vectors,
# called sentiment.zip, ner.zip, charlm.zip and embeddings.bin (train --config tiny makes them). SECONDS_EACH is how long each call is asked,
# HOSTILE what hostile.py is told besides, such as '--malformed 8000'.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)
models=$(cd "$1" && pwd -P)
seconds=${SECONDS_EACH:-8}
work=$(mktemp -d)
pid=
trap '[ -z "$pid" ] || kill "$pid" 2>/dev/null || true; rm -rf "$work"' EXIT

"$root/unroll" serve --sentiment "$models/sentiment.zip" --ner "$models/ner.zip" --charlm "$models/charlm.zip" \
  --embeddings "$models/embeddings.bin" --port 0 >"$work/address" 2>"$work/log" &
pid=$!
until [ -s "$work/address" ]; do sleep 0.2; kill -0 "$pid" || { cat "$work/log" >&2; exit 1; }; done
address=$(cat "$work/address")
port=${address##*:}
port=${port%/}

ask() { # NAME PATH BODY
  printf 'wrk.method = "POST"\nwrk.body = [==[%s]==]\nwrk.headers["Content-Type"] = "application/json"\n' "$3" >"$work/$1.lua"
  for connections in 1 16 256; do
    wrk -t 1 -c "$connections" -d "${seconds}s" --latency --timeout 30s -s "$work/$1.lua" "${address%/}$2" >"$work/wrk"
    awk -v name="$1" -v connections="$connections" '
      $1 == "50%" { p50 = $2 } $1 == "99%" { p99 = $2 } $1 == "90%" { p90 = $2 }
      /Requests\/sec/ { rate = $2 } /Non-2xx/ { bad = $NF } /Socket errors/ { errors = $0 }
      END { printf "%-12s %3d connections  %8.0f requests/s  50%% %s  90%% %s  99%% %s  %s %s\n", name, connections, rate, p50, p90, p99, bad ? "refused " bad : "", errors }' "$work/wrk"
  done
}

text='Friendly staff, a spotless room and a great breakfast.'
ask sentiment /v1/sentiment/classify "{\"text\": \"$text\"}"
ask ner /v1/ner/tag '{"text": "Martha Lindqvist flew from Lisbon to Hamburg on Friday."}'
ask charlm /v1/charlm/score '{"text": "The lamp was lit and the boats came home."}'
ask embeddings /v1/embeddings/nearest '{"word": "king", "top": 10}'
ask nothing /v1/sentiment/classify '{"texts": []}'

# The same texts by the command, alone and in batches, in the library's own loop: its time, less that of a single text.
count=20000
yes "$text" | head -n "$count" >"$work/texts"
took() { # FILE
  local began=$EPOCHREALTIME
  "$root/unroll" sentiment classify --model "$models/sentiment.zip" "$1" >"$work/out"
  awk -v a="$began" -v b="$EPOCHREALTIME" 'BEGIN { print b - a }'
}
head -n 1 "$work/texts" >"$work/one"
one=$(took "$work/one")
all=$(took "$work/texts")
awk -v one="$one" -v all="$all" -v n="$count" 'BEGIN { printf "sentiment    in the library, batches of 256: %.0f texts/s\n", n / (all - one) }'

python3 "$root/benchmarks/server/hostile.py" "$port" "$pid" ${HOSTILE:-}
pid=

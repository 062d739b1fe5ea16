#!/usr/bin/env bash
# Measures the server: benchmarks/server/run.sh FOLDER [calls] [peer] [million] [hostile]; without parts, all of them.
#
#   calls    one sentence a call, at 1, 16 and 256 connections by wrk, and the same calls in the library by as many threads
#   peer     names by CoreNLP's server, with a tagger of its own that is trained on the same sample
#   million  a million calls of all four models, and the memory meanwhile
#   hostile  hostile.py: slow, huge, malformed and dropped requests beside a good client; at last SIGTERM in the middle of work
#
# FOLDER has sentiment.zip, ner.zip, charlm.zip and embeddings.bin. Where they are missing, the first three are trained on the samples
# (--config tiny), and the last is 50,000 vectors of 100 dimensions, drawn at random, since those of the sample are too few to search in.
# Needs wrk, curl and python3; peer has Maven fetch CoreNLP. SECONDS_EACH (2) is how long a call is asked, in each of ROUNDS (5), CONNECTIONS ('1 16 256') by how many,
# WARM_UP (60) how many seconds at most it is asked before, until the JVM has compiled it, MILLION how many are a million, CHUNK (20) after how many
# seconds the memory is looked at, and HOSTILE what hostile.py is told besides, such as '--malformed 8000'.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
root=$(cd "$here/../.." && pwd -P)
mkdir -p "$1"
models=$(cd "$1" && pwd -P)
shift
parts=${*:-calls peer million hostile}
seconds=${SECONDS_EACH:-2}
million=${MILLION:-1000000}
connections=${CONNECTIONS:-1 16 256}
work=$(mktemp -d)
pid=
stop() {
  [ -z "$pid" ] || kill "$pid" 2>/dev/null || true
  [ -z "$pid" ] || wait "$pid" 2>/dev/null || true
  pid=
}
trap 'stop; rm -rf "$work"' EXIT

for task in sentiment ner charlm; do
  [ -e "$models/$task.zip" ] || "$root/unroll" "$task" train --config tiny --model "$models/$task.zip" >/dev/null
done
if [ ! -e "$models/embeddings.bin" ]; then
  python3 -c '
import array, random, sys
random.seed(1)
words = ["king", "queen", "man", "woman", "day", "night"] + [f"word{i}" for i in range(50000 - 6)]
sys.stdout.buffer.write(b"50000 100\n")
for word in words:
    sys.stdout.buffer.write(word.encode() + b" " + array.array("f", (random.gauss(0, 1) for _ in range(100))).tobytes() + b"\n")
' >"$work/embeddings.bin"
  mv "$work/embeddings.bin" "$models/embeddings.bin"
fi

serve() {
  rm -f "$work/address" # of a server before
  "$root/unroll" serve --sentiment "$models/sentiment.zip" --ner "$models/ner.zip" --charlm "$models/charlm.zip" \
    --embeddings "$models/embeddings.bin" --port 0 >"$work/address" 2>"$work/log" &
  pid=$!
  until [ -s "$work/address" ]; do sleep 0.2; kill -0 "$pid" || { cat "$work/log" >&2; exit 1; }; done
  address=$(cat "$work/address")
  address=${address%/}
}

# What is asked: some sentences, over and over again, so that no cache of the peer can answer twice in a row.
names() { # a sentence a line
  for who in 'Martha Lindqvist' 'Paul Romano' 'Anna Weber' 'Orbit Shipping'; do
    for where in 'Lisbon to Hamburg' 'Oslo to Bergen' 'Dublin to London' 'Berlin to Rome'; do echo "$who flew from $where on Friday."; done
  done
}
bodies() { # PATH JSON-with-%s; sentences on standard input
  while IFS= read -r text; do printf "%s\t$2\n" "$1" "$text"; done
}
opinions() {
  for room in 'a spotless' 'no' 'a small'; do for food in 'a great' 'a cold'; do echo "Friendly staff, $room room and $food breakfast."; done; done
}
opinions | bodies /v1/sentiment/classify '{"text": "%s"}' >"$work/sentiment"
names | bodies /v1/ner/tag '{"text": "%s"}' >"$work/ner"
names | bodies /v1/charlm/score '{"text": "%s"}' >"$work/charlm"
printf '%s\n' king queen man woman day night | bodies /v1/embeddings/nearest '{"word": "%s", "top": 10}' >"$work/embeddings"
printf '/v1/sentiment/classify\t{"texts": []}\n' >"$work/nothing"

# Calls a second, 50, 95 and 99 % of the latencies in milliseconds, and processor time of the server a call, in milliseconds.
ask() { # ADDRESS BODIES CONNECTIONS SECONDS
  before=$(ticks)
  wrk -t 1 -c "$3" -d "${4}s" --timeout 30s -s "$here/ask.lua" "$1" -- "$2" >"$work/wrk"
  awk -v ticks=$(($(ticks) - before)) -v hz="$(getconf CLK_TCK)" '/^asked:/ {
    if ($7 + $8 > 0) print "NOT ANSWERED: " $7 " refused, " $8 " failed" >"/dev/stderr"
    print $3, $4, $5, $6, 1000 * ticks / hz / $2 }' "$work/wrk"
}
ticks() {
  awk '{ print $14 + $15 }' "/proc/$pid/stat"
}

# Asks until the JVM compiles no more to speak of, which of a server takes longer than of a library: one text alone is computed in
# another way than several, and all that lies between is compiled besides.
compile() { # CONNECTIONS
  end=$((SECONDS + ${WARM_UP:-60}))
  while [ "$SECONDS" -lt "$end" ]; do
    compiled=$(compiling)
    ask "$address" "$work/$task" "$1" 2 >/dev/null
    [ $((100 * ($(compiling) - compiled))) -gt $((2 * 3 * $(getconf CLK_TCK))) ] || return 0 # 3 % of two seconds
  done
  echo "still compiling after ${WARM_UP:-60} s: ${task}, $1 connections" >&2
}
compiling() { # ticks of the compiling threads
  cat "/proc/$pid"/task/*/stat | awk '/\(C[12] Compiler/ { sub(/.*\) /, ""); sum += $12 + $13 } END { print sum + 0 }'
}

# In turns, so that what else the machine does meets both; each figure is the median of the rounds.
calls() {
  classpath=$root/modules/server/target/unroll-server.jar:$(cat "$root/modules/server/target/classpath.txt")
  printf '%-20s%12s | %-48s | %-48s | %s\n' '' '' 'server' 'library, as many threads' 'server / library'
  printf '%-20s%12s | %10s%9s%9s%10s%10s | %10s%9s%9s%10s%10s | %20s%8s\n' call connections calls/s 50% 95% '99% ms' 'cpu ms' calls/s 50% 95% \
    '99% ms' 'cpu ms' 'calls/s (all)' cpu
  for task in sentiment ner charlm embeddings; do
    case $task in embeddings) file=$models/embeddings.bin ;; *) file=$models/$task.zip ;; esac
    path=$(head -n 1 "$work/$task" | cut -f 1)
    coproc LIBRARY { OMP_NUM_THREADS=1 exec java -XX:+UseSerialGC -cp "$classpath" "$here/Library.java" "$task" "${path##*/}" "$file" "$work/$task" 2>>"$work/log"; }
    to=${LIBRARY[1]} from=${LIBRARY[0]}
    for count in $connections; do
      compile "$count"
      library warm "$count" "${WARM_UP:-60}" >/dev/null
      for ((round = 0; round < ${ROUNDS:-5}; round++)); do
        echo "$(ask "$address" "$work/$task" "$count" "$seconds") $(library ask "$count" "$seconds")"
      done >"$work/rounds"
      awk -v name="${path#/v1/}" -v count="$count" '
        function median(column,  i, j, swap, sorted) {
          for (i = 1; i <= NR; i++) sorted[i] = value[i, column]
          for (i = 1; i <= NR; i++) for (j = i + 1; j <= NR; j++) if (sorted[j] < sorted[i]) { swap = sorted[i]; sorted[i] = sorted[j]; sorted[j] = swap }
          least = sorted[1]; most = sorted[NR]
          return (sorted[int((NR + 1) / 2)] + sorted[int(NR / 2) + 1]) / 2
        }
        { for (i = 1; i <= 10; i++) value[NR, i] = $i; value[NR, 11] = $1 / $6; value[NR, 12] = $5 / $10 }
        END {
          ratio = median(11); spread = sprintf("%.2f (%.2f-%.2f)", ratio, least, most)
          printf "%-20s%12d | %10.0f%9.2f%9.2f%10.2f%10.3f | %10.0f%9.2f%9.2f%10.2f%10.3f | %20s%8.2f\n", name, count,
            median(1), median(2), median(3), median(4), median(5), median(6), median(7), median(8), median(9), median(10), spread, median(12)
        }' "$work/rounds"
    done
    exec {to}>&- # which ends it
    wait "$LIBRARY_PID" || true
  done
  for count in $connections; do row 'no text at all' "$count" "$address" "$work/nothing"; done
}
library() {
  echo "$@" >&"$to"
  read -r line <&"$from"
  echo "$line"
}

row() { # NAME CONNECTIONS ADDRESS BODIES
  ask "$3" "$4" "$2" "$seconds" |
    awk -v name="$1" -v count="$2" '{ printf "%-20s%12d | %10.0f%9.2f%9.2f%10.2f%10.3f |\n", name, count, $1, $2, $3, $4, $5 }'
}

# Linear features and a CRF, on two threads; nothing else of CoreNLP is asked for, so that it needs no models of its makers.
peer() {
  mvn -q -B -f "$here/corenlp.xml" dependency:build-classpath -Dmdep.outputFile="$work/corenlp"
  corenlp="java -XX:+UseSerialGC -Xmx2g -cp $(cat "$work/corenlp")"
  printf '%s\n' "trainFile = $root/ner/src/main/resources/dev/unroll/ner/sample/train.conll" "serializeTo = $work/crf.ser.gz" \
    'map = word=0,answer=1' 'useClassFeature = true' 'useWord = true' 'useNGrams = true' 'noMidNGrams = true' 'maxNGramLeng = 6' \
    'usePrev = true' 'useNext = true' 'useSequences = true' 'usePrevSequences = true' 'maxLeft = 1' 'useTypeSeqs = true' \
    'useTypeSeqs2 = true' 'useTypeySequences = true' 'wordShape = chris2useLC' >"$work/train.prop"
  $corenlp edu.stanford.nlp.ie.crf.CRFClassifier -prop "$work/train.prop" >>"$work/log" 2>&1
  printf '%s\n' 'annotators = tokenize,ner' "ner.model = $work/crf.ser.gz" 'ner.useSUTime = false' 'ner.applyNumericClassifiers = false' \
    'ner.applyFineGrained = false' 'ner.buildEntityMentions = false' 'enforceRequirements = false' 'outputFormat = json' >"$work/serve.prop"
  port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
  $corenlp edu.stanford.nlp.pipeline.StanfordCoreNLPServer -port "$port" -threads 2 -quiet true -serverProperties "$work/serve.prop" \
    >>"$work/log" 2>&1 &
  pid=$!
  until curl -s --max-time 2 "http://127.0.0.1:$port/live" >/dev/null; do sleep 0.2; kill -0 "$pid" || { cat "$work/log" >&2; exit 1; }; done
  names | bodies / %s >"$work/peer"
  curl -s -d 'Martha Lindqvist flew from Lisbon to Hamburg on Friday.' "http://127.0.0.1:$port/" | grep -q '"ner": "[BI]-' || {
    echo 'the peer finds no names' >&2; exit 1; }
  ask "http://127.0.0.1:$port" "$work/peer" 16 "$seconds" >/dev/null
  for count in $connections; do row 'CoreNLP ner' "$count" "http://127.0.0.1:$port" "$work/peer"; done
  stop
}

answered() {
  curl -s "$address/metrics" | awk '/^unroll_requests_total.*status="200"/ { sum += $NF } END { printf "%d", sum }'
}
memory() {
  awk '/^VmRSS/ { printf "%d", $2 / 1024 }' "/proc/$pid/status"
}

million() {
  paste -d '\n' "$work/sentiment" "$work/ner" "$work/charlm" "$work/embeddings" | grep . >"$work/all"
  ask "$address" "$work/all" 16 "$seconds" >/dev/null
  begin=$(answered)
  echo "calls answered: 0, memory $(memory) MB"
  until [ $(($(answered) - begin)) -ge "$million" ]; do
    ask "$address" "$work/all" 16 "${CHUNK:-20}" >"$work/rate"
    echo "calls answered: $(($(answered) - begin)), memory $(memory) MB, $(cut -d. -f1 "$work/rate")/s"
  done
  curl -s "$address/metrics" | grep '^unroll_errors_total'
}

hostile() {
  # shellcheck disable=SC2086 # options are words
  python3 "$here/hostile.py" "${address##*:}" "$pid" ${HOSTILE:-}
  pid= # it was stopped
}

for part in $parts; do
  echo "== $part ($(date +%T))"
  case $part in
    peer) stop; peer ;;
    calls | million | hostile) [ -n "$pid" ] || serve; "$part" ;;
    *) echo "there is no part '$part'; parts: calls, peer, million, hostile" >&2; exit 2 ;;
  esac
done
date +'== ended (%T)'

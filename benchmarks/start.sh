#!/bin/sh
# The start of a run: how long a command takes that reads a model and answers one line, as elapsed and as processor seconds.
# Usage: benchmarks/start.sh RUNS COMMAND…
#   RUNS      how often it is run, after two that do not count (the first one leaves an archive of classes)
#   COMMAND   such as ./unroll sentiment classify --model reviews.zip --text 'Not worth the money.'
# Prints the medians, with the least and the most.
set -eu
runs=$1
shift
times=$(mktemp)
trap 'rm -f "$times" "$times.one"' EXIT
i=-1
while [ "$i" -le "$runs" ]; do
  # The times are the last line: the command may have something to say, too.
  /usr/bin/time -f '%e %U %S' -o "$times.one" "$@" >/dev/null 2>&1
  [ "$i" -lt 1 ] || tail -n 1 "$times.one" >>"$times"
  i=$((i + 1))
done
median() { # NAME FIELDS…, added up
  awk -v fields="$2" '{ n = split(fields, f, " "); s = 0; for (k = 1; k <= n; k++) s += $f[k]; print s }' "$times" | sort -n \
    | awk -v name="$1" '{ v[NR] = $1 } END { printf "%s %.2f s (%.2f-%.2f)\n", name, v[int((NR + 1) / 2)], v[1], v[NR] }'
}
median elapsed 1
median processor '2 3'

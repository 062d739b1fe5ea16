# From lines "library network work median quartile quartile" (milliseconds), "library network memory
# MB" and "sgemm GFLOP/s" to tables.
# The floor is the time of the matrix products alone at the speed of a large sgemm.

function products(network, work,    parts, gates, hidden, weights, steps) {
  split(network, parts, "-")
  gates = parts[1] == "gru" ? 3 : 4
  if (parts[2] == "tagger") {
    weights = 2 * gates * 128 * (100 + 128) + 256 * 20
    steps = work == "infer-1" ? 32 : 32.5 * (work == "train" ? 32 : 64)
  } else {
    hidden = parts[2]
    weights = gates * hidden * (80 + hidden + hidden + hidden) + hidden * 80
    steps = work == "step-1" ? 1 : work == "infer-1" ? 64 : 64 * (work == "train" && hidden != 512 ? 32 : 64)
  }
  return weights * steps * (work == "train" ? 6 : 2)
}

function measured(library, key) {
  return (library, key) in time \
    ? sprintf("%s (%s–%s)", short(time[library, key]), short(low[library, key]), short(high[library, key])) : "–"
}

function short(x) { return x < 1 ? sprintf("%.3f", x) : x < 100 ? sprintf("%.1f", x) : sprintf("%.0f", x) }

function ratio(slower, faster, key, digits) {
  return (slower, key) in time && (faster, key) in time ? sprintf("%." digits "f", time[slower, key] / time[faster, key]) : "–"
}

$1 == "sgemm" { peak = $2; next }
$3 == "memory" {
  if (!($2 in memory)) { memory[$2] = 1; networks[++remembered] = $2 }
  memory[$1, $2] = $4
  next
}
{
  key = $2 " " $3
  if (!(key in seen)) { seen[key] = 1; order[++count] = key }
  if (!(($1, key) in time) || $4 < time[$1, key]) {
    time[$1, key] = $4
    low[$1, key] = $5
    high[$1, key] = $6
  }
}

END {
  printf "sgemm peak: %d GFLOP/s\n\n", peak
  print "| network | work | Unroll, ms | in bfloat16, ms | PyTorch, ms | Deeplearning4j, ms | Unroll / bfloat16 | PyTorch / Unroll | PyTorch / bfloat16 | Deeplearning4j / Unroll | share of peak |"
  print "|---|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|"
  for (i = 1; i <= count; i++) {
    key = order[i]
    split(key, k, " ")
    printf "| %s | %s | %s | %s | %s | %s | %s | %s | %s | %s | %.0f %% |\n", k[1], k[2], measured("unroll", key), \
      measured("bfloat16", key), measured("pytorch", key), measured("deeplearning4j", key), \
      ratio("unroll", "bfloat16", key, 2), ratio("pytorch", "unroll", key, 2), ratio("pytorch", "bfloat16", key, 2), \
      ratio("deeplearning4j", "unroll", key, 1), 100 * products(k[1], k[2]) / (time["unroll", key] * 1e6) / peak
  }
  print "\n| training | Unroll, MB | PyTorch, MB |"
  print "|---|---:|---:|"
  for (i = 1; i <= remembered; i++) {
    printf "| %s | %.0f | %.0f |\n", networks[i], memory["unroll", networks[i]], memory["pytorch", networks[i]]
  }
}

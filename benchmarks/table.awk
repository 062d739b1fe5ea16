# From lines "library network work milliseconds" and "sgemm GFLOP/s" to a table.
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

$1 == "sgemm" { peak = $2; next }
{
  key = $2 " " $3
  if (!(key in seen)) { seen[key] = 1; order[++count] = key }
  if (!(($1, key) in time) || $4 < time[$1, key]) time[$1, key] = $4
}

END {
  printf "sgemm peak: %d GFLOP/s\n\n", peak
  print "| network | work | Unroll, ms | PyTorch, ms | Deeplearning4j, ms | PyTorch / Unroll | Deeplearning4j / Unroll | share of peak |"
  print "|---|---|---:|---:|---:|---:|---:|---:|"
  for (i = 1; i <= count; i++) {
    split(order[i], k, " ")
    ours = time["unroll", order[i]]
    peer = time["pytorch", order[i]]
    stock = time["deeplearning4j", order[i]]
    printf "| %s | %s | %.2f | %s | %s | %s | %s | %.0f %% |\n", k[1], k[2], ours, \
      (peer ? sprintf("%.2f", peer) : "–"), (stock ? sprintf("%.0f", stock) : "–"), \
      (peer ? sprintf("%.2f", peer / ours) : "–"), (stock ? sprintf("%.1f", stock / ours) : "–"), \
      100 * products(k[1], k[2]) / (ours * 1e6) / peak
  }
}

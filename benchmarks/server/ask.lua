-- For wrk: posts the lines of the file that is named as its first argument, one after the other and over again, each a path, a tab
-- and a body; prints requests, those a second, 50, 95 and 99 % of the latencies in milliseconds, answers that are no 2xx, and failures.
local requests = {}
local next = 0

function init(args)
  for line in io.lines(args[1]) do
    local path, body = line:match('^(%S+)\t(.*)$')
    requests[#requests + 1] = wrk.format('POST', path, {['Content-Type'] = 'application/json'}, body)
  end
end

function request()
  next = next % #requests + 1
  return requests[next]
end

function done(summary, latency)
  local failed = summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout
  print(string.format('asked: %d %.1f %.3f %.3f %.3f %d %d', summary.requests, summary.requests * 1e6 / summary.duration, latency:percentile(50) / 1000,
    latency:percentile(95) / 1000, latency:percentile(99) / 1000, summary.errors.status, failed))
end

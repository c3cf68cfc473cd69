-- The requests of journey.js for wrk, in turn; it does not look at the answers.
local body = {
  '{"user":"ann","password":"secret"}',
  nil,
  '{"item":"cheese","count":2}',
}
local headers = {
  ["Content-Type"] = "application/json",
  ["Authorization"] = "Bearer 0123456789abcdef0123456789abcdef",
}
local turn = 0
local requests = {}

init = function()
  requests[1] = wrk.format("POST", "/login", { ["Content-Type"] = "application/json" }, body[1])
  requests[2] = wrk.format("GET", "/items", headers)
  requests[3] = wrk.format("POST", "/order", headers, body[3])
end

request = function()
  turn = turn % 3 + 1
  return requests[turn]
end

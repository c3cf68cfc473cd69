const out = [];
for (const n of ['redis', 'webcrypto', 'timers', 'tracing', 'browser', 'grpc']) {
  try { out.push([n, typeof require(`k6/experimental/${n}`)]); } catch (e) { out.push([n, e.name, e.message.includes(n), e instanceof Error]); }
}
exports.default = function () { for (const o of out) console.log(JSON.stringify(o)); };

exports.default = { only: 1 };

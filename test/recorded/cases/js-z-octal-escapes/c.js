exports.cjs = '\033[32mgreen';

exports.red = '\033[31m';
exports.plain = 'plain';

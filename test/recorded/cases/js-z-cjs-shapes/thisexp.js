this.x = 1; exports.same = this === exports; exports.ms = this === module.exports; exports.args = typeof arguments;

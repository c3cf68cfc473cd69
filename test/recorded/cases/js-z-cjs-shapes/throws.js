exports.partial = 1; throw new RangeError('in module');

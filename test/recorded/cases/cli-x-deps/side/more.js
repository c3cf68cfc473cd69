module.exports = require("k6/html");

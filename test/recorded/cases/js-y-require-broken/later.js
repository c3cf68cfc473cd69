// a

function (

export const options = { features: ["freeze-env"] };
export default function () { __ENV.A = "x"; console.log(__ENV.A); }

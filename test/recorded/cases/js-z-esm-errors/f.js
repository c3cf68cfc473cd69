import x from 'left-pad'; export default function () { }

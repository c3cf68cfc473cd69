export default function () { return <div>hi</div>; }

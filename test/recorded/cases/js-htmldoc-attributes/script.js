import { parseHTML } from 'k6/html';
const docs = ["<p a A=1 a=2>", "<p a=b=c d='e\"f' g=\"h'i\">", "<p =x y= z>", "<p a/b /c>", "<p \"a'=1>", "<p a=\"1\"b=\"2\">", "<p a=1/>", "<p a = 1 b\n=\n2>", "<P CLASS=Up>x</P>", "<p a=<b>", "<p a=\"x\ny\r\nz\">", "<p \u00e9=\u00fc>", "<p a=`x`>", "<p><b z=1 a=2 m=3>x</b></p>", "<a href=b class=a>x</a>", "<div z=1 a=2>y</div>", "<p a=\"", "<p a=x", "<p a", "<p", "<", "</", "<p a=\"&quot;&amp;'\">", "<input value=\"a&#10;b\">"];
export default function () {
  docs.forEach((d, i) => { try { const p = parseHTML(d); console.log(i, JSON.stringify(p.html()), JSON.stringify(p.text())); } catch (e) { console.log(i, 'threw', e.name, e.message); } });
}

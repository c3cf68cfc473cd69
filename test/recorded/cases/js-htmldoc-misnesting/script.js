import { parseHTML } from 'k6/html';
const docs = ["<b><i>x</b>y</i>", "<p><b>x<p>y</b>z", "<a href=1>x<a href=2>y", "<b><div>x</b>y</div>", "<font z=1 a=2><p>x</font>y", "<nobr>a<nobr>b", "<i><b><u><s>x</i>y", "<b><b><b><b><b>x</b></b></b></b></b>y", "<p><em>a<div>b</em>c</div>", "<button>a<button>b", "<h1>a<h2>b</h1>", "<ul><li>a<ul><li>b</ul><li>c", "<dl><dt>a<dd>b<dt>c", "<select><option>a<optgroup label=g><option>b<hr><select>c", "<select><p>x</p><b>y</b><input>z", "<ruby>a<rt>b<rp>c<rb>d<rtc>e", "<object><b>x</object>y", "<a><table><td><a>x</table>", "<b id=1 class=x>a<p>b", "<p><b><b><b><b>1<p>2"];
export default function () {
  docs.forEach((d, i) => { try { const p = parseHTML(d); console.log(i, JSON.stringify(p.html()), JSON.stringify(p.text())); } catch (e) { console.log(i, 'threw', e.name, e.message); } });
}

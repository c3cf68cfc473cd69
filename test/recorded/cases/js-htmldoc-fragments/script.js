import { parseHTML } from 'k6/html';
const docs = ["", "x", "<p>", "</p>", "<b>x", "<td>x", "<li>a<li>b", "<option>o", "<body class=a>x<body id=b class=c>", "<html lang=a><html lang=b id=c>", "a<head>b</head>c", "<title>t", "<link><p>x<link>", "</body>x", "</html><p>y</html>z", "  lead", "<br></br>", "<p></br>", "<div/>x", "<input/>y", "<a/>z", "<!-- a --><p>b</p><!-- c -->", "x<!-- </p> -->y", "<head></head> <body> </body> ", "<form><form>x</form>y</form>z"];
export default function () {
  docs.forEach((d, i) => { try { const p = parseHTML(d); console.log(i, JSON.stringify(p.html()), JSON.stringify(p.text())); } catch (e) { console.log(i, 'threw', e.name, e.message); } });
}

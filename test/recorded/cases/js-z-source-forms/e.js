export default function () { if (true) /re/.test('re') && console.log('re'); const x = 4 / 2 / 1; var y = a => a / 2; console.log(x, y(4) / 2, 1 /* c */ / 2); // end
  for (;;) break; ;;; {} label: {} }

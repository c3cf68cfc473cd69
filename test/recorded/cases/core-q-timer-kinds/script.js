const t = (n, f) => { try { console.log(n, f()); } catch (e) { console.log(n, e.name, e.message); } };
export default function () {
  t('id', () => typeof setTimeout(() => {}, 1));
  t('none', () => setTimeout());
 
  t('null', () => setInterval(null, 1));
  t('args', () => { setTimeout((...a) => console.log('args', a.join()), 5, 1, 'b', null); });
  t('neg', () => { setTimeout(() => console.log('neg'), -5); });
  t('nan', () => { setTimeout(() => console.log('nan'), NaN); });
  t('undef', () => { setTimeout(() => console.log('undef')); });
  t('str delay', () => { setTimeout(() => console.log('str'), '12'); });
  t('clear', () => clearTimeout());
  t('clear bad', () => clearTimeout(999));
  t('clear str', () => clearInterval('x'));
  t('order', () => { setTimeout(() => console.log('20'), 20); setTimeout(() => console.log('15'), 15); Promise.resolve().then(() => console.log('micro')); });
  setTimeout(() => { console.log('outer'); setTimeout(() => console.log('inner'), 0); Promise.resolve().then(() => console.log('micro in timer')); }, 30);
}

const data = open('./data.txt');
console.log(__VU, data.length);
if (__VU === 1) { try { open('./other.txt'); console.log('opened'); } catch (e) { console.log('refused', e.name); } }
export default function () { try { open('./data.txt'); } catch (e) { console.log(e.name, e.message.length > 10); } }

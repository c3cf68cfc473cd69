//# args: --vus 2 --iterations 4
import { de, en, Faker, faker as whole } from './node_modules/@faker-js/faker/dist/index.js';
import { faker } from './node_modules/@faker-js/faker/dist/locale/en.js';
import { same, throws } from './_expect.js';

function draw(f) {
  f.seed(42);
  return [f.person.fullName(), f.internet.email(), f.number.int({ min: 1, max: 6 }), f.lorem.words(3), f.string.uuid(), f.location.city(), f.helpers.arrayElement(['a', 'b', 'c'])];
}

export default function () {
  const first = draw(faker);
  same('a seed gives the same again', draw(faker), first);
  same('other seeds differ', (faker.seed(43), faker.person.fullName()) !== first[0], true);
  same('forms', [/@/.test(first[1]), first[2] >= 1 && first[2] <= 6, first[3].split(' ').length, /^[0-9a-f-]{36}$/.test(first[4])], [true, true, 3, true]);
  const own = new Faker({ locale: [de, en] });
  same('another language', draw(own).slice(0, 1) + '' !== first[0], true);
  same('dates', faker.date.between({ from: '2026-01-01', to: '2026-01-02' }).toISOString().slice(0, 9), '2026-01-0');
  same('templates', faker.helpers.mustache('{{n}} of {{m}}', { n: '1', m: () => '2' }), '1 of 2');
  same('fake', /^\S+ is \d+$/.test(faker.helpers.fake('{{person.firstName}} is {{number.int({"min":10,"max":99})}}')), true);
  same('card numbers obey Luhn', [...faker.finance.creditCardNumber().replace(/\D/g, '')].reverse().reduce((s, c, i) => s + (i % 2 ? (c * 2 > 9 ? c * 2 - 9 : c * 2) : +c), 0) % 10, 0);
  same('unique arrays', new Set(faker.helpers.uniqueArray(() => faker.number.int(1000), 20)).size, 20);
  same('multiple', faker.helpers.multiple(() => faker.commerce.price(), { count: 5 }).every((p) => p > 0), true);
  throws('an empty list', () => faker.helpers.arrayElement([]), 'Cannot get value from empty dataset');
  same('all languages', typeof whole.person.lastName(), 'string');
}

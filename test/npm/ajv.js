//# args: --vus 2 --iterations 4
// Compiles schemas to functions with new Function.
import Ajv from './node_modules/ajv/dist/ajv.bundle.js';
import { same, throws } from './_expect.js';

const ajv = new Ajv({ allErrors: true });
const validate = ajv.compile({
  type: 'object',
  required: ['id', 'mail', 'tags'],
  properties: {
    id: { type: 'integer', minimum: 1 },
    mail: { type: 'string', format: 'email' },
    tags: { type: 'array', items: { $ref: '#/definitions/tag' }, uniqueItems: true },
    at: { type: 'string', format: 'date-time' },
  },
  additionalProperties: false,
  definitions: { tag: { type: 'string', pattern: '^[a-z]+$', maxLength: 5 } },
});

export default function () {
  same('good', [validate({ id: 3, mail: 'a@b.cd', tags: ['x', 'y'], at: '2026-01-02T03:04:05Z' }), validate.errors], [true, null]);
  same('bad', validate({ id: 0, mail: 'nobody', tags: ['x', 'X', 'x'], more: 1 }), false);
  same('errors', validate.errors.map((e) => `${e.dataPath} ${e.keyword}`).sort(), [' additionalProperties', '.id minimum', '.mail format', '.tags uniqueItems', '.tags[1] pattern']);
  same('text', ajv.errorsText([validate.errors[0]]), 'data should NOT have additional properties');
  const own = new Ajv({ coerceTypes: true, useDefaults: true });
  own.addKeyword('even', { type: 'number', validate: (on, v) => (v % 2 === 0) === on });
  const data = { n: '4' };
  same('coercion, defaults, own keyword', [own.validate({ properties: { n: { type: 'integer', even: true }, s: { type: 'string', default: 'x' } } }, data), data], [true, { n: 4, s: 'x' }]);
  same('oneOf', [1, 'a', null].map((v) => own.validate({ oneOf: [{ type: 'number' }, { enum: ['a', 1] }] }, v)), [false, true, true]);
  throws('a bad schema', () => ajv.compile({ type: 'nothing' }), 'schema is invalid');
}

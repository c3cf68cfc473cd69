import x509 from 'k6/crypto/x509';
import { same, throws } from './_expect.js';

export const options = { vus: 2, iterations: 4 };

const rsa = open('data/x509_rsa.pem');
const bytes = open('data/x509_rsa.pem', 'b');
const ec = open('data/x509_ec.pem');
const ed = open('data/x509_ed25519.pem');

function names() {
  const c = x509.parse(rsa);
  same('fields', Object.keys(c), ['subject', 'issuer', 'notBefore', 'notAfter', 'altNames', 'signatureAlgorithm', 'fingerPrint', 'publicKey']);
  same('subject', Object.keys(c.subject), ['commonName', 'country', 'postalCode', 'stateOrProvinceName', 'localityName', 'streetAddress', 'organizationName', 'organizationalUnitName', 'names']);
  same('issuer', Object.keys(c.issuer), ['commonName', 'country', 'stateOrProvinceName', 'localityName', 'organizationName', 'names']);
  same('texts', [c.subject.commonName, c.subject.country, c.subject.localityName, c.subject.organizationName, c.subject.organizationalUnitName], ['www.example.com', 'DE', 'M\u00fcnchen', 'Acme, Inc', ['One', 'Zwei \u00fc']]);
  same('pairs', [c.subject.names.length, c.subject.names[0], c.subject.names[7]], [13, { type: '2.5.4.6', value: 'DE' }, { type: '1.2.840.113549.1.9.1', value: 'a@b.c' }]);
  same('other names', c.altNames, ['a.example', 'b.example', 'x@y.z', '10.0.0.1', 'fe80::1', 'https://h/p?q=1#f', 'urn:x:y']);
  same('time', [/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(c.notBefore), Date.parse(c.notAfter) > Date.parse(c.notBefore)], [true, true]);
  same('algorithm', [c.signatureAlgorithm, c.fingerPrint.length, Array.isArray(c.fingerPrint)], ['SHA256-RSA', 20, true]);
  same('alone', [x509.getSubject(rsa), x509.getIssuer(rsa), x509.getAltNames(rsa)], [c.subject, c.issuer, c.altNames]);
}

function keys() {
  const { algorithm, key } = x509.parse(rsa).publicKey;
  same('rsa', [algorithm, typeof key.n, key.e, key.size(), Object.keys(key)], ['RSA', 'bigint', 65537, 256, ['n', 'e', 'equal', 'size']]);
  same('equal', [key.equal(x509.parse(rsa).publicKey.key), key.equal({}), key.equal()], [true, false, false]);
  const curve = x509.parse(ec).publicKey;
  const p = curve.key.params();
  same('ecdsa', [curve.algorithm, typeof curve.key.x, p.name, p.bitSize, curve.key.curve.params().name], ['ECDSA', 'bigint', 'P-384', 384, 'P-384']);
  const { x, y } = curve.key;
  same('a point of the curve', ((y * y - (x * x * x - 3n * x + p.b)) % p.p).toString(), '0');
  same('its generator', ((p.gy * p.gy - (p.gx * p.gx * p.gx - 3n * p.gx + p.b)) % p.p).toString(), '0');
}

function refusals() {
  for (const f of ['parse', 'getAltNames', 'getIssuer', 'getSubject']) {
    throws(`${f}: no block`, () => x509[f]('nothing'), 'failed to decode certificate PEM file');
    throws(`${f}: nothing`, () => x509[f](), 'failed to decode certificate PEM file');
    throws(`${f}: a number`, () => x509[f](5), 'could not convert 5 to []uint8');
    throws(`${f}: an object`, () => x509[f]({}), 'not an array or iterable');
    throws(`${f}: a list`, () => x509[f](new Set([65])), 'failed to decode certificate PEM file');
    throws(`${f}: a function`, () => x509[f](() => 1), 'not an array or iterable');
  }
  throws('no certificate', () => x509.parse('-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n'), 'failed to parse certificate: x509: malformed certificate');
  throws('cut', () => x509.parse(rsa.slice(0, 600)), 'failed to decode certificate PEM file');
  throws('a getter', () => x509.parse([{ valueOf() { throw new Error('got me'); } }]), 'got me');
  throws('a kind of key that k6 refuses', () => x509.parse(ed), 'unsupported public key algorithm');
  same('whose names can be read', x509.getSubject(ed).commonName, 'ed');
}

export default function () {
  names();
  keys();
  refusals();
  same('bytes', [x509.getAltNames(bytes).length, x509.getAltNames(new Uint8Array(bytes)).length, x509.getAltNames(Array.from(new Uint8Array(bytes))).length], [7, 7, 7]);
}

// What setup() returns may hold objects of the built-in modules: their fields go to the VUs.
import http from 'k6/http';
import { parseHTML } from 'k6/html';
import { same } from './_expect.js';

export function setup() {
  const page = parseHTML('<p id=x>y</p>');
  return { response: http.get(`${__ENV.TARGET}/json`), page, element: page.find('p').get(0), attributes: page.find('p').get(0).attributes() };
}

export default function (data) {
  same('response', [data.response.status, data.response.json, JSON.parse(data.response.body).ok, data.response.request.method], [200, undefined, true, 'GET']);
  same('page', [data.page, data.element, data.attributes.id.value], [{ url: '' }, {}, 'x']);
}

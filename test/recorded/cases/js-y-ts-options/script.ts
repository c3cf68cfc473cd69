import { group, check, sleep } from 'k6';
import http, { RefinedResponse, ResponseType } from 'k6/http';
import { Options, Scenario } from 'k6/options';
import { Trend } from 'k6/metrics';
export const options: Options = { vus: 1, iterations: 1, thresholds: { checks: ['rate==1'] } };
interface User { id: number; name: string; roles?: readonly string[] }
const trend: Trend = new Trend('t');
function parse<R extends ResponseType | undefined>(r: RefinedResponse<R>): User { return r.json() as unknown as User; }
export function setup(): { users: User[] } { return { users: [{ id: 1, name: 'a', roles: ['x'] as const }] }; }
export default (data: ReturnType<typeof setup>): void => { group('g', (): void => { check(data.users[0], { 'has id': (u: User) => u.id === 1, 'role': ({ roles: [first] = [] as any }) => first === 'x' }); }); trend.add(1); console.log(data.users.map(<K extends keyof User>(u: User) => u['name' as K]).join()); };

import exec from 'k6/execution';
import { sleep } from 'k6';
export default 1;

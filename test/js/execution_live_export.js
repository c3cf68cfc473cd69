// The scenario's function is an export, and so a binding: what a script assigns to it runs from the next iteration on.
import { Counter } from 'k6/metrics';
const firsts = new Counter('firsts');
const seconds = new Counter('seconds');
export const options = { iterations: 5, thresholds: { firsts: ['count==2'], seconds: ['count==3'] } };
export let run = () => firsts.add(1);
export { run as default };
const first = run;
run = (...args) => {
  first(...args);
  run = () => {
    firsts.add(1);
    run = () => seconds.add(1);
  };
};

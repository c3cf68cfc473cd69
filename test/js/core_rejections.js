//# err: level=error msg="Uncaught \(in promise\) Error: nobody listens
//# err: level=error msg="Uncaught \(in promise\) Error: async default
//# err: level=error msg="Uncaught \(in promise\) a text"
//# err: level=error msg="Error: in a timer
//# err: level=info msg="handled in time"
//# not-err: handled late
export const options = { iterations: 5 };

export default async function () {
  switch (__ITER) {
  case 0: {
    Promise.reject(new Error('nobody listens'));
    return;
  }
  case 1:
    throw new Error('async default');
  case 2:
    await new Promise((_, reject) => setTimeout(reject, 1, 'a text'));
    break;
  case 3:
    setTimeout(() => { throw new Error('in a timer'); }, 1);
    break;
  default: {
    const p = Promise.reject(new Error('handled late'));
    await null;
    p.catch(() => console.log('handled in time'));
  }
  }
}

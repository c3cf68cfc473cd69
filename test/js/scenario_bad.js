//# exit: 104
//# err: There were problems with the specified script configuration
//# err: function 'nowhere' not found in exports
//# err: the number of VUs must be more than 0
export const options = { scenarios: {
  a: { executor: 'constant-vus', vus: 0, duration: '10s' },
  b: { executor: 'shared-iterations', exec: 'nowhere' },
} };
export default function () {}

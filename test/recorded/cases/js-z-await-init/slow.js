export const log = ['slow']; export const slow = await new Promise((r) => setTimeout(r, 3, 'slow value')); log.push('slow done');

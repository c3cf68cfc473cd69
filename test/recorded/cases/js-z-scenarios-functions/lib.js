export function imported() { console.log('imported'); }

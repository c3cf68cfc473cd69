export default class { constructor() { console.log('class'); } }

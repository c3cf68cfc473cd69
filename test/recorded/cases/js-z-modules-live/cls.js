export default class NamedCls { }

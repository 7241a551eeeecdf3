import type { LocalText } from '../text.ts'

/** By what somebody can be known beside the brand's own id. */
export const identifierKinds = [
  'phone',
  'email',
  'external_userid',
  'unionid',
  'openid',
  'card',
  'device',
  'custom',
] as const
export type IdentifierKind = (typeof identifierKinds)[number]

/** What becomes of two customers of whom the same verified identifier is told. */
export const conflictRules = ['merge', 'ask', 'never'] as const
export type ConflictRule = (typeof conflictRules)[number]

/** What a kind of identifier says of who somebody is. */
export interface KindRule {
  readonly words: LocalText
  /** Whether it is one person's alone by its nature: of the others several may have the same. */
  readonly unique: boolean
  /** Whether a value means something only within an app or a system, which has to be named. */
  readonly scoped: boolean
  /** Whether it is an address, which is kept among the addresses and not a second time. */
  readonly address: boolean
  /** What holds where the brand has not said otherwise. */
  readonly conflict: ConflictRule
  /** What a brand may choose. */
  readonly choices: readonly ConflictRule[]
}

const all = conflictRules

/** The closed table of kinds; what a brand calls its own by another name is `custom`, with the name as its scope. */
export const kindRules = {
  phone: {
    words: { 'zh-CN': '手机号', en: 'Phone' },
    ...{ unique: false, scoped: false, address: true, conflict: 'merge', choices: all },
  },
  email: {
    words: { 'zh-CN': '邮箱', en: 'E-mail' },
    ...{ unique: false, scoped: false, address: true, conflict: 'merge', choices: all },
  },
  external_userid: {
    words: { 'zh-CN': '企业微信客户 ID', en: 'WeCom external_userid' },
    ...{ unique: true, scoped: false, address: false, conflict: 'merge', choices: all },
  },
  unionid: {
    words: { 'zh-CN': '微信 UnionID', en: 'WeChat unionid' },
    ...{ unique: true, scoped: false, address: false, conflict: 'merge', choices: all },
  },
  openid: {
    words: { 'zh-CN': '微信 OpenID', en: 'WeChat openid' },
    ...{ unique: true, scoped: true, address: false, conflict: 'merge', choices: all },
  },
  card: {
    words: { 'zh-CN': '会员卡号', en: 'Loyalty card' },
    ...{ unique: true, scoped: false, address: false, conflict: 'merge', choices: all },
  },
  // Two people may use one computer: whoever was seen with it last has it, and nobody becomes another by that.
  device: {
    words: { 'zh-CN': '设备（匿名访客号）', en: 'Device (anonymous id)' },
    ...{ unique: false, scoped: false, address: false, conflict: 'never', choices: ['never'] },
  },
  custom: {
    words: { 'zh-CN': '其他系统的编号', en: 'Id of another system' },
    ...{ unique: true, scoped: true, address: false, conflict: 'ask', choices: all },
  },
} as const satisfies Record<IdentifierKind, KindRule>

export const ruleOf = (kind: IdentifierKind): KindRule => kindRules[kind]

export type AddressIdentifier = {
  [Kind in IdentifierKind]: (typeof kindRules)[Kind]['address'] extends true ? Kind : never
}[IdentifierKind]

export const isAddress = (kind: IdentifierKind): kind is AddressIdentifier => kindRules[kind].address

/** Rules that a brand has chosen; what it has not chosen holds as the table says. */
export type ChosenRules = Readonly<Partial<Record<IdentifierKind, ConflictRule>>>

/** The rule for a kind; one that the kind does not allow is as good as none. */
export function conflictRule(kind: IdentifierKind, chosen: ChosenRules): ConflictRule {
  const { conflict, choices } = ruleOf(kind)
  const said = chosen[kind]
  return said !== undefined && choices.includes(said) ? said : conflict
}

import type { LocalText } from '../../text.ts'

/** What a message by a registered template is for, as operators tell them apart. */
export const smsKinds = {
  notification: { 'zh-CN': '通知', en: 'Notification' },
  verification: { 'zh-CN': '验证码', en: 'Verification code' },
  marketing: { 'zh-CN': '推广', en: 'Marketing' },
} as const satisfies Record<string, LocalText>
export type SmsKind = keyof typeof smsKinds

/** How much the value of a variable may hold; null: its own page of the provider says it, template by template. */
export interface ValueRule {
  readonly least: number
  readonly most: number | null
  /** A code is figures alone. */
  readonly digits: boolean
}

/** What a provider that takes registered templates alone says of them. */
export interface TemplateRules {
  /** A variable in a template's text; its first group is the name. */
  readonly variable: RegExp
  readonly values: Readonly<Record<SmsKind, ValueRule>>
}

export interface SmsProviderInfo {
  readonly name: LocalText
  /** Fields of the settings that it cannot do without, and those that it may have besides. */
  readonly needs: readonly string[]
  readonly may: readonly string[]
  /** Where its API is unless the settings say otherwise; null: they always do. */
  readonly endpoint: string | null
  /** null: it takes any text. */
  readonly templates: TemplateRules | null
}

const short: ValueRule = { least: 1, most: 35, digits: false }

/**
 * Who carries text messages. Rules of variables: help.aliyun.com/document_detail/108088 (1 to 35 characters, codes 4 to
 * 6), cloud.tencent.com/document/product/382/39023 (codes at most 6 figures, others as the console says).
 */
export const smsProviders = {
  gateway: {
    name: { 'zh-CN': '自己的网关', en: 'A gateway of your own' },
    needs: ['url', 'secret'],
    may: ['signature', 'allowPrivate'],
    endpoint: null,
    templates: null,
  },
  aliyun: {
    name: { 'zh-CN': '阿里云', en: 'Aliyun' },
    needs: ['keyId', 'keySecret'],
    may: ['url', 'secret', 'endpoint', 'allowPrivate'],
    endpoint: 'https://dysmsapi.aliyuncs.com',
    templates: {
      variable: /\$\{([A-Za-z]\w{0,63})\}/g,
      values: {
        notification: short,
        verification: { least: 4, most: 6, digits: false },
        marketing: short,
      },
    },
  },
  tencent: {
    name: { 'zh-CN': '腾讯云', en: 'Tencent Cloud' },
    needs: ['keyId', 'keySecret', 'sdkAppId'],
    may: ['url', 'secret', 'endpoint', 'allowPrivate'],
    endpoint: 'https://sms.tencentcloudapi.com',
    templates: {
      variable: /\{([1-9]\d?)\}/g,
      values: {
        notification: { least: 1, most: null, digits: false },
        verification: { least: 1, most: 6, digits: true },
        marketing: { least: 1, most: null, digits: false },
      },
    },
  },
} as const satisfies Record<string, SmsProviderInfo>

export type SmsProvider = keyof typeof smsProviders
export const smsProviderIds = Object.keys(smsProviders) as [SmsProvider, ...SmsProvider[]]

export const isSmsProvider = (id: unknown): id is SmsProvider =>
  typeof id === 'string' && Object.hasOwn(smsProviders, id)

/** A provider as the table says it, whichever it is. */
export const smsProvider = (id: SmsProvider): SmsProviderInfo => smsProviders[id]

import { z } from 'zod'
import { defineChannel } from './definition.ts'
import { allowPrivate, headerValue, httpUrl, secret } from './fields.ts'
import { httpOrigin, type TypedFields } from './origin.ts'
import { isSmsProvider, smsProvider, smsProviderIds } from './sms/providers.ts'

/** Settings of the first releases name no provider: they are a gateway's. */
const providerOf = ({ provider }: TypedFields) => (isSmsProvider(provider) ? provider : 'gateway')

/** What the chosen provider asks for. Beside one that writes to numbers at home, a gateway is for those abroad. */
const asks = (fields: TypedFields) => {
  const { needs, may } = smsProvider(providerOf(fields))
  const paired = typeof fields.url === 'string' && fields.url !== '' ? ['secret'] : []
  return { needs: ['provider', ...needs, ...paired.filter((one) => !needs.includes(one))], may }
}

/** Where the provider's API is by these settings. */
export const smsEndpoint = (fields: TypedFields): string =>
  typeof fields.endpoint === 'string' && fields.endpoint !== ''
    ? fields.endpoint
    : (smsProvider(providerOf(fields)).endpoint ?? '')

export const sms = defineChannel({
  id: 'sms',
  name: { 'zh-CN': '短信', en: 'SMS' },
  content: 'sms',
  attachments: [],
  address: 'phone',
  consent: 'sms',
  receipts: ['delivered', 'failed', 'clicked', 'replied', 'blocked', 'complained', 'unsubscribed'],
  priceUnit: 'part',
  priceMilli: 45,
  settings: {
    schema: z
      .strictObject({
        provider: z.enum(smsProviderIds).default('gateway'),
        /** The AccessKey ID of Aliyun, the SecretId of Tencent Cloud; and the secret beside it. */
        keyId: headerValue.optional(),
        keySecret: headerValue.optional(),
        /** The application of Tencent Cloud by which messages leave. */
        sdkAppId: z
          .string()
          .trim()
          .regex(/^\d{4,20}$/, 'figures alone')
          .optional(),
        url: httpUrl.optional(),
        /** The brand's registered signature, without its brackets. */
        signature: z.string().trim().min(1).max(40).optional(),
        secret: secret.optional(),
        endpoint: httpUrl.optional(),
        allowPrivate,
      })
      .check(({ value, issues }) => {
        const given: TypedFields = value
        for (const name of asks(given).needs.filter((one) => given[one] === undefined))
          issues.push({ code: 'custom', message: 'this provider needs it', input: value, path: [name] })
      }),
    asks,
    secrets: {
      keySecret: (fields) => httpOrigin(smsEndpoint(fields)),
      secret: ({ url }) => httpOrigin(url),
    },
    absent: {
      'zh-CN': '短信还没有设置：请在设置里选择服务商并填写密钥',
      en: 'SMS is not set up: choose the provider in the settings and enter its keys',
    },
  },
})

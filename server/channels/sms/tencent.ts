import { z } from 'zod'
import type { SmsKind } from '../../../shared/channels/sms/providers.ts'
import type { ReviewState, SmsRegister, SmsTemplate } from '../../../shared/channels/sms/register.ts'
import { endsInOptOut } from '../../../shared/message/sms.ts'
import type { Channel } from '../channel.ts'
import { type PostOutcome, post } from '../post.ts'
import { redact } from '../redact.ts'
import type { HttpDeps } from '../signed-post.ts'
import { createSmsCloud, pageOf } from './cloud.ts'
import { judged } from './judged.ts'
import { tencentAuthorization } from './tencent-signature.ts'

export interface TencentSettings {
  readonly keyId: string
  readonly keySecret: string
  readonly sdkAppId: string
  readonly endpoint: string
}

const version = '2021-01-11'
/** One of the regions that the API is served in; which one makes no difference to messages at home. */
const region = 'ap-guangzhou'
const contentType = 'application/json; charset=utf-8'
const answerLimit = 64 * 1024
const listLimit = 1024 * 1024
const perPage = 100

const failed = z.looseObject({
  Error: z.looseObject({ Code: z.string().min(1), Message: z.string().nullish() }),
})
const sent = z.looseObject({
  SendStatusSet: z
    .array(
      z.looseObject({
        Code: z.string().min(1),
        Message: z.string().nullish(),
        SerialNo: z.string().nullish(),
      }),
    )
    .min(1),
})
const answer = z.looseObject({ Response: z.union([failed, sent]) })
const templatePage = z.looseObject({
  Response: z.looseObject({
    DescribeTemplateStatusSet: z.array(
      z.looseObject({
        TemplateId: z.union([z.int(), z.string()]).transform(String),
        TemplateName: z.string().nullish(),
        TemplateContent: z.string().nullish(),
        StatusCode: z.int(),
        ReviewReply: z.string().nullish(),
      }),
    ),
  }),
})
const signaturePage = z.looseObject({
  Response: z.looseObject({
    DescribeSignListStatusSet: z.array(
      z.looseObject({ SignName: z.string(), StatusCode: z.int(), ReviewReply: z.string().nullish() }),
    ),
  }),
})

const states: Readonly<Record<number, ReviewState>> = { 0: 'approved', 1: 'pending', 2: 'pending' }
const stateOf = (code: number): ReviewState => states[code] ?? 'refused'

/** The list does not say what a template is for; its words do, as the rules of review ask for them. */
function kindOf(text: string): SmsKind {
  if (endsInOptOut(text)) return 'marketing'
  return /验证码|校验码|动态码|注册码/.test(text) ? 'verification' : 'notification'
}

function templatesOf({
  Response: { DescribeTemplateStatusSet: listed },
}: z.infer<typeof templatePage>): SmsTemplate[] {
  return listed.flatMap((one) => {
    const text = one.TemplateContent?.trim() ?? ''
    if (text === '') return []
    const state = stateOf(one.StatusCode)
    const why = state === 'refused' ? (one.ReviewReply ?? '') : ''
    const name = one.TemplateName?.trim() || one.TemplateId
    return [{ code: one.TemplateId, name, text, kind: kindOf(text), state, why, most: null, byHand: false }]
  })
}

/** Numbers at home are written as people dial them; the API wants them as E.164. */
const e164 = (number: string): string => (number.startsWith('+') ? number : `+86${number}`)

/**
 * Text messages by Tencent Cloud: sms of 2021-01-11, cloud.tencent.com/document/api/382/55981. Its own SDK opens
 * connections of its own, past the guard; the documented signature is a page of code.
 */
export function createTencentChannel(settings: TencentSettings, deps: HttpDeps): Channel {
  const { keyId, keySecret, sdkAppId } = settings
  const url = new URL(settings.endpoint)
  const secrets = [keyId, keySecret]
  const call = (
    action: string,
    asked: object,
    signal: AbortSignal,
    limit = answerLimit,
  ): Promise<PostOutcome> => {
    const body = JSON.stringify(asked)
    const timestamp = Math.floor(deps.now() / 1000)
    const request = { service: 'sms', host: url.host, contentType, action, timestamp, body }
    return post(deps.guard, {
      url,
      body,
      headers: {
        authorization: tencentAuthorization(request, settings),
        'content-type': contentType,
        host: url.host,
        'x-tc-action': action,
        'x-tc-version': version,
        'x-tc-timestamp': String(timestamp),
        'x-tc-region': region,
      },
      answerLimit: limit,
      ...deps.timeouts,
      signal,
    })
  }
  const cleanList = (text: string) => redact(text, secrets)
  const pages = async <T>(
    action: string,
    schema: z.ZodType<T>,
    lengthOf: (page: T) => number,
    signal: AbortSignal,
  ) => {
    const found: T[] = []
    for (let page = 0; page < 20; page++) {
      const asked = { International: 0, Limit: perPage, Offset: page * perPage }
      const read = pageOf(schema, await call(action, asked, signal, listLimit), cleanList)
      found.push(read)
      if (lengthOf(read) < perPage) break
    }
    return found
  }

  return createSmsCloud(
    {
      provider: 'tencent',
      secrets,
      send: (message, { code, signature, values }, signal) =>
        call(
          'SendSms',
          {
            PhoneNumberSet: [e164(message.to)],
            SmsSdkAppId: sdkAppId,
            SignName: signature,
            TemplateId: code,
            TemplateParamSet: Object.entries(values)
              .sort(([left], [right]) => Number(left) - Number(right))
              .map(([, value]) => value),
            SessionContext: message.id,
          },
          signal,
        ),
      read(given, clean) {
        const read = answer.safeParse(given)
        if (!read.success) return null
        const { Response: response } = read.data
        const status =
          'Error' in response ? failed.parse(response).Error : sent.parse(response).SendStatusSet[0]
        if (status === undefined) return null
        const { Code: code, Message: said } = status
        if (code !== 'Ok') return judged('tencent', clean(code), clean(said ?? code))
        const { SerialNo: id } = status
        return typeof id === 'string' && id !== '' ? { kind: 'accepted', providerId: id } : null
      },
      async registered(signal): Promise<Omit<SmsRegister, 'syncedAt'>> {
        const templates = await pages(
          'DescribeSmsTemplateList',
          templatePage,
          ({ Response }) => Response.DescribeTemplateStatusSet.length,
          signal,
        )
        const signatures = await pages(
          'DescribeSmsSignList',
          signaturePage,
          ({ Response }) => Response.DescribeSignListStatusSet.length,
          signal,
        )
        return {
          templates: templates.flatMap(templatesOf),
          signatures: signatures.flatMap(({ Response }) =>
            Response.DescribeSignListStatusSet.map(({ SignName: name, StatusCode, ReviewReply }) => ({
              name,
              state: stateOf(StatusCode),
              why: stateOf(StatusCode) === 'refused' ? (ReviewReply ?? '') : '',
            })),
          ),
        }
      },
    },
    deps,
  )
}

import { createHash, randomUUID } from 'node:crypto'
import { z } from 'zod'
import type { SmsKind } from '../../../shared/channels/sms/providers.ts'
import type { ReviewState, SmsRegister, SmsTemplate } from '../../../shared/channels/sms/register.ts'
import type { Channel, OutboundMessage } from '../channel.ts'
import { type PostOutcome, post } from '../post.ts'
import { redact } from '../redact.ts'
import { type HttpDeps, readJson } from '../signed-post.ts'
import { aliyunAuthorization, canonicalQuery } from './aliyun-signature.ts'
import { beijingDay } from './beijing.ts'
import { createSmsCloud, pageOf } from './cloud.ts'
import { judged } from './judged.ts'

export interface AliyunSettings {
  readonly keyId: string
  readonly keySecret: string
  readonly endpoint: string
}

const version = '2017-05-25'
const answerLimit = 64 * 1024
const listLimit = 1024 * 1024
const perPage = 50

/**
 * The message’s own number, and a mark of its key: another life of the data may give the same number to another message.
 * It comes back in reports, and in the list of what was sent.
 */
export function outIdOf({ id, key }: Pick<OutboundMessage, 'id' | 'key'>): string {
  return `${id}-${createHash('sha256').update(key).digest('hex').slice(0, 16)}`
}

const sent = z.looseObject({
  Code: z.string().min(1),
  Message: z.string().nullish(),
  BizId: z.string().nullish(),
})
const details = z.looseObject({
  Code: z.literal('OK'),
  SmsSendDetailDTOs: z.looseObject({
    SmsSendDetailDTO: z.array(z.looseObject({ OutId: z.string().nullish() })).nullish(),
  }),
})
const reason = z.looseObject({ RejectInfo: z.string().nullish() }).nullish()
const templatePage = z.looseObject({
  Code: z.literal('OK'),
  SmsTemplateList: z
    .array(
      z.looseObject({
        TemplateCode: z.string(),
        TemplateName: z.string().nullish(),
        TemplateContent: z.string().nullish(),
        AuditStatus: z.string().nullish(),
        TemplateType: z.int().nullish(),
        OuterTemplateType: z.int().nullish(),
        Reason: reason,
      }),
    )
    .nullish(),
})
const signaturePage = z.looseObject({
  Code: z.literal('OK'),
  SmsSignList: z
    .array(z.looseObject({ SignName: z.string(), AuditStatus: z.string().nullish(), Reason: reason }))
    .nullish(),
})

const states: Readonly<Record<string, ReviewState>> = {
  AUDIT_STATE_PASS: 'approved',
  AUDIT_STATE_INIT: 'pending',
}
const stateOf = (said: string | null | undefined): ReviewState => states[said ?? ''] ?? 'refused'

/** Kinds as the list tells them: an older field and a newer one count differently; the others are for abroad, or cards. */
const outerKinds: Readonly<Record<number, SmsKind>> = { 0: 'verification', 1: 'notification', 2: 'marketing' }
const innerKinds: Readonly<Record<number, SmsKind>> = { 0: 'notification', 1: 'marketing', 2: 'verification' }

function templatesOf(page: z.infer<typeof templatePage>): SmsTemplate[] {
  return (page.SmsTemplateList ?? []).flatMap((one) => {
    const kind =
      one.OuterTemplateType == null ? innerKinds[one.TemplateType ?? -1] : outerKinds[one.OuterTemplateType]
    const text = one.TemplateContent?.trim() ?? ''
    if (kind === undefined || text === '') return []
    const state = stateOf(one.AuditStatus)
    const why = state === 'refused' ? (one.Reason?.RejectInfo ?? '') : ''
    const name = one.TemplateName?.trim() || one.TemplateCode
    return [{ code: one.TemplateCode, name, text, kind, state, why, most: null, byHand: false }]
  })
}

/**
 * Text messages by Aliyun: dysmsapi of 2017-05-25, help.aliyun.com/document_detail/419273.html. Its own SDK opens
 * connections of its own, past the guard; the documented signature is a page of code.
 */
export function createAliyunChannel(settings: AliyunSettings, deps: HttpDeps): Channel {
  const { keyId, keySecret } = settings
  const endpoint = new URL(settings.endpoint)
  const secrets = [keyId, keySecret]
  const call = (
    action: string,
    parameters: Readonly<Record<string, string>>,
    signal: AbortSignal,
    limit = answerLimit,
  ): Promise<PostOutcome> => {
    const url = new URL(endpoint)
    url.search = canonicalQuery(Object.entries(parameters))
    const headers = {
      host: url.host,
      'x-acs-action': action,
      'x-acs-version': version,
      'x-acs-date': `${new Date(deps.now()).toISOString().slice(0, 19)}Z`,
      'x-acs-signature-nonce': randomUUID(),
      'x-acs-content-sha256': createHash('sha256').update('').digest('hex'),
    }
    const authorization = aliyunAuthorization({ method: 'POST', url, headers, body: '' }, settings)
    return post(deps.guard, {
      url,
      headers: { ...headers, authorization, accept: 'application/json' },
      body: '',
      answerLimit: limit,
      ...deps.timeouts,
      signal,
    })
  }
  const cleanList = (text: string) => redact(text, secrets)

  /** All pages of a list; the last is the one that is not full. */
  const pages = async <T>(
    action: string,
    schema: z.ZodType<T>,
    lengthOf: (page: T) => number,
    signal: AbortSignal,
  ) => {
    const found: T[] = []
    for (let page = 1; page <= 40; page++) {
      const parameters = { PageIndex: String(page), PageSize: String(perPage) }
      const read = pageOf(schema, await call(action, parameters, signal, listLimit), cleanList)
      found.push(read)
      if (lengthOf(read) < perPage) break
    }
    return found
  }

  return createSmsCloud(
    {
      provider: 'aliyun',
      secrets,
      send: (message, template, signal) =>
        call(
          'SendSms',
          {
            PhoneNumbers: message.to,
            SignName: template.signature,
            TemplateCode: template.code,
            ...(Object.keys(template.values).length === 0
              ? {}
              : { TemplateParam: JSON.stringify(template.values) }),
            OutId: outIdOf(message),
          },
          signal,
        ),
      read(answer, clean) {
        const read = sent.safeParse(answer)
        if (!read.success) return null
        const { Code: code, Message: said, BizId: id } = read.data
        if (code === 'OK') return id ? { kind: 'accepted', providerId: id } : null
        return judged('aliyun', clean(code), clean(said ?? code))
      },
      // Nothing but finding it proves anything: what is not listed may be listed in a minute.
      async wasTaken(message, signal) {
        const parameters = {
          PhoneNumber: message.to,
          SendDate: beijingDay(deps.now()),
          PageSize: String(perPage),
          CurrentPage: '1',
        }
        const outcome = await call('QuerySendDetails', parameters, signal, listLimit)
        const read = outcome.kind === 'answer' ? details.safeParse(readJson(outcome.text)) : null
        const listed = read?.data?.SmsSendDetailDTOs.SmsSendDetailDTO ?? []
        return listed.some(({ OutId }) => OutId === outIdOf(message))
      },
      async registered(signal): Promise<Omit<SmsRegister, 'syncedAt'>> {
        const templates = await pages(
          'QuerySmsTemplateList',
          templatePage,
          ({ SmsTemplateList }) => SmsTemplateList?.length ?? 0,
          signal,
        )
        const signatures = await pages(
          'QuerySmsSignList',
          signaturePage,
          ({ SmsSignList }) => SmsSignList?.length ?? 0,
          signal,
        )
        return {
          templates: templates.flatMap(templatesOf),
          signatures: signatures.flatMap(({ SmsSignList }) =>
            (SmsSignList ?? []).map(({ SignName: name, AuditStatus, Reason }) => ({
              name,
              state: stateOf(AuditStatus),
              why: Reason?.RejectInfo ?? '',
            })),
          ),
        }
      },
    },
    deps,
  )
}

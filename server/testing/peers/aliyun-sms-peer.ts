// Aliyun's dysmsapi of 2017-05-25 as it is documented: SendSms (help.aliyun.com/document_detail/419273),
// QuerySendDetails, QuerySmsTemplateList, QuerySmsSignList, error codes (help.aliyun.com/document_detail/101346), the V3
// signature (help.aliyun.com/zh/sdk/product-overview/v3-request-structure-and-signature) and what it pushes:
// SmsReport and SmsUp (help.aliyun.com/zh/sms/developer-reference/smsup-http).
import { createHash, createHmac } from 'node:crypto'
import type http from 'node:http'
import {
  behave,
  type HttpPeer,
  type PeerAnswer,
  respond,
  type SmsBehaviour,
  startHttpPeer,
} from './sms-peer.ts'

export interface AliyunTemplate {
  readonly code: string
  readonly text: string
  /** 0: code, 1: notification, 2: marketing, as OuterTemplateType counts. */
  readonly type: 0 | 1 | 2
  readonly status?: 'AUDIT_STATE_PASS' | 'AUDIT_STATE_INIT' | 'AUDIT_STATE_NOT_PASS'
}

export interface AliyunOptions {
  readonly keyId: string
  readonly keySecret: string
  readonly now: () => number
  readonly templates?: readonly AliyunTemplate[]
  readonly signatures?: readonly string[]
}

export interface AliyunSent {
  readonly to: string
  readonly signature: string
  readonly template: string
  readonly values: Readonly<Record<string, string>>
  readonly outId: string
  readonly bizId: string
}

export interface AliyunPeer extends HttpPeer {
  /** Every message that was taken, in order, repeats included. */
  readonly sent: AliyunSent[]
  /** Why requests were refused before anything of them was read. */
  readonly refused: string[]
  behave(next: SmsBehaviour): void
}

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')

/** The right signature of a request, worked out from what arrived and nothing else. */
function signatureOf(request: http.IncomingMessage, body: string, secret: string, signed: string): string {
  const url = new URL(request.url ?? '/', 'http://peer')
  // As it stands on the wire: whoever encodes otherwise has signed something else.
  const query = (request.url ?? '').split('?')[1] ?? ''
  const sorted = query === '' ? '' : query.split('&').sort().join('&')
  const names = signed.split(';')
  const headers = names.map((name) => `${name}:${String(request.headers[name] ?? '').trim()}\n`).join('')
  const canonical = `${request.method}\n${url.pathname}\n${sorted}\n${headers}\n${signed}\n${sha256(body)}`
  return createHmac('sha256', secret)
    .update(`ACS3-HMAC-SHA256\n${sha256(canonical)}`)
    .digest('hex')
}

const fault = (status: number, code: string, message: string): PeerAnswer => ({
  status,
  body: { Code: code, Message: message, RequestId: 'peer' },
})

/** Why a request is not believed; null where it is. */
function disbelief(
  request: http.IncomingMessage,
  body: string,
  { keyId, keySecret, now }: AliyunOptions,
  nonces: Set<string>,
): PeerAnswer | null {
  const read = /^ACS3-HMAC-SHA256 Credential=([^,]+),SignedHeaders=([^,]+),Signature=([0-9a-f]{64})$/.exec(
    request.headers.authorization ?? '',
  )
  if (read === null) return fault(400, 'MissingAuthorization', 'no authorization')
  const [, id, signed = '', signature] = read
  if (id !== keyId) return fault(404, 'InvalidAccessKeyId.NotFound', 'Specified access key is not found.')
  for (const needed of [
    'host',
    'x-acs-action',
    'x-acs-version',
    'x-acs-date',
    'x-acs-signature-nonce',
    'x-acs-content-sha256',
  ])
    if (!signed.split(';').includes(needed))
      return fault(400, 'IncompleteSignature', `${needed} is not signed`)
  if (request.headers['x-acs-content-sha256'] !== sha256(body))
    return fault(400, 'IncompleteSignature', 'another body')
  if (signatureOf(request, body, keySecret, signed) !== signature)
    return fault(400, 'SignatureDoesNotMatch', `Specified signature is not matched with our calculation.`)
  if (Math.abs(Date.parse(String(request.headers['x-acs-date'])) - now()) > 15 * 60_000)
    return fault(400, 'InvalidTimeStamp.Expired', 'Specified time stamp is expired.')
  const nonce = String(request.headers['x-acs-signature-nonce'])
  if (nonces.has(nonce))
    return fault(400, 'SignatureNonceUsed', 'Specified signature nonce was used already.')
  nonces.add(nonce)
  return request.headers['x-acs-version'] === '2017-05-25'
    ? null
    : fault(404, 'InvalidVersion', 'no such version')
}

const names = (text: string) => [...text.matchAll(/\$\{(\w+)\}/g)].map((match) => match[1] ?? '')

/** What SendSms refuses by its own rules. */
function refusalOf(
  asked: URLSearchParams,
  { templates = [], signatures = [] }: AliyunOptions,
): [string, string] | null {
  const to = (asked.get('PhoneNumbers') ?? '').replace(/^(?:\+?86|0086)/, '')
  if (!/^1\d{10}$/.test(to)) return ['isv.MOBILE_NUMBER_ILLEGAL', '手机号码格式错误']
  if (!signatures.includes(asked.get('SignName') ?? ''))
    return ['isv.SMS_SIGNATURE_ILLEGAL', '该账号下找不到对应签名']
  const template = templates.find(({ code }) => code === asked.get('TemplateCode'))
  if (template === undefined || (template.status ?? 'AUDIT_STATE_PASS') !== 'AUDIT_STATE_PASS')
    return ['isv.SMS_TEMPLATE_ILLEGAL', '该账号下找不到对应模板']
  const values: Record<string, unknown> = JSON.parse(asked.get('TemplateParam') ?? '{}')
  for (const name of names(template.text)) {
    const value = values[name]
    if (typeof value !== 'string' || value === '')
      return ['isv.TEMPLATE_MISSING_PARAMETERS', `缺少变量 ${name}`]
    if (/https?:\/\/|www\./.test(value)) return ['isv.PARAM_NOT_SUPPORT_URL', '不支持URL']
    if ([...value].length > 35) return ['isv.PARAM_LENGTH_LIMIT', '参数超过长度限制']
  }
  return null
}

export async function startAliyunSmsPeer(options: AliyunOptions): Promise<AliyunPeer> {
  const sent: AliyunSent[] = []
  const refused: string[] = []
  const nonces = new Set<string>()
  let doing: SmsBehaviour = 'ok'

  const page = (asked: URLSearchParams, list: readonly object[]) => {
    const size = Number(asked.get('PageSize') ?? 10)
    const from = (Number(asked.get('PageIndex') ?? 1) - 1) * size
    return list.slice(from, from + size)
  }
  const lists: Readonly<Record<string, (asked: URLSearchParams) => object>> = {
    QuerySmsTemplateList: (asked) => ({
      SmsTemplateList: page(
        asked,
        (options.templates ?? []).map(({ code, text, type, status = 'AUDIT_STATE_PASS' }) => ({
          TemplateCode: code,
          TemplateName: `模板 ${code}`,
          TemplateContent: text,
          OuterTemplateType: type,
          AuditStatus: status,
          CreateDate: '2026-06-01 11:44:56',
          Reason: { RejectInfo: status === 'AUDIT_STATE_NOT_PASS' ? '内容与类型不符' : '' },
        })),
      ),
    }),
    QuerySmsSignList: (asked) => ({
      SmsSignList: page(
        asked,
        (options.signatures ?? []).map((name) => ({ SignName: name, AuditStatus: 'AUDIT_STATE_PASS' })),
      ),
    }),
    QuerySendDetails: (asked) => ({
      SmsSendDetailDTOs: {
        SmsSendDetailDTO: sent
          .filter(({ to }) => to === asked.get('PhoneNumber'))
          .map(({ to, outId, template }) => ({
            PhoneNum: to,
            OutId: outId,
            TemplateCode: template,
            SendStatus: 1,
          })),
      },
    }),
  }

  const peer = await startHttpPeer((request, body, response) => {
    const wrong = disbelief(request, body, options, nonces)
    if (wrong !== null) {
      refused.push(JSON.stringify(wrong.body))
      return respond(response, wrong)
    }
    const action = String(request.headers['x-acs-action'])
    const asked = new URL(request.url ?? '/', 'http://peer').searchParams
    const list = lists[action]
    if (list !== undefined)
      return respond(response, {
        status: 200,
        body: { Code: 'OK', Message: 'OK', RequestId: 'peer', ...list(asked) },
      })
    if (action !== 'SendSms') return respond(response, fault(404, 'InvalidAction.NotFound', action))
    const refusal = refusalOf(asked, options)
    behave(refusal === null ? doing : { code: refusal[0], message: refusal[1] }, {
      socket: request.socket,
      response,
      refuse: (code, message) => fault(200, code, message),
      take() {
        const bizId = `${900_000_000_000 + sent.length}^0`
        sent.push({
          to: asked.get('PhoneNumbers') ?? '',
          signature: asked.get('SignName') ?? '',
          template: asked.get('TemplateCode') ?? '',
          values: JSON.parse(asked.get('TemplateParam') ?? '{}'),
          outId: asked.get('OutId') ?? '',
          bizId,
        })
        return { status: 200, body: { Code: 'OK', Message: 'OK', RequestId: 'peer', BizId: bizId } }
      },
    })
  })
  return {
    ...peer,
    sent,
    refused,
    behave(next) {
      doing = next
    },
  }
}

/** What the provider pushes once a message has arrived, or has not. */
export function aliyunReport(
  { to, bizId, outId }: AliyunSent,
  at: string,
  failed?: readonly [string, string],
): object {
  const [code, words] = failed ?? ['DELIVERED', '用户接收成功']
  return {
    phone_number: to,
    send_time: at,
    report_time: at,
    success: failed === undefined,
    err_code: code,
    err_msg: words,
    sms_size: '1',
    biz_id: bizId,
    out_id: outId,
  }
}

/** What it pushes when somebody writes back. */
export const aliyunReply = (to: string, content: string, at: string, id: string): object => ({
  phone_number: to,
  content,
  send_time: at,
  dest_code: '1234',
  sequence_id: id,
})

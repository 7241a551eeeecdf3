// Tencent Cloud's sms of 2021-01-11 as it is documented: SendSms (cloud.tencent.com/document/api/382/55981),
// DescribeSmsTemplateList and DescribeSmsSignList, error codes (cloud.tencent.com/document/api/382/59177), the signature
// TC3-HMAC-SHA256 (cloud.tencent.com/document/api/382/52072) and what it pushes
// (www.tencentcloud.com/document/product/382/43547 and 43548).
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

export interface TencentTemplate {
  readonly id: number
  readonly text: string
  /** 0: approved, 1: under review, -1: refused. */
  readonly status?: 0 | 1 | -1
}

export interface TencentOptions {
  readonly keyId: string
  readonly keySecret: string
  readonly sdkAppId: string
  readonly now: () => number
  readonly templates?: readonly TencentTemplate[]
  readonly signatures?: readonly string[]
}

export interface TencentSent {
  readonly to: string
  readonly signature: string
  readonly template: string
  readonly values: readonly string[]
  readonly serial: string
}

export interface TencentPeer extends HttpPeer {
  readonly sent: TencentSent[]
  readonly refused: string[]
  behave(next: SmsBehaviour): void
}

interface Asked {
  readonly PhoneNumberSet?: readonly string[]
  readonly SmsSdkAppId?: string
  readonly SignName?: string
  readonly TemplateId?: string
  readonly TemplateParamSet?: readonly string[]
  readonly Offset?: number
  readonly Limit?: number
}

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')
const mac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text).digest()

const answered = (response: object): PeerAnswer => ({
  status: 200,
  body: { Response: { ...response, RequestId: 'peer' } },
})
const fault = (code: string, message: string): PeerAnswer =>
  answered({ Error: { Code: code, Message: message } })

/** Why a request is not believed; null where it is. */
function disbelief(request: http.IncomingMessage, body: string, options: TencentOptions): PeerAnswer | null {
  const { headers } = request
  const read =
    /^TC3-HMAC-SHA256 Credential=([^/]+)\/(\d{4}-\d\d-\d\d)\/sms\/tc3_request, SignedHeaders=([^,]+), Signature=([0-9a-f]{64})$/.exec(
      headers.authorization ?? '',
    )
  if (read === null) return fault('AuthFailure.InvalidAuthorization', 'not as TC3 has it')
  const [, id, date = '', signed = '', signature] = read
  if (id !== options.keyId) return fault('AuthFailure.SecretIdNotFound', 'The SecretId is not found.')
  const timestamp = String(headers['x-tc-timestamp'])
  if (Math.abs(Number(timestamp) * 1000 - options.now()) > 5 * 60_000)
    return fault('AuthFailure.SignatureExpire', 'The provided credentials have expired.')
  const names = signed.split(';')
  if (!names.includes('content-type') || !names.includes('host'))
    return fault('AuthFailure.SignatureFailure', 'content-type and host must be signed')
  const lines = names
    .map(
      (name) =>
        `${name}:${String(headers[name] ?? '')
          .trim()
          .toLowerCase()}\n`,
    )
    .join('')
  const canonical = `POST\n/\n\n${lines}\n${signed}\n${sha256(body)}`
  const toSign = `TC3-HMAC-SHA256\n${timestamp}\n${date}/sms/tc3_request\n${sha256(canonical)}`
  const key = mac(mac(mac(`TC3${options.keySecret}`, date), 'sms'), 'tc3_request')
  if (mac(key, toSign).toString('hex') !== signature)
    return fault('AuthFailure.SignatureFailure', 'The provided credentials could not be validated.')
  return headers['x-tc-version'] === '2021-01-11' ? null : fault('NoSuchVersion', 'no such version')
}

/** What SendSms refuses of a number by its own rules. */
function refusalOf(
  asked: Asked,
  { templates = [], signatures = [] }: TencentOptions,
): [string, string] | null {
  const to = asked.PhoneNumberSet?.[0] ?? ''
  if (!/^\+861\d{10}$/.test(to))
    return ['InvalidParameterValue.IncorrectPhoneNumber', 'incorrect phone number']
  if (!signatures.includes(asked.SignName ?? ''))
    return ['FailedOperation.SignatureIncorrectOrUnapproved', 'signature is unapproved']
  const template = templates.find(({ id }) => String(id) === asked.TemplateId)
  if (template === undefined || (template.status ?? 0) !== 0)
    return ['FailedOperation.TemplateUnapprovedOrNotExist', 'template is not approved or does not exist']
  const wanted = new Set(template.text.match(/\{\d+\}/g) ?? []).size
  const values = asked.TemplateParamSet ?? []
  if (values.length !== wanted)
    return ['FailedOperation.TemplateParamSetNotMatchApprovedTemplate', 'parameters do not match']
  if (values.some((value) => /https?:\/\/|www\./.test(value)))
    return ['InvalidParameterValue.ProhibitedUseUrlInTemplateParameter', 'a link in a parameter']
  return null
}

export async function startTencentSmsPeer(options: TencentOptions): Promise<TencentPeer> {
  const sent: TencentSent[] = []
  const refused: string[] = []
  let doing: SmsBehaviour = 'ok'

  const page = ({ Offset = 0, Limit = 0 }: Asked, list: readonly object[]) =>
    list.slice(Offset, Offset + Limit)
  const status = (asked: Asked, code: string, message: string, serial: string) =>
    answered({
      SendStatusSet: [
        {
          SerialNo: serial,
          PhoneNumber: asked.PhoneNumberSet?.[0],
          Fee: code === 'Ok' ? 1 : 0,
          Code: code,
          Message: message,
        },
      ],
    })

  const peer = await startHttpPeer((request, body, response) => {
    const wrong = disbelief(request, body, options)
    if (wrong !== null) {
      refused.push(JSON.stringify(wrong.body))
      return respond(response, wrong)
    }
    const asked: Asked = JSON.parse(body)
    const action = String(request.headers['x-tc-action'])
    if (action === 'DescribeSmsTemplateList')
      return respond(
        response,
        answered({
          DescribeTemplateStatusSet: page(
            asked,
            (options.templates ?? []).map(({ id, text, status: StatusCode = 0 }) => ({
              TemplateId: id,
              TemplateName: `模板 ${id}`,
              TemplateContent: text,
              StatusCode,
              International: 0,
              ReviewReply: StatusCode === -1 ? '内容不符' : '',
              CreateTime: 1_600_000_000,
            })),
          ),
        }),
      )
    if (action === 'DescribeSmsSignList')
      return respond(
        response,
        answered({
          DescribeSignListStatusSet: page(
            asked,
            (options.signatures ?? []).map((SignName, SignId) => ({
              SignId,
              SignName,
              StatusCode: 0,
              ReviewReply: '',
            })),
          ),
        }),
      )
    if (action !== 'SendSms') return respond(response, fault('InvalidAction', action))
    if (asked.SmsSdkAppId !== options.sdkAppId)
      return respond(response, fault('UnauthorizedOperation.SmsSdkAppIdVerifyFail', 'SmsSdkAppId'))
    const refusal = refusalOf(asked, options)
    behave(refusal === null ? doing : { code: refusal[0], message: refusal[1] }, {
      socket: request.socket,
      response,
      refuse: (code, message) =>
        code.startsWith('AuthFailure') ? fault(code, message) : status(asked, code, message, ''),
      take() {
        const serial = `5000:10000${sent.length}`
        sent.push({
          to: asked.PhoneNumberSet?.[0] ?? '',
          signature: asked.SignName ?? '',
          template: asked.TemplateId ?? '',
          values: asked.TemplateParamSet ?? [],
          serial,
        })
        return status(asked, 'Ok', 'send success', serial)
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
export function tencentReport(
  { to, serial }: TencentSent,
  at: string,
  failed?: readonly [string, string],
): object {
  const [errmsg, description] = failed ?? ['DELIVRD', '用户短信送达成功']
  return {
    user_receive_time: at,
    nationcode: '86',
    mobile: to.replace('+86', ''),
    report_status: failed === undefined ? 'SUCCESS' : 'FAIL',
    errmsg,
    description,
    sid: serial,
  }
}

/** What it pushes when somebody writes back: one reply, in no list. */
export const tencentReply = (to: string, text: string, seconds: number): object => ({
  extend: '',
  mobile: to.replace('+86', ''),
  nationcode: '86',
  sign: '鹊桥礼物',
  text,
  time: seconds,
})

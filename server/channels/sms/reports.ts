import { z } from 'zod'
import type { SmsProvider } from '../../../shared/channels/sms/providers.ts'
import { Problem } from '../../../shared/errors/index.ts'
import { limits } from '../../../shared/limits.ts'
import { type Receipt, type ReceiptCall, receiptSchema } from '../receipts.ts'
import { readJson } from '../signed-post.ts'
import { beijingTime } from './beijing.ts'
import { sha256 } from './digest.ts'

/** A provider's report or reply in our words, or null where it is neither. */
type Reader = (one: unknown) => unknown | null

const text = z.union([z.string(), z.number()]).transform(String)

/** help.aliyun.com/zh/sms/developer-reference/smsreport-2 and smsup-http. */
const aliyunReport = z.looseObject({
  phone_number: text,
  report_time: z.string().nullish(),
  success: z.boolean(),
  err_code: z.string().nullish(),
  err_msg: z.string().nullish(),
  biz_id: text,
  out_id: text.nullish(),
})
const aliyunReply = z.looseObject({
  phone_number: text,
  content: z.string(),
  send_time: z.string().nullish(),
  sequence_id: text,
})

/** www.tencentcloud.com/document/product/382/43547 and 43548. */
const tencentReport = z.looseObject({
  user_receive_time: z.string().nullish(),
  nationcode: text,
  mobile: text,
  report_status: z.enum(['SUCCESS', 'FAIL']),
  errmsg: z.string().nullish(),
  description: z.string().nullish(),
  sid: text,
})
const tencentReply = z.looseObject({ nationcode: text, mobile: text, text: z.string(), time: z.number() })

/** What carriers say of a number that nobody has, and of somebody who wants no more. */
const nobody = /空号|号码不存在|not exist/i
const unwilling = /黑名单|免打扰|blacklist/i

const typeOf = (delivered: boolean, said: string) => {
  if (delivered) return 'delivered'
  if (nobody.test(said)) return 'invalid'
  return unwilling.test(said) ? 'blocked' : 'failed'
}

const timed = (at: number | null) => (at === null ? {} : { at })
const worded = (code: string | null | undefined, words: string | null | undefined) =>
  [code, words].filter((one) => typeof one === 'string' && one !== '').join(': ')

/** Numbers at home as they are kept; abroad with the plus of E.164. */
const numberOf = (country: string, number: string) => (country === '86' ? number : `+${country}${number}`)

const readers: Readonly<Record<SmsProvider, readonly Reader[]>> = {
  gateway: [],
  aliyun: [
    (one) => {
      const read = aliyunReport.safeParse(one)
      if (!read.success) return null
      const {
        phone_number: from,
        success,
        err_code: code,
        err_msg: words,
        biz_id: providerId,
        out_id: out,
      } = read.data
      const type = typeOf(success, worded(code, words))
      const messageId = /^(\d+)-/.exec(out ?? '')?.[1]
      return {
        // A number’s state is told once; whatever is pushed again is the same report.
        id: `aliyun:${providerId}:${success ? 'delivered' : 'failed'}`,
        type,
        providerId,
        ...(messageId === undefined ? {} : { messageId }),
        ...(success ? {} : { text: worded(code, words) }),
        ...(type === 'invalid' || type === 'blocked' ? { from } : {}),
        ...timed(beijingTime(read.data.report_time ?? '')),
      }
    },
    (one) => {
      const read = aliyunReply.safeParse(one)
      if (!read.success) return null
      const { phone_number: from, content, send_time: at, sequence_id: id } = read.data
      return { id: `aliyun:up:${id}`, type: 'replied', from, text: content, ...timed(beijingTime(at ?? '')) }
    },
  ],
  tencent: [
    (one) => {
      const read = tencentReport.safeParse(one)
      if (!read.success) return null
      const {
        nationcode,
        mobile,
        report_status: status,
        errmsg: code,
        description: words,
        sid: providerId,
      } = read.data
      const delivered = status === 'SUCCESS'
      const type = typeOf(delivered, worded(code, words))
      return {
        id: `tencent:${providerId}:${delivered ? 'delivered' : 'failed'}`,
        type,
        providerId,
        ...(delivered ? {} : { text: worded(code, words) }),
        ...(type === 'invalid' || type === 'blocked' ? { from: numberOf(nationcode, mobile) } : {}),
        ...timed(beijingTime(read.data.user_receive_time ?? '')),
      }
    },
    (one) => {
      const read = tencentReply.safeParse(one)
      if (!read.success) return null
      const { nationcode, mobile, text: said, time } = read.data
      // A reply has no id of its own; the same words of one number in one second are one.
      const id = sha256(JSON.stringify([nationcode, mobile, time, said])).slice(0, 32)
      const from = numberOf(nationcode, mobile)
      return { id: `tencent:up:${id}`, type: 'replied', from, text: said, at: Math.round(time * 1000) }
    },
  ],
}

/** What a provider wants to hear when it was understood. */
export const reportAnswers: Readonly<Record<SmsProvider, object>> = {
  gateway: {},
  aliyun: { code: 0, msg: '接收成功' },
  tencent: { result: 0, errmsg: 'OK' },
}

function receiptOf(provider: SmsProvider, one: unknown): Receipt | null {
  for (const reader of readers[provider]) {
    const read = receiptSchema.safeParse(reader(one))
    if (read.success) return read.data
  }
  return null
}

/**
 * What a provider of text messages pushes: a list of reports or of replies, or one of them. What cannot be read costs
 * none of the others. Problem `invalid-request` where it is no JSON, or too many.
 */
export function readSmsReports(provider: SmsProvider, body: string): ReceiptCall {
  const raw = readJson(body)
  const list = Array.isArray(raw) ? raw : [raw]
  if (raw === undefined || list.length > limits.receiptsAtOnce.value)
    throw new Problem('invalid-request', { detail: 'not a list of reports' }, '')
  const receipts: Receipt[] = []
  let fault: Problem | null = null
  for (const [index, one] of list.entries()) {
    const receipt = receiptOf(provider, one)
    if (receipt !== null) receipts.push(receipt)
    else fault ??= new Problem('invalid-request', { detail: 'neither a report nor a reply' }, String(index))
  }
  return { receipts, fault }
}

import { createHash } from 'node:crypto'
import { XMLParser } from 'fast-xml-parser'
import { z } from 'zod'
import { Problem } from '../../../shared/errors/index.ts'
import { defaultToleranceMs } from '../signature.ts'
import { isSignedBy, type SealFault, sealSignature, unseal } from './crypto.ts'

/** What WeCom's callbacks are opened with. */
export interface CallbackKeys {
  readonly corpId: string
  readonly callbackToken: string
  readonly callbackAesKey: string
}

/** What stands behind the address that is called; of a first visit `echostr` too. */
export interface CallbackQuery {
  readonly msg_signature: string
  readonly timestamp: string
  readonly nonce: string
}

export interface CallbackRequest {
  readonly keys: CallbackKeys
  readonly query: CallbackQuery
  readonly now: number
}

/** What WeCom tells, opened and read: each of its fields as the text that it is. */
export interface WecomCallback {
  /** Of what it says: told again it is the same. */
  readonly key: string
  /** When it happened, in epoch milliseconds. */
  readonly at: number
  readonly event: string
  readonly change: string
  readonly fields: Readonly<Record<string, string>>
}

const faults: Readonly<Record<SealFault, string>> = {
  'not-base64': 'what is sealed is no base64',
  'not-whole-blocks': 'what is sealed is not whole',
  padding: 'what is sealed does not open with this EncodingAESKey',
  length: 'what is sealed is shorter than it says',
  receiver: 'it is meant for another corp or account',
}

export const refuse = (detail: string): Problem => new Problem('invalid-request', { detail }, 'body')

/** Refuses what has another signature than the one that these words have, or an old one. */
export function checkSigned(
  given: string,
  { token, timestamp, nonce, sealed }: { token: string; timestamp: string; nonce: string; sealed: string },
  now: number,
): void {
  if (!isSignedBy(given, sealSignature(token, timestamp, nonce, sealed)))
    throw new Problem('signature-invalid')
  const at = Number(timestamp) * 1000
  if (!(Math.abs(now - at) <= defaultToleranceMs)) throw new Problem('signature-expired')
}

/** Opens a text, if WeCom has signed it lately; Problems `signature-invalid`, `signature-expired`, `invalid-request`. */
export function opened({ keys, query, now }: CallbackRequest, sealed: string): string {
  const { msg_signature: given, timestamp, nonce } = query
  checkSigned(given, { token: keys.callbackToken, timestamp, nonce, sealed }, now)
  const found = unseal(keys.callbackAesKey, sealed, keys.corpId)
  if (!found.ok) throw refuse(faults[found.fault])
  return found.text
}

/** What is answered when WeCom looks whether the address is ours. */
export const readEcho = (request: CallbackRequest, echostr: string): string => opened(request, echostr)

/** Declarations could name entities that grow without end, or files; WeCom sends none. */
const declares = /<!(?:DOCTYPE|ENTITY|ELEMENT|ATTLIST|NOTATION)/i

const parser = new XMLParser({
  ignoreAttributes: true,
  ignoreDeclaration: true,
  parseTagValue: false,
  processEntities: false,
  trimValues: true,
})

const flat = z.record(z.string(), z.unknown())
const document = z.object({ xml: flat })

/** The fields of an XML of WeCom's or WeChat's; lists within it, such as those of tags, are left out. */
export function fieldsOf(xml: string): Record<string, string> {
  if (declares.test(xml)) throw refuse('XML with declarations is not read')
  let parsed: unknown
  try {
    parsed = parser.parse(xml)
  } catch (error) {
    throw refuse(error instanceof Error ? error.message : 'no XML')
  }
  const read = document.safeParse(parsed)
  if (!read.success) throw refuse('no XML of WeCom’s')
  return Object.fromEntries(
    Object.entries(read.data.xml).flatMap(([name, value]) =>
      typeof value === 'string' ? [[name, value] as const] : [],
    ),
  )
}

const told = z.object({
  CreateTime: z.string().regex(/^\d{9,11}$/),
  Event: z.string().min(1).max(100),
  ChangeType: z.string().max(100).default(''),
})

/** Reads what WeCom posts. Problems `signature-invalid`, `signature-expired`, `invalid-request`. */
export function readCallback(request: CallbackRequest, body: string): WecomCallback {
  const { Encrypt: sealed, ToUserName: receiver } = fieldsOf(body)
  if (sealed === undefined) throw refuse('nothing is sealed in it')
  if (receiver !== undefined && receiver !== request.keys.corpId) throw refuse(faults.receiver)
  const fields = fieldsOf(opened(request, sealed))
  const read = told.safeParse(fields)
  if (!read.success) throw refuse('neither a time nor an event')
  const { CreateTime: seconds, Event: event, ChangeType: change } = read.data
  const sorted = Object.entries(fields).sort(([one], [other]) => (one < other ? -1 : 1))
  return {
    key: createHash('sha256').update(JSON.stringify(sorted)).digest('hex'),
    at: Number(seconds) * 1000,
    event,
    change,
    fields,
  }
}

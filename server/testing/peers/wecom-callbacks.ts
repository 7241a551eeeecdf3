import { createCipheriv, createHash, randomBytes } from 'node:crypto'

/**
 * What WeCom posts to the address that a corp has given: sealed and signed as
 * https://developer.work.weixin.qq.com/document/path/90968 says, of what is told in
 * https://developer.work.weixin.qq.com/document/path/92130. Written from these, apart from what reads it.
 */
export interface CallbackCorp {
  readonly corpId: string
  readonly token: string
  /** 43 letters and digits. */
  readonly aesKey: string
}

/** What may be wrong with it. */
export interface CallbackFlaw {
  /** Signed with another token. */
  readonly forged?: boolean
  /** The last byte of its padding is another than it has to be. */
  readonly padding?: boolean
  /** Sealed for this corp. */
  readonly corp?: string
  /** Its time in seconds; now unless given. */
  readonly timestamp?: number
}

export interface SealedCall {
  readonly query: string
  readonly body: string
}

function sealed({ corpId, aesKey }: CallbackCorp, text: string, flaw: CallbackFlaw): string {
  const key = Buffer.from(`${aesKey}=`, 'base64')
  const message = Buffer.from(text)
  const length = Buffer.alloc(4)
  length.writeUInt32BE(message.length)
  const plain = Buffer.concat([randomBytes(16), length, message, Buffer.from(flaw.corp ?? corpId)])
  const missing = 32 - (plain.length % 32)
  const padding = Buffer.alloc(missing, missing)
  if (flaw.padding === true) padding[missing - 1] = 200
  const cipher = createCipheriv('aes-256-cbc', key, key.subarray(0, 16))
  cipher.setAutoPadding(false)
  return Buffer.concat([cipher.update(Buffer.concat([plain, padding])), cipher.final()]).toString('base64')
}

function signed(corp: CallbackCorp, text: string, now: number, flaw: CallbackFlaw): string {
  const timestamp = String(flaw.timestamp ?? Math.floor(now / 1000))
  const nonce = randomBytes(5).toString('hex')
  const token = flaw.forged === true ? 'somebody-else' : corp.token
  const words = [token, timestamp, nonce, text].sort()
  const signature = createHash('sha1').update(words.join('')).digest('hex')
  return new URLSearchParams({ msg_signature: signature, timestamp, nonce }).toString()
}

/** The visit by which WeCom looks whether an address is the corp's: a GET that has to answer `text`. */
export function echoCall(corp: CallbackCorp, text: string, now: number, flaw: CallbackFlaw = {}): string {
  const echostr = sealed(corp, text, flaw)
  return `${signed(corp, echostr, now, flaw)}&${new URLSearchParams({ echostr })}`
}

export const xmlOf = (fields: Readonly<Record<string, string | number>>): string =>
  `<xml>${Object.entries(fields)
    .map(([name, value]) =>
      typeof value === 'number' ? `<${name}>${value}</${name}>` : `<${name}><![CDATA[${value}]]></${name}>`,
    )
    .join('')}</xml>`

/** Something that has happened, as it is posted. */
export function callbackCall(
  corp: CallbackCorp,
  fields: Readonly<Record<string, string | number>> | string,
  now: number,
  flaw: CallbackFlaw = {},
): SealedCall {
  const own = { ToUserName: corp.corpId, FromUserName: 'sys', MsgType: 'event' }
  const text = typeof fields === 'string' ? fields : xmlOf({ ...own, ...fields })
  const encrypted = sealed(corp, text, flaw)
  return {
    query: signed(corp, encrypted, now, flaw),
    body: xmlOf({ ToUserName: flaw.corp ?? corp.corpId, AgentID: '', Encrypt: encrypted }),
  }
}

/** A friend was added by an employee's card, or by a code with `State`. */
export const friendAdded = (of: {
  readonly customer: string
  readonly employee: string
  readonly at: number
  readonly state?: string
  readonly code?: string
}) => ({
  CreateTime: Math.floor(of.at / 1000),
  Event: 'change_external_contact',
  ChangeType: 'add_external_contact',
  UserID: of.employee,
  ExternalUserID: of.customer,
  ...(of.state === undefined ? {} : { State: of.state }),
  ...(of.code === undefined ? {} : { WelcomeCode: of.code }),
})

/** An employee, or a program, has changed what is noted of a friend: a name, a tag. */
export const friendEdited = (of: {
  readonly customer: string
  readonly employee: string
  readonly at: number
}) => ({
  CreateTime: Math.floor(of.at / 1000),
  Event: 'change_external_contact',
  ChangeType: 'edit_external_contact',
  UserID: of.employee,
  ExternalUserID: of.customer,
})

/** A tag of the corp's, or a group of them, was deleted: page 92130, behind the changes of customers. */
export const tagDeleted = (of: {
  readonly id: string
  readonly type: 'tag' | 'tag_group'
  readonly at: number
}) => ({
  CreateTime: Math.floor(of.at / 1000),
  Event: 'change_external_tag',
  Id: of.id,
  TagType: of.type,
  ChangeType: 'delete',
})

/** The customer has taken the employee away (`del_follow_user`), or the employee the customer. */
export const friendRemoved = (of: {
  readonly customer: string
  readonly employee: string
  readonly at: number
  readonly by?: 'customer' | 'employee'
}) => ({
  CreateTime: Math.floor(of.at / 1000),
  Event: 'change_external_contact',
  ChangeType: of.by === 'employee' ? 'del_external_contact' : 'del_follow_user',
  UserID: of.employee,
  ExternalUserID: of.customer,
})

import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import { type BrandId, brandId } from '../../shared/api/system.ts'

/** Whom a link in a message unsubscribes, and from which channel. */
export interface UnsubscribeTarget {
  readonly brand: BrandId
  readonly customerId: string
  readonly channel: string
  /** By which the address that the message went to is known again; absent in links of earlier releases. */
  readonly mark?: string
}

const separator = '\u001f'
/** Parts a channel from the mark of an address; no channel's id has it. */
const markedBy = ':'

/** An address in a link: enough to tell it from the customer's others, and not to read it. */
export function addressMark(address: string): string {
  return createHash('sha256').update(`address:${address}`).digest('base64url').slice(0, 12)
}

function signatureOf(secret: string, payload: string): string {
  return createHmac('sha256', secret).update(`unsubscribe:${payload}`).digest('base64url')
}

/** The token of the address `/u/:token`: the target and its signature; the same target, the same token. */
export function signUnsubscribe(
  secret: string,
  { brand, customerId, channel, mark }: UnsubscribeTarget,
): string {
  const place = mark === undefined ? channel : `${channel}${markedBy}${mark}`
  const payload = Buffer.from([brand, place, customerId].join(separator)).toString('base64url')
  return `${payload}.${signatureOf(secret, payload)}`
}

/** The target of a token, or null where its signature is not the one of that brand's secret. */
export function verifyUnsubscribe(
  token: string,
  secretOf: (brand: BrandId) => string | null,
): UnsubscribeTarget | null {
  const [payload = '', signature = '', ...rest] = token.split('.')
  const [brandText, place = '', ...id] = Buffer.from(payload, 'base64url').toString('utf8').split(separator)
  const brand = brandId.safeParse(brandText)
  if (rest.length > 0 || !brand.success || id.length === 0) return null
  const secret = secretOf(brand.data)
  if (secret === null) return null
  const given = Buffer.from(signature)
  const right = Buffer.from(signatureOf(secret, payload))
  if (given.length !== right.length || !timingSafeEqual(given, right)) return null
  const [channel = '', mark] = place.split(markedBy)
  return { brand: brand.data, channel, customerId: id.join(separator), ...(mark !== undefined && { mark }) }
}

/** What stands before the keys of an installation's messages: nobody learns the secret from it. */
export function publicIdOf(secret: string): string {
  return createHash('sha256').update(`installation:${secret}`).digest('hex').slice(0, 12)
}

/** Which e-mail somebody opens. */
export interface OpenedMail {
  readonly brand: BrandId
  readonly messageId: number
}

const openMark = (secret: string, said: string): string =>
  createHmac('sha256', secret).update(`open:${said}`).digest('base64url').slice(0, 22)

/** The token of the picture `/o/:token` by which it is noticed that an e-mail is opened. */
export function signOpen(secret: string, { brand, messageId }: OpenedMail): string {
  const said = `${brand}.${messageId.toString(36)}`
  return `${said}.${openMark(secret, said)}`
}

/** The e-mail of a token, or null where nobody here has signed it. */
export function verifyOpen(token: string, secret: string): OpenedMail | null {
  const [brandText = '', number = '', mark = '', ...rest] = token.split('.')
  const brand = brandId.safeParse(brandText)
  const messageId = /^[0-9a-z]{1,11}$/.test(number) ? Number.parseInt(number, 36) : Number.NaN
  if (rest.length > 0 || !brand.success || !Number.isSafeInteger(messageId)) return null
  const given = Buffer.from(mark)
  const right = Buffer.from(openMark(secret, `${brandText}.${number}`))
  if (given.length !== right.length || !timingSafeEqual(given, right)) return null
  return { brand: brand.data, messageId }
}

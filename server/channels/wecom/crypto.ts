import { createCipheriv, createDecipheriv, createHash, randomBytes, timingSafeEqual } from 'node:crypto'

/**
 * How WeCom seals what it posts to us: https://developer.work.weixin.qq.com/document/path/90968. AES-256-CBC, its first
 * 16 bytes of the key as the vector, padded to 32 bytes; within: 16 random bytes, the length of the message in four
 * bytes, the message, and whom it is for.
 */

const blockBytes = 32
const headBytes = 20

/** Why what was sealed cannot be opened. */
export type SealFault = 'not-base64' | 'not-whole-blocks' | 'padding' | 'length' | 'receiver'

export type Unsealed =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly fault: SealFault }

const keyOf = (aesKey: string): Buffer => Buffer.from(`${aesKey}=`, 'base64')

/** What stands in `msg_signature`: SHA-1 over the sorted token, timestamp, nonce and sealed text. */
export function sealSignature(token: string, timestamp: string, nonce: string, sealed: string): string {
  return createHash('sha1').update([token, timestamp, nonce, sealed].sort().join('')).digest('hex')
}

/** Whether a signature is that of the text, told in a time that does not depend on where they differ. */
export function isSignedBy(given: string, expected: string): boolean {
  const one = Buffer.from(given)
  const other = Buffer.from(expected)
  return one.length === other.length && timingSafeEqual(one, other)
}

/** Opens what was sealed for a receiver: a corp's id. */
export function unseal(aesKey: string, sealed: string, receiver: string): Unsealed {
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(sealed)) return { ok: false, fault: 'not-base64' }
  const bytes = Buffer.from(sealed, 'base64')
  if (bytes.length === 0 || bytes.length % 16 !== 0) return { ok: false, fault: 'not-whole-blocks' }
  const key = keyOf(aesKey)
  const decipher = createDecipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false)
  const plain = Buffer.concat([decipher.update(bytes), decipher.final()])
  const padding = plain.at(-1) ?? 0
  const padded = plain.subarray(plain.length - padding)
  if (padding < 1 || padding > blockBytes || !padded.every((byte) => byte === padding))
    return { ok: false, fault: 'padding' }
  const content = plain.subarray(0, plain.length - padding)
  if (content.length < headBytes) return { ok: false, fault: 'length' }
  const end = headBytes + content.readUInt32BE(16)
  if (end > content.length) return { ok: false, fault: 'length' }
  if (content.subarray(end).toString('utf8') !== receiver) return { ok: false, fault: 'receiver' }
  return { ok: true, text: content.subarray(headBytes, end).toString('utf8') }
}

/** Seals a text for a receiver, as WeCom does. */
export function seal(aesKey: string, text: string, receiver: string): string {
  const message = Buffer.from(text, 'utf8')
  const length = Buffer.alloc(4)
  length.writeUInt32BE(message.length)
  const content = Buffer.concat([randomBytes(16), length, message, Buffer.from(receiver, 'utf8')])
  const padding = blockBytes - (content.length % blockBytes)
  const key = keyOf(aesKey)
  const cipher = createCipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false)
  return Buffer.concat([
    cipher.update(Buffer.concat([content, Buffer.alloc(padding, padding)])),
    cipher.final(),
  ]).toString('base64')
}

import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto'

/** A key by which secrets are sealed: 32 bytes, and the short name that stands with what it has sealed. */
export interface SealKey {
  readonly id: string
  readonly bytes: Uint8Array
}

/** The keys that open; the first of them seals. */
export type KeyRing = readonly [SealKey, ...SealKey[]]

export const keyLength = 32

/** The key's name tells nothing of it: the start of a hash. */
export function sealKey(bytes: Uint8Array): SealKey {
  const id = createHash('sha256').update('magpie key').update(bytes).digest('hex').slice(0, 16)
  return { id, bytes }
}

export const newKey = (): SealKey => sealKey(randomBytes(keyLength))

const algorithm = 'aes-256-gcm'
/** Bytes of a nonce, as NIST SP 800-38D recommends them for GCM; a random one for each sealing. */
const nonceLength = 12
const tagLength = 16

/**
 * Seals a text for one place: opened anywhere else, it gives nothing, so that sealed texts cannot be swapped.
 * Nonce, text and tag stand in the answer one after the other, in base64url.
 */
export function seal({ bytes }: SealKey, place: string, text: string): string {
  const nonce = randomBytes(nonceLength)
  const cipher = createCipheriv(algorithm, bytes, nonce, { authTagLength: tagLength })
  cipher.setAAD(Buffer.from(place, 'utf8'))
  const sealed = Buffer.concat([nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()])
  return sealed.toString('base64url')
}

/** The text that was sealed for that place; null where the key is another, or anything was changed. */
export function unseal({ bytes }: SealKey, place: string, sealed: string): string | null {
  const whole = Buffer.from(sealed, 'base64url')
  if (whole.length < nonceLength + tagLength) return null
  const decipher = createDecipheriv(algorithm, bytes, whole.subarray(0, nonceLength), {
    authTagLength: tagLength,
  })
  decipher.setAAD(Buffer.from(place, 'utf8'))
  decipher.setAuthTag(whole.subarray(-tagLength))
  const text = decipher.update(whole.subarray(nonceLength, -tagLength))
  try {
    return Buffer.concat([text, decipher.final()]).toString('utf8')
  } catch (error) {
    // What node:crypto throws where the tag does not fit; nothing of the text has left this function.
    if (error instanceof Error) return null
    throw error
  }
}

import { createPrivateKey, createPublicKey, generateKeyPair, type KeyObject } from 'node:crypto'
import { Resolver } from 'node:dns/promises'
import { promisify } from 'node:util'
import { publishedKey } from '../../shared/channels/dkim.ts'

const generate = promisify(generateKeyPair)

/** A fresh key of 2048 bits, as PKCS #8 in base64: longer ones do not fit into the records of many providers. */
export async function makeDkimKey(): Promise<string> {
  const { privateKey } = await generate('rsa', { modulusLength: 2048 })
  return privateKey.export({ type: 'pkcs8', format: 'der' }).toString('base64')
}

/** A key as it was pasted: PEM, with or without its line breaks, or the base64 within it. Throws for what is no RSA key. */
export function readDkimKey(pasted: string): KeyObject {
  const der = Buffer.from(pasted.replace(/-----[^-]+-----/g, '').replace(/\s+/g, ''), 'base64')
  const key = ((): KeyObject => {
    try {
      return createPrivateKey({ key: der, format: 'der', type: 'pkcs8' })
    } catch {
      return createPrivateKey({ key: der, format: 'der', type: 'pkcs1' })
    }
  })()
  if (key.asymmetricKeyType !== 'rsa') throw new TypeError('a DKIM key must be an RSA key')
  return key
}

/** The public half in base64, as a record publishes it. */
export function publicHalf(pasted: string): string {
  const key = createPublicKey(readDkimKey(pasted))
  return key.export({ type: 'spki', format: 'der' }).toString('base64')
}

/** What a look-up of the record found: that key, another, none, or nobody who could say. */
export type DkimFinding = 'found' | 'differs' | 'missing' | 'unreachable'

/** Asks the machine's own name servers, and no address of anybody's choosing. */
export async function lookUpDkim(name: string, publicKey: string): Promise<DkimFinding> {
  const resolver = new Resolver({ timeout: 3_000, tries: 2 })
  try {
    const records = await resolver.resolveTxt(name)
    const keys = records.map((parts) => publishedKey(parts.join('')))
    return keys.includes(publicKey) ? 'found' : keys.some((key) => key !== null) ? 'differs' : 'missing'
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null
    return code === 'ENOTFOUND' || code === 'ENODATA' ? 'missing' : 'unreachable'
  }
}

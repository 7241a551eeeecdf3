import { createCipheriv, createDecipheriv, createHmac, hkdfSync } from 'node:crypto'
import { z } from 'zod'
import { addressKinds, type Canonical } from '../../shared/channels/address/address.ts'
import { canonicalAddress } from '../../shared/channels/address/canonical.ts'
import { Problem } from '../../shared/errors/index.ts'
import type { KeptAddress } from '../ports/addresses.ts'

/** A seal begins so. */
const mark = '~'
const ivLength = 12
const tagLength = 16
const algorithm = 'aes-256-gcm'
const sealedForm = z.tuple([z.enum(addressKinds), z.string()])

/**
 * Addresses under a seal: who sees one masked names it by this, and the server alone reads it. One address of one brand
 * always has the same.
 */
export class AddressRefs {
  readonly #key: Buffer

  constructor(secret: string, brand: string) {
    this.#key = Buffer.from(hkdfSync('sha256', secret, brand, 'address-ref', 32))
  }

  seal({ kind, address }: KeptAddress): string {
    const plain = JSON.stringify([kind, address])
    // The same text alone ever has the same start, so that nothing is told by two of them.
    const iv = createHmac('sha256', this.#key).update(plain).digest().subarray(0, ivLength)
    const cipher = createCipheriv(algorithm, this.#key, iv)
    const sealed = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()])
    return `${mark}${Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString('base64url')}`
  }

  /** An address as a request writes it, or as it was sealed, in its one form. */
  tryRead({ kind, address }: KeptAddress): Canonical {
    const sealed = address.startsWith(mark) ? this.#open(address) : null
    return sealed?.kind === kind ? { ok: true, address: sealed.address } : canonicalAddress(kind, address)
  }

  /** The same; Problem `not-an-address`. */
  read(given: KeptAddress): KeptAddress {
    const { kind, address } = given
    const read = this.tryRead(given)
    if (!read.ok) throw new Problem('not-an-address', { address, kind, why: read.fault }, 'address')
    return { kind, address: read.address }
  }

  /** null: it is no seal of this brand's, but a text that happens to begin so. */
  #open(text: string): KeptAddress | null {
    const all = Buffer.from(text.slice(mark.length), 'base64url')
    if (all.length <= ivLength + tagLength) return null
    const decipher = createDecipheriv(algorithm, this.#key, all.subarray(0, ivLength))
    decipher.setAuthTag(all.subarray(ivLength, ivLength + tagLength))
    const sealed = decipher.update(all.subarray(ivLength + tagLength))
    try {
      const plain = Buffer.concat([sealed, decipher.final()]).toString('utf8')
      const [kind, address] = sealedForm.parse(JSON.parse(plain))
      return { kind, address }
    } catch {
      return null
    }
  }
}

import { z } from 'zod'
import { limits } from '../limits.ts'

/** Fields that several settings have. */

export const secret = z.string().min(16, 'at least 16 characters').max(limits.secretLength.value)

/** What is no address at all is told as such. */
function isPlain(address: string): boolean {
  if (!URL.canParse(address)) return true
  const { username, password } = new URL(address)
  return username === '' && password === ''
}

/** An address that requests are sent to; who is allowed is said by a secret, not by the address. */
export const httpUrl = z
  .url({ protocol: /^https?$/ })
  .max(limits.urlLength.value)
  .refine(isPlain, 'an http or https address without user name and password')

/** Lets a channel reach addresses that are not public. */
export const allowPrivate = z.boolean().default(false)

/** What travels in a header, such as a key: a header holds visible ASCII only. */
export const headerValue = z
  .string()
  .trim()
  .regex(/^[ -~]+$/, 'a key of visible ASCII characters')
  .max(limits.secretLength.value)

/** The name of a model, as its server lists it. */
export const modelName = z
  .string()
  .trim()
  .regex(/^\P{Cc}+$/u, 'a name on one line')
  .max(limits.idLength.value)

/** A domain that mail is signed for. */
export const mailDomain = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,63}$/, 'a domain such as example.com')
  .max(253)

/** Which of a domain's keys mail is signed by. */
export const dkimSelector = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/, 'letters, digits and -, 63 at most')

/** The name or the address of a server. */
export const hostName = z
  .string()
  .trim()
  .regex(/^([\p{L}\p{N}._-]+|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*)$/u, 'the name or the address of a server')
  .max(253)

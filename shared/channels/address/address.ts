import type { AddressKind } from '../definition.ts'

/**
 * The kinds of address that are kept: a phone, a mailbox, whom WeCom knows as a friend or WeChat as a follower, or the customer as such, by the
 * id, for channels that reach nobody's own address.
 */
export const addressKinds = [
  'phone',
  'email',
  'external_userid',
  'openid',
  'customer',
] as const satisfies readonly AddressKind[]
export type KeptAddressKind = (typeof addressKinds)[number]

/** Why a text cannot be an address. */
export const addressFaults = [
  'blank',
  'masked',
  'scientific',
  'several',
  'letters',
  'too-short',
  'too-long',
  'not-an-address',
] as const
export type AddressFault = (typeof addressFaults)[number]

export type Canonical =
  | { readonly ok: true; readonly address: string }
  | { readonly ok: false; readonly fault: AddressFault }

export const isFault = (fault: AddressFault): Canonical => ({ ok: false, fault })

/** What nobody sees: controls, marks of direction, joiners, soft hyphens, selectors of variants, blank Hangul. */
const invisible = /[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}]/gu

/** The text as it is meant: full-width forms made half-width, what nobody sees taken out. */
export function plainly(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[\t\r\n]/g, ' ')
    .replace(invisible, '')
    .trim()
}

/** Without what spreadsheets put around a text: ="…", '…, and quotation marks. */
export function unwrapped(text: string): string {
  return text
    .replace(/^="(.*)"$/, '$1')
    .replace(/^['’‘"“”]+|['’‘"“”]+$/g, '')
    .trim()
}

import { type CountryCode, parsePhoneNumberFromString } from 'libphonenumber-js/min'
import { type Canonical, isFault, plainly, unwrapped } from './address.ts'

/** Numbers without a country's code are this country's. */
const home: CountryCode = 'CN'
const homeCode = '86'

/** A Chinese mobile, however its country and the old trunk 0 stand before it. */
const mobile = /^(?:86)?0?(1[3-9]\d{9})$/
const easternDigits = /[\u0660-\u0669\u06f0-\u06f9]/g
const marks = /[\s()[\]<>「」./\\_~·‐‑‒–—−-]/g

/** What people and programs write before a number, to say what it is. */
const label =
  /^(?:tel|telephone|phone|mobile|cell|sms|whatsapp|联系电话|联系方式|手机号码|手机号|手机|电话号码|电话|号码)(?: ?(?:no\.?|number))?[\s.:]*(?=[+(\d])/i
/** And behind it: an extension, a note in brackets without a figure, the mark before the next in a list. */
const tail = /(?:\s*(?:;?\s*ext[.=]?|转|分机)\s*\d{1,6}|\s*\([^()\d]+\)|[\s,;、。]+)$/i
/** The country, however often it is said, and prefixes by which carriers dial and send, before a mobile. */
const beforeMobile = /^(?:\+*(?:0*86)+0?|\+?(?:12520|1259[03]|1791[19]|17951|10193))(?=1[3-9]\d{9}$)/

/** Fewer digits than any number that a person or a shop has, and more than any network allows (E.164). */
const fewest = 5
const most = 15

/** Two numbers in one cell: each part could be one by itself. */
function isSeveral(text: string): boolean {
  const parts = text.split(/[,;/、|，；或和]/).map((part) => part.replace(/\D/g, '').length)
  return parts.filter((digits) => digits >= 7).length > 1
}

/** The digits of a number, with + before a country's code; or why it cannot be a number. */
function digitsOf(given: string): Canonical {
  const text = unwrapped(plainly(given))
    .replace(label, '')
    .replace(tail, '')
    .replace(tail, '')
    .replace(easternDigits, (digit) => String((digit.codePointAt(0) ?? 0) & 0xf))
  if (text === '') return isFault('blank')
  if (/^\+?\d+(?:\.\d+)?e\+?\d+$/i.test(text)) return isFault('scientific')
  if (/[*×•●]|x{2,}/i.test(text)) return isFault('masked')
  if (isSeveral(text)) return isFault('several')
  const bare = text
    .replace(/^(\d+)\.0+$/, '$1')
    .replace(marks, '')
    .replace(beforeMobile, '')
    .replace(/^(?:(?:00|\+)86)+(?=\d)/, '')
    .replace(/^00(?=[1-9])/, '+')
  if (!/^\+?\d+$/.test(bare)) return isFault('letters')
  const { length } = bare.replace('+', '')
  if (length < fewest) return isFault('too-short')
  return length > most ? isFault('too-long') : { ok: true, address: bare }
}

/** A number that its country's plan knows: at home the digits that people dial, else E.164; null of others. */
function planned(text: string, country?: CountryCode): string | null {
  const number = parsePhoneNumberFromString(text, country)
  if (!number?.isValid()) return null
  if (number.countryCallingCode !== homeCode) return number.number
  const dialled = number.formatNational().replace(/\D/g, '')
  return /^(?:0|[48]00)/.test(dialled) ? dialled : null
}

function numberOf(digits: string, given: string): string {
  const local = mobile.exec(digits)?.[1]
  if (local !== undefined) return local
  // Gateways leave the + out; at home nobody leaves out the 0 before so long a number, and no area is called 65.
  const abroad = /^(?:[1-9]\d{10,}|65[3689]\d{7})$/.test(digits) ? planned(`+${digits}`) : null
  // A trunk 0 in brackets, as in +44 (0)20, is the library's to see: it stands only in the text as given.
  const said = digits.startsWith('+') && /\(0\)/.test(plainly(given)) ? plainly(given) : digits
  return abroad ?? planned(said, home) ?? digits
}

/**
 * A phone number in the one form in which it is stored, compared and shown: at home (China) the digits that
 * people dial, without the country; of another country E.164, with its +. The country of a number that does
 * not say it is China's, unless it is long and surely one elsewhere. What no network has heard of is kept as
 * its digits: nobody knows every number.
 */
export function canonicalPhone(given: string): Canonical {
  const read = digitsOf(given)
  if (!read.ok) return read
  return { ok: true, address: numberOf(read.address, given) }
}

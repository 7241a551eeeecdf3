import { declaredOf } from '../../conditions/customer.ts'
import { likelyRepeat } from '../../conditions/own-day.ts'
import { aroundOwnDate } from '../../conditions/own-moment.ts'
import { sayOwnDate } from '../../conditions/say-own-date.ts'
import type { Repeat } from '../../conditions/schema.ts'
import type { Locale } from '../../text.ts'
import type { Finding } from '../type.ts'
import { plainKind, type WaitKind } from './kind.ts'
import type { UntilOf } from './until.ts'

type Until = UntilOf<'customer_date'>

const repeatOf = ({ attribute, repeat }: Until): Repeat => repeat ?? likelyRepeat(attribute)

const isDated = (attribute: string) => {
  const type = declaredOf(undefined, attribute)?.type
  return type === undefined || type === 'date' || type === 'time'
}

/** Of a birthday the year is ignored; of any other date somebody must say what is meant. */
function check({ attribute, repeat }: Until): Finding[] {
  if (!isDated(attribute))
    return [{ code: 'date-column-unfit', field: 'until.attribute', details: { attribute } }]
  if (repeat !== undefined || attribute === 'birthday') return []
  return [{ code: `date-${likelyRepeat(attribute)}-unsaid`, field: 'until.repeat', details: { attribute } }]
}

function sayTime({ time, minutes }: Until, locale: Locale): string {
  if (time !== null) return locale === 'en' ? ` at ${time}` : ` ${time}`
  if (minutes === 0) return ''
  const amount = Math.abs(minutes) % 60 === 0 ? Math.abs(minutes) / 60 : Math.abs(minutes)
  const hours = amount !== Math.abs(minutes)
  if (locale === 'zh-CN') return `再${minutes < 0 ? '早' : '晚'} ${amount} ${hours ? '小时' : '分钟'}`
  const unit = `${hours ? 'hour' : 'minute'}${amount === 1 ? '' : 's'}`
  return `, ${amount} ${unit} ${minutes < 0 ? 'earlier' : 'later'}`
}

/** A date of the customer's own, which may be missing, unreadable or past. */
export const customerDate: WaitKind<Until> = {
  ...plainKind,
  target: (until, { arrivedAt, customer, zone }) =>
    aroundOwnDate(customer, { ...until, repeat: repeatOf(until) }, arrivedAt, zone),
  stay: () => 0,
  passage: () => null,
  say: (until, locale) => {
    const day = sayOwnDate(until.attribute, until.days, locale)
    return `${locale === 'en' ? `Until ${day}` : `等到${day}`}${sayTime(until, locale)}`
  },
  check,
  needs: { customer: true },
}

import type { LocalText } from '../text.ts'
import { ai } from './ai.ts'
import { assets } from './assets.ts'
import { calendar } from './calendar.ts'
import { channels } from './channels.ts'
import { contents } from './contents.ts'
import { copy } from './copy.ts'
import { coupons } from './coupons.ts'
import { customers } from './customers.ts'
import { data } from './data.ts'
import { events } from './events.ts'
import { identity } from './identity.ts'
import { imports } from './imports.ts'
import { journeys } from './journeys.ts'
import { message } from './message.ts'
import { models } from './models.ts'
import { persons } from './persons.ts'
import { records } from './records.ts'
import { referrals } from './referrals.ts'
import { rehearsal } from './rehearsal.ts'
import { requests } from './requests.ts'
import { run } from './run.ts'
import { sandbox } from './sandbox.ts'
import { settings } from './settings.ts'
import { sms } from './sms.ts'
import { staff } from './staff.ts'
import { tasks } from './tasks.ts'
import { tracking } from './tracking.ts'
import { work } from './work.ts'

export type { ErrorEntry } from './entry.ts'

/** Every problem of every room, by its code; a test holds that no two rooms use the same one. */
export const rooms = {
  ai,
  assets,
  calendar,
  channels,
  contents,
  copy,
  coupons,
  customers,
  data,
  events,
  identity,
  imports,
  journeys,
  message,
  models,
  persons,
  records,
  referrals,
  rehearsal,
  requests,
  run,
  sandbox,
  settings,
  sms,
  staff,
  tasks,
  tracking,
  work,
}

export const errors = {
  ...ai,
  ...assets,
  ...calendar,
  ...channels,
  ...contents,
  ...copy,
  ...coupons,
  ...customers,
  ...data,
  ...events,
  ...identity,
  ...imports,
  ...journeys,
  ...message,
  ...models,
  ...persons,
  ...records,
  ...referrals,
  ...rehearsal,
  ...requests,
  ...run,
  ...sandbox,
  ...settings,
  ...sms,
  ...staff,
  ...tasks,
  ...tracking,
  ...work,
} as const

export type ErrorCode = keyof typeof errors

/** A problem as data: its code, the values its texts need, and the place (a field path, a line, a node). */
export class Problem extends Error {
  override readonly name = 'Problem'
  readonly code: ErrorCode
  readonly details: Readonly<Record<string, string | number>>
  readonly place: string | undefined

  constructor(code: ErrorCode, details: Record<string, string | number> = {}, place?: string) {
    super(fill(errors[code].message.en, details))
    this.code = code
    this.details = details
    this.place = place
  }
}

/** What a problem says, and how it is mended, in both languages. */
export function textsOf({ code, details }: Pick<Problem, 'code' | 'details'>): {
  message: LocalText
  mend: LocalText
} {
  const both = (text: LocalText): LocalText => ({
    'zh-CN': fill(text['zh-CN'], details),
    en: fill(text.en, details),
  })
  return { message: both(errors[code].message), mend: both(errors[code].mend) }
}

const plural = new Intl.PluralRules('en')

/**
 * Puts the details into a text's `{name}` places; a name without a value stays visible. Of `{name:is|are}` the first
 * stands where the value is one, in English, as Chinese has one form for all.
 */
export function fill(text: string, details: Readonly<Record<string, string | number>>): string {
  return text.replace(
    /\{([a-z_]+)(?::([^|{}]*)\|([^|{}]*))?\}/g,
    (whole, name: string, one: string | undefined, many: string | undefined) => {
      if (!Object.hasOwn(details, name)) return whole
      if (one === undefined || many === undefined) return String(details[name])
      return plural.select(Number(details[name])) === 'one' ? one : many
    },
  )
}

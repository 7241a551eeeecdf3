/** The columns of a profile of which the survivor’s holds, and the other’s where it has none. */
export const profileColumns = [
  'name',
  'phone',
  'email',
  'gender',
  'birthday',
  'city',
  'timezone',
  'language',
] as const
export type ProfileColumn = (typeof profileColumns)[number]

type Value = string | number | boolean

/** A profile, as far as a merge looks at it. */
export interface Profile extends Readonly<Record<ProfileColumn, string | null>> {
  readonly registeredAt: number | null
  readonly consentSms: number | null
  readonly consentEmail: number | null
  readonly attributes: Readonly<Record<string, Value>>
}

const isEmpty = (value: string | number | boolean | null | undefined) =>
  value === null || value === undefined || value === ''

const either = <T extends string | number>(own: T | null, other: T | null): T | null =>
  isEmpty(own) ? other : own

function earlier(one: number | null, other: number | null): number | null {
  if (one === null || other === null) return one ?? other
  return Math.min(one, other)
}

/**
 * One profile of two: what the survivor says stands, and what it leaves empty the other fills. The time of registration is
 * the earlier one. What a record says of consent goes with its address.
 */
export function mergedProfile(own: Profile, other: Profile): Profile {
  const filled = Object.entries(other.attributes).filter(([name]) => isEmpty(own.attributes[name]))
  return {
    name: either(own.name, other.name),
    phone: either(own.phone, other.phone),
    email: either(own.email, other.email),
    gender: either(own.gender, other.gender),
    birthday: either(own.birthday, other.birthday),
    city: either(own.city, other.city),
    timezone: either(own.timezone, other.timezone),
    language: either(own.language, other.language),
    registeredAt: earlier(own.registeredAt, other.registeredAt),
    consentSms: isEmpty(own.phone) ? other.consentSms : own.consentSms,
    consentEmail: isEmpty(own.email) ? other.consentEmail : own.consentEmail,
    attributes: { ...own.attributes, ...Object.fromEntries(filled) },
  }
}

/** What a value was before a merge, what it made of it, and what it is now. */
interface Then<T> {
  readonly before: T
  readonly after: T
  readonly now: T
}

/** A value as an undoing leaves it: as it was before, unless somebody has written it since. */
const back = <T>({ before, after, now }: Then<T>): T => (now === after ? before : now)

/** The survivor's profile after an undoing: what came from the other goes, what was written since stays. */
export function undoneProfile({ before, after, now }: Then<Profile>): Profile {
  const value = <Name extends keyof Omit<Profile, 'attributes'>>(name: Name): Profile[Name] =>
    back({ before: before[name], after: after[name], now: now[name] })
  const names = Object.keys({ ...before.attributes, ...after.attributes, ...now.attributes })
  const attributes = names.flatMap((name): [string, Value][] => {
    const kept = back({
      before: before.attributes[name],
      after: after.attributes[name],
      now: now.attributes[name],
    })
    return kept === undefined ? [] : [[name, kept]]
  })
  return {
    name: value('name'),
    phone: value('phone'),
    email: value('email'),
    gender: value('gender'),
    birthday: value('birthday'),
    city: value('city'),
    timezone: value('timezone'),
    language: value('language'),
    registeredAt: value('registeredAt'),
    consentSms: value('consentSms'),
    consentEmail: value('consentEmail'),
    attributes: Object.fromEntries(attributes),
  }
}

import type { SignAnswer } from '../../shared/api/signs.ts'
import { fill } from '../../shared/errors/index.ts'
import { type Bearing, type SignEntry, type SignName, signNames, signs as table } from '../../shared/signs.ts'
import type { LocalText } from '../../shared/text.ts'

/** Values for a sign's texts; a text in both languages where they differ. */
export type SignDetails = Readonly<Record<string, string | number | LocalText>>

/** Answers what is wrong now, or null where nothing is. */
export type Probe = () => SignDetails | null

/** Where whoever notices something says so. */
export interface SignSayer {
  /** It is not well; said again it keeps its `since`, and takes the new details. */
  raise(name: SignName, scope?: string | null, details?: SignDetails): void
  /** It is well again; nothing where it was. */
  clear(name: SignName, scope?: string | null): void
}

/** How the server does: said by whoever notices, and read by the routes of health and by pages. */
export interface Signs extends SignSayer {
  /** Asks whenever signs are read, for what nobody notices by itself; answers how to end that. */
  watch(name: SignName, scope: string | null, probe: Probe): () => void
  /** Every sign of the table: each that is not well by its scopes, each other once. */
  all(): readonly SignAnswer[]
  /** Those that are not well. */
  unwell(bearing?: Bearing): readonly SignAnswer[]
}

interface Raised {
  readonly name: SignName
  readonly scope: string | null
  readonly since: number
  readonly details: SignDetails
}

function textOf(text: LocalText, details: SignDetails): LocalText {
  const inLocale = (locale: keyof LocalText) =>
    fill(
      text[locale],
      Object.fromEntries(
        Object.entries(details).map(([name, value]) => [
          name,
          typeof value === 'object' ? value[locale] : value,
        ]),
      ),
    )
  return { 'zh-CN': inLocale('zh-CN'), en: inLocale('en') }
}

function answerOf({ name, scope, since, details }: Raised): SignAnswer {
  const { bearing, label, message, mend }: SignEntry = table[name]
  const said = { message: textOf(message, details), mend: textOf(mend, details) }
  return { name, scope, bearing, well: false, since, label, ...said }
}

/** The signs of one server, kept in memory; `now` is what `since` is told by. */
export function createSigns(now: () => number): Signs {
  const raised = new Map<string, Raised>()
  const wellSince = new Map<SignName, number>()
  const probes = new Map<symbol, { name: SignName; scope: string | null; probe: Probe }>()
  const began = now()
  const keyOf = (name: SignName, scope: string | null) => `${name} ${scope ?? ''}`

  const raise = (name: SignName, scope: string | null, details: SignDetails): void => {
    const key = keyOf(name, scope)
    raised.set(key, { name, scope, details, since: raised.get(key)?.since ?? now() })
  }
  const clear = (name: SignName, scope: string | null): void => {
    if (raised.delete(keyOf(name, scope))) wellSince.set(name, now())
  }
  const ask = (): void => {
    for (const { name, scope, probe } of probes.values()) {
      const details = probe()
      if (details === null) clear(name, scope)
      else raise(name, scope, details)
    }
  }
  const unwell = (bearing?: Bearing): readonly SignAnswer[] => {
    ask()
    const found = [...raised.values()].filter(
      ({ name }) => bearing === undefined || table[name].bearing === bearing,
    )
    return found.map(answerOf)
  }

  return {
    raise: (name, scope = null, details = {}) => raise(name, scope, details),
    clear: (name, scope = null) => clear(name, scope),
    watch(name, scope, probe) {
      const id = Symbol(name)
      probes.set(id, { name, scope, probe })
      return () => {
        probes.delete(id)
        clear(name, scope)
      }
    },
    all() {
      const found = unwell()
      return signNames.flatMap((name): readonly SignAnswer[] => {
        const own = found.filter((sign) => sign.name === name)
        if (own.length > 0) return own
        const { bearing, label } = table[name]
        const since = wellSince.get(name) ?? began
        return [{ name, scope: null, bearing, well: true, since, label, message: null, mend: null }]
      })
    },
    unwell,
  }
}

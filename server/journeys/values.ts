import type { ValuesAnswer } from '../../shared/api/values.ts'
import type { Actor } from '../../shared/audit/actor.ts'
import { type Compiled, compile, planOf } from '../../shared/compile/index.ts'
import { Problem } from '../../shared/errors/index.ts'
import { inBoth } from '../../shared/errors/say.ts'
import { canonicalJson } from '../../shared/journey/graph.ts'
import {
  filledIn,
  type JourneyValue,
  type JourneyValues,
  valuesOf,
  withValues,
} from '../../shared/journey/values.ts'
import { type HeldValues, JourneyHasErrors } from '../ports/journeys.ts'
import type { JourneyDesk } from './desk.ts'

/** What the variables of a running journey are worth now, and were before. Problem `not-found`. */
export async function readValues({ stores }: JourneyDesk, id: string): Promise<ValuesAnswer> {
  const held = await stores.journeys.values(id)
  if (held === null) return { version: null, values: [], given: [] }
  const { version, journey, given } = held
  const now = heldNow(held)
  return {
    version,
    values: Object.entries(valuesOf(journey)).map(([name, own]) => {
      const label = journey.variables[name]?.name ?? null
      const from = given.findLast((one) => one.name === name)?.from ?? null
      return { name, label, own, value: now[name] ?? own, from }
    }),
    given: given.map((one) => ({ ...one })),
  }
}

/** The values that hold now, those that the version itself gives among them. */
function heldNow({ journey, given }: HeldValues): JourneyValues {
  const own = valuesOf(journey)
  const since = Object.fromEntries(given.map(({ name, value }) => [name, value]))
  return { ...own, ...Object.fromEntries(Object.entries(since).filter(([name]) => Object.hasOwn(own, name))) }
}

const types = {
  string: { 'zh-CN': '文字', en: 'a text' },
  number: { 'zh-CN': '数字', en: 'a number' },
  boolean: { 'zh-CN': '是或否', en: 'yes or no' },
} as const

/** A value of the kind that the variable has; Problems `value-unknown`, `value-type`. */
function refuseUnfit(values: JourneyValues, before: JourneyValues): void {
  for (const [variable, value] of Object.entries(values)) {
    const known: JourneyValue | undefined = Object.hasOwn(before, variable) ? before[variable] : undefined
    const place = `values.${variable}`
    if (known === undefined) throw new Problem('value-unknown', { variable }, place)
    const kind = typeof known
    if (kind !== typeof value && (kind === 'string' || kind === 'number' || kind === 'boolean'))
      throw new Problem('value-type', { variable, ...inBoth('wanted', types[kind]) }, place)
  }
}

function compiledWith(desk: JourneyDesk, held: HeldValues, values: JourneyValues): Compiled {
  const { registry, now, brand } = desk
  const journey = withValues(held.journey, values)
  const zone = journey.settings.zone ?? brand().zone
  // That a date has passed since it was published is no fault of the values.
  return compile(journey, { registry, now: now(), zone, publishing: false })
}

/**
 * Changes values of a running journey: texts and conditions of its version go by them from now on, for whoever has not
 * come to them yet. Each is checked where it is used, as at publishing. Problems `journey-not-live`, `value-unknown`, `value-type`,
 * `journey-has-errors` (a JourneyHasErrors), `value-changes-ways`, `stale-version`; then nothing has changed.
 */
export async function changeValues(
  desk: JourneyDesk,
  actor: Actor,
  { id, values }: { readonly id: string; readonly values: JourneyValues },
): Promise<ValuesAnswer> {
  const { engine, stores, registry, brand } = desk
  const held = await stores.journeys.values(id)
  if (held === null) throw new Problem('journey-not-live', { journey: id })
  const before = heldNow(held)
  refuseUnfit(values, before)
  const changed = Object.fromEntries(Object.entries(values).filter(([name, value]) => before[name] !== value))
  if (Object.keys(changed).length === 0) return readValues(desk, id)
  const after = { ...before, ...changed }
  const [was, next] = [compiledWith(desk, held, before), compiledWith(desk, held, after)]
  if (!next.ok) throw new JourneyHasErrors(next.diagnostics)
  if (was.ok && canonicalJson(was.table) !== canonicalJson(next.table))
    throw new Problem('value-changes-ways', {}, 'values')
  const { version, journey } = held
  const to = withValues(journey, after)
  const change = {
    ...{ version, before, values: changed, brand: brand() },
    from: filledIn(withValues(journey, before)),
    to: filledIn(to),
    plan: planOf(to, next.table, version, registry),
  }
  await engine.exclusive(() => stores.journeys.changeValues(desk.act(actor), id, change))
  await desk.settle()
  return readValues(desk, id)
}

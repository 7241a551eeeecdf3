import type { ValuesAnswer, ValuesChanged } from '../../shared/api/values.ts'
import type { Actor } from '../../shared/audit/actor.ts'
import {
  type Compiled,
  compile,
  type Diagnostic,
  planOf,
  type TransitionTable,
} from '../../shared/compile/index.ts'
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
import type { Desk } from '../ports/desk.ts'
import { type HeldValues, JourneyHasErrors, type Waiting } from '../ports/journeys.ts'
import { goOn, type JourneyDesk } from './desk.ts'

/** What the variables of a running journey are worth now, and were before. Problem `not-found`. */
export async function readValues({ stores, registry }: Desk, id: string): Promise<ValuesAnswer> {
  const held = await stores.journeys.values(id)
  if (held === null) return { version: null, values: [], given: [] }
  const { version, journey, given } = held
  const now = heldNow(held)
  const values = Object.entries(valuesOf(journey)).map(async ([name, own]) => {
    const label = journey.variables[name]?.name ?? null
    const from = given.findLast((one) => one.name === name)?.from ?? null
    const { count: waiting } = await stores.journeys.waiting(id, [name], registry)
    return { name, label, own, value: now[name] ?? own, from, waiting }
  })
  return { version, values: await Promise.all(values), given: given.map((one) => ({ ...one })) }
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

function compiledWith(desk: Desk, held: HeldValues, values: JourneyValues): Compiled {
  const { registry, now, brand } = desk
  const journey = withValues(held.journey, values)
  const zone = journey.settings.zone ?? brand().zone
  // That a date has passed since it was published is no fault of the values.
  return compile(journey, { registry, now: now(), zone, publishing: false })
}

export interface ChangeValues {
  readonly id: string
  readonly values: JourneyValues
}

/** A change of values that has been checked; null where nothing would change. */
export interface PreparedValues {
  readonly held: HeldValues
  readonly before: JourneyValues
  readonly changed: JourneyValues
  readonly waiting: Waiting
  /** What goes by the new values, or all that is wrong with them. */
  readonly compiled:
    | { readonly ok: true; readonly table: TransitionTable }
    | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] }
}

/**
 * Checks values wherever they are used, as at publishing, which may take long; changes nothing. Problems `not-found`,
 * `journey-not-live`, `value-unknown`, `value-type`, `value-changes-ways`.
 */
export async function prepareValues(
  desk: Desk,
  { id, values }: ChangeValues,
): Promise<PreparedValues | null> {
  const { stores, registry } = desk
  const held = await stores.journeys.values(id)
  if (held === null) throw new Problem('journey-not-live', { journey: id })
  const before = heldNow(held)
  refuseUnfit(values, before)
  const changed = Object.fromEntries(Object.entries(values).filter(([name, value]) => before[name] !== value))
  if (Object.keys(changed).length === 0) return null
  const [was, next] = [compiledWith(desk, held, before), compiledWith(desk, held, { ...before, ...changed })]
  if (next.ok && was.ok && canonicalJson(was.table) !== canonicalJson(next.table))
    throw new Problem('value-changes-ways', {}, 'values')
  const waiting = await stores.journeys.waiting(id, Object.keys(changed), registry)
  const compiled = next.ok ? ({ ok: true, table: next.table } as const) : next
  return { held, before, changed, waiting, compiled }
}

/** Saves what was prepared; false where other values were given meanwhile. */
async function saveValues(
  desk: JourneyDesk,
  actor: Actor,
  id: string,
  { held, before, changed, waiting, compiled }: PreparedValues,
): Promise<boolean> {
  if (!compiled.ok) throw new JourneyHasErrors(compiled.diagnostics)
  const { engine, stores, registry, brand } = desk
  const { version, journey, stamp } = held
  const to = withValues(journey, { ...before, ...changed })
  const change = {
    ...{ version, before, values: changed, brand: brand(), stamp, waiting },
    from: filledIn(withValues(journey, before)),
    to: filledIn(to),
    plan: planOf(to, compiled.table, version, registry),
  }
  return engine.exclusive(() => stores.journeys.changeValues(desk.act(actor), id, change))
}

/**
 * Changes values of a running journey: texts and conditions of its versions go by them from now on, also what waits to
 * be said to whoever has not been sent it. Answers how much that is. Problems as of `prepareValues`, and
 * `journey-has-errors` (a JourneyHasErrors), `stale-version`; then nothing has changed. `prepare`: where it is worked
 * out, if not here.
 */
export async function changeValues(
  desk: JourneyDesk,
  actor: Actor,
  command: ChangeValues,
  prepare: () => Promise<PreparedValues | null> = () => prepareValues(desk, command),
): Promise<Pick<ValuesChanged, 'reached'>> {
  for (;;) {
    const prepared = await prepare()
    if (prepared === null) return { reached: 0 }
    if (!(await saveValues(desk, actor, command.id, prepared))) continue
    await goOn(desk)
    return { reached: prepared.waiting.count }
  }
}

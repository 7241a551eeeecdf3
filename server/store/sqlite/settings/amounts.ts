import { z } from 'zod'
import { triedTests } from '../../../../shared/conditions/tried.ts'
import { comparesAmount, type Power, rescaled, rescaledAmount } from '../../../../shared/journey/amounts.ts'
import type { Journey } from '../../../../shared/journey/graph.ts'
import { minorDigits } from '../../../../shared/money.ts'
import { branch } from '../../../../shared/nodes/branch.ts'
import { goalReasons } from '../../../../shared/run/step.ts'
import type { BrandDatabase } from '../database.ts'
import { hashOf, readStored } from '../journeys/read.ts'
import { readBrand, readMeta } from './meta.ts'

/** Places in which the first releases counted money, whatever the currency. */
const formerDigits = 2
/** Set by a migration where a folder's amounts may still be counted so. */
const former = 'amounts-in-hundredths'

const props = z.looseObject({ amount: z.number().optional() })
const entryShape = z.looseObject({ event: z.looseObject({ properties: props }).nullable() })
const couponShape = z.looseObject({ value: z.number(), minSpend: z.number() })
const goalShape = z.looseObject({ value: z.number() })
const dataShape = z.looseObject({
  c: z.record(z.string(), couponShape).optional(),
  g: z.record(z.string(), goalShape).optional(),
})
const seenShape = z.looseObject({ actual: z.unknown(), holds: z.boolean() })
const reasonShape = z.looseObject({
  code: z.string(),
  value: z.unknown().optional(),
  seen: z.array(seenShape).optional(),
})

/** The one way in which a column of JSON is read, changed and written. */
const changed = (text: string, change: (json: unknown) => unknown): string =>
  JSON.stringify(change(JSON.parse(text)))

function entryIn(json: unknown, power: Power): unknown {
  const entry = entryShape.parse(json)
  const { event } = entry
  if (event?.properties.amount === undefined) return entry
  const amount = rescaledAmount(event.properties.amount, power)
  return { ...entry, event: { ...event, properties: { ...event.properties, amount } } }
}

function dataIn(json: unknown, power: Power): unknown {
  const { c, g, ...rest } = dataShape.parse(json)
  const waits = z.looseObject({}).parse(rescaled(rest, power))
  const coupons = Object.entries(c ?? {}).map(([node, coupon]) => [
    node,
    {
      ...coupon,
      value: rescaledAmount(coupon.value, power),
      minSpend: rescaledAmount(coupon.minSpend, power),
    },
  ])
  const goals = Object.entries(g ?? {}).map(([goal, reached]) => [
    goal,
    { ...reached, value: rescaledAmount(reached.value, power) },
  ])
  return {
    ...waits,
    ...(c === undefined ? {} : { c: Object.fromEntries(coupons) }),
    ...(g === undefined ? {} : { g: Object.fromEntries(goals) }),
  }
}

/** What a step saw: the value of a goal, and of a branch's tests those that looked at amounts. */
function reasonIn(json: unknown, power: Power, journey: Journey | undefined, node: string): unknown {
  const reason = reasonShape.parse(json)
  if (Object.hasOwn(goalReasons, reason.code) && typeof reason.value === 'number')
    return { ...reason, value: rescaledAmount(reason.value, power) }
  if (reason.seen === undefined) return reason
  const config = branch.config.safeParse(journey?.nodes[node]?.config)
  const tests = config.success
    ? triedTests(
        config.data.branches.map(({ when }) => when),
        reason.seen.map(({ holds }) => holds),
      )
    : null
  if (tests === null) return reason
  const seen = reason.seen.map((one, at) => {
    const test = tests[at]
    const amount = test !== undefined && comparesAmount(test) && typeof one.actual === 'number'
    return amount ? { ...one, actual: rescaledAmount(Number(one.actual), power) } : one
  })
  return { ...reason, seen }
}

interface TraceRow {
  enrollment: number
  seq: number
  node: string
  reason: string
  journeyId: string
  version: number
}

/** Amounts of a table's own columns, and those inside its JSON. */
function rescaleColumns({ sqlite }: BrandDatabase, power: Power): void {
  const columns = [
    ['events', 'amount'],
    ['planned_events', 'amount'],
    ['coupons', 'value'],
    ['coupons', 'min_spend'],
    ['goal_hits', 'value'],
  ] as const
  const factor = power >= 0 ? `* ${10 ** power}` : `/ ${10 ** -power}.0`
  for (const [table, column] of columns)
    sqlite
      .prepare(
        `update ${table} set ${column} = cast(round(${column} ${factor}) as integer) where ${column} is not null`,
      )
      .run()
}

function rescaleJson(
  db: BrandDatabase,
  table: string,
  column: string,
  change: (json: unknown) => unknown,
): void {
  const { sqlite } = db
  const write = sqlite.prepare(`update ${table} set ${column} = ? where rowid = ?`)
  const rows = sqlite
    .prepare<[], { at: number; text: string }>(
      `select rowid as at, ${column} as text from ${table} where ${column} is not null`,
    )
    .all()
  for (const { at, text } of rows) {
    const next = changed(text, change)
    if (next !== text) write.run(next, at)
  }
}

/** Published versions keep their numbers; what they are made of has another hash, by which drafts are compared. */
function rescaleVersions({ sqlite }: BrandDatabase, power: Power): void {
  const write = sqlite.prepare('update versions set graph = ?, hash = ? where journey_id = ? and number = ?')
  const rows = sqlite
    .prepare<[], { journey_id: string; number: number; graph: string }>(
      'select journey_id, number, graph from versions',
    )
    .all()
  for (const { journey_id: id, number, graph } of rows) {
    const next = changed(graph, (json) => rescaled(json, power))
    if (next !== JSON.stringify(JSON.parse(graph))) write.run(next, hashOf(readStored(next, id)), id, number)
  }
}

function rescaleTraces({ sqlite }: BrandDatabase, power: Power): void {
  const graphs = new Map(
    sqlite
      .prepare<[], { id: string; number: number; graph: string }>(
        'select journey_id as id, number, graph from versions',
      )
      .all()
      .map(({ id, number, graph }) => [`${id} ${number}`, readStored(graph, id)] as const),
  )
  const write = sqlite.prepare('update traces set reason = ? where enrollment_id = ? and seq = ?')
  const rows = sqlite
    .prepare<[], TraceRow>(
      `select t.enrollment_id as enrollment, t.seq, t.node, t.reason, e.journey_id as journeyId, e.version from traces t
       join enrollments e on e.id = t.enrollment_id
       where t.reason like '%"goal-%' or t.reason like '%"seen"%'`,
    )
    .all()
  for (const { enrollment, seq, node, reason, journeyId, version } of rows) {
    const journey = graphs.get(`${journeyId} ${version}`)
    const next = changed(reason, (json) => reasonIn(json, power, journey, node))
    if (next !== reason) write.run(next, enrollment, seq)
  }
}

/**
 * Counts every amount that a brand holds anew, as one of so many more places (fewer: below zero). Within the
 * caller's transaction. What is below the new minor unit is rounded.
 */
export function rescaleAmounts(db: BrandDatabase, power: Power): void {
  if (power === 0) return
  rescaleTraces(db, power)
  rescaleColumns(db, power)
  rescaleJson(db, 'enrollments', 'entry', (json) => entryIn(json, power))
  rescaleJson(db, 'enrollments', 'data', (json) => dataIn(json, power))
  rescaleJson(db, 'journeys', 'draft', (json) => rescaled(json, power))
  // An editor that is open still holds the former numbers.
  db.sqlite.prepare('update journeys set revision = revision + 1').run()
  rescaleJson(db, 'audiences', 'condition', (json) => rescaled(json, power))
  rescaleVersions(db, power)
}

/** Moves the amounts of a folder of the first releases into its currency's own minor unit; once, or not at all. */
export function moveFormerAmounts(db: BrandDatabase): void {
  if (readMeta(db, former) === undefined) return
  const move = db.sqlite.transaction(() => {
    if (readMeta(db, former) === undefined) return
    rescaleAmounts(db, minorDigits(readBrand(db).currency) - formerDigits)
    db.sqlite.prepare('delete from meta where key = ?').run(former)
  })
  move.immediate()
}

/** Whether a brand holds amounts that its customers have spent, were given or were promised. */
export function holdsAmounts({ sqlite }: BrandDatabase): boolean {
  const found = sqlite
    .prepare<[], number>(
      `select exists (select 1 from events where amount is not null)
         or exists (select 1 from planned_events where amount is not null)
         or exists (select 1 from coupons) or exists (select 1 from versions)
         or exists (select 1 from products where price is not null)`,
    )
    .pluck()
    .get()
  return found === 1
}

import { terminalActor } from '../../shared/audit/actor.ts'
import { compile } from '../../shared/compile/index.ts'
import { timesLeft } from '../../shared/conditions/history.ts'
import type { Journey } from '../../shared/journey/graph.ts'
import { begin, finish, type Person, type World } from '../../shared/testing/random-lives.ts'
import { scratchBase } from '../brand/scratch-base.ts'
import { preview } from '../messages/preview/index.ts'
import { rehearse } from '../rehearsal/index.ts'
import type { Witness } from '../rehearsal/world.ts'
import { surveyAttributes } from '../store/sqlite/customers/attributes.ts'
import { type BrandDatabase, openDatabase } from '../store/sqlite/database.ts'
import { insertEvents } from '../store/sqlite/events/events.ts'
import {
  createJourney,
  getJourney,
  pause,
  publish,
  resume,
  saveDraft,
} from '../store/sqlite/journeys/journeys.ts'
import { rehearsalPorts } from '../store/sqlite/rehearsal.ts'
import { addCustomers } from '../store/sqlite/seed.ts'
import { JourneyDriver } from './journey-driver.ts'

/** What has happened to a customer: each step of each passage, and each message with its words. */
export interface Told {
  readonly customer: string
  readonly at: number
  /** `node.outcome`, or the node and visit of a message. */
  readonly what: string
  /** The reason with the gate, or where to and what was written. */
  readonly how: string
}

export interface Played {
  readonly told: readonly Told[]
  /** By goal, of those who get messages and of the control group. */
  readonly goals: Readonly<Record<string, readonly [reached: number, control: number]>>
  /** Goals reached by the end of each day on which any was, by those who get messages. */
  readonly days: Readonly<Record<string, number>>
}

/** Customers, tags and saved audiences, as both have them before anything happens. */
function settle(db: BrandDatabase, people: readonly Person[]): void {
  addCustomers(
    db,
    people.map(({ tags: _tags, ...person }) => ({ ...person, gender: null, registeredAt: null })),
    begin,
  )
  const tag = db.sqlite.prepare('insert into tags (customer_id, tag, at) values (?, ?, ?)')
  for (const { id, tags } of people) for (const one of tags) tag.run(id, one, begin - 1)
  const buyers = JSON.stringify({
    kind: 'events',
    event: 'order',
    where: [],
    measure: 'count',
    window: { kind: 'ever' },
    op: 'gte',
    value: 1,
  })
  db.sqlite
    .prepare(
      `insert into audiences (key, name, kind, condition, created_at, updated_at) values
       ('buyers', '{"en":"Buyers"}', 'condition', ?, 0, 0), ('kept', '{"en":"Kept"}', 'list', null, 0, 0)`,
    )
    .run(buyers)
  surveyAttributes(db, begin)
}

/** A reason as both give it; whether nobody was called for want of a world or of a wish is not among it. */
const words = ({ code, gate, why, event, id }: Readonly<Record<string, unknown>>) =>
  [code, gate, code === 'not-called' ? undefined : why, event, id]
    .filter((part) => part !== undefined)
    .join(' ')
const message = (to: string, subject: string | null, body: string) => [to, subject, body].join(' | ')

/** Steps and messages of one moment in an order of their own: a transaction has none. */
function sorted(told: readonly Told[]): Told[] {
  const key = ({ customer, at, what, how }: Told) => `${customer} ${at} ${what} ${how}`
  return [...told].sort((a, b) => (key(a) < key(b) ? -1 : 1))
}

/** A brand of its own just before the begin, in which the past has been and the rest is not known yet. */
async function begun({ brand, people, events }: World): Promise<JourneyDriver> {
  const driver = new JourneyDriver({ at: new Date(begin - 1).toISOString(), brand })
  await driver
    .do(({ db }) => {
      settle(db, people)
      const past = events.filter(({ event }) => event.at < begin)
      const rows = past.map(({ customerId, event }) => ({ customerId, ...event }))
      insertEvents(db, rows, { source: 'history', receivedAt: begin - 1, pending: false })
    })
    .run()
  return driver
}

/** What is done to a journey in the midst of its run. */
export interface Deed {
  readonly at: number
  readonly act: (driver: JourneyDriver) => void | Promise<void>
}

export interface Interlude extends Deed {
  /** At the end, before all is put away. */
  readonly look: (driver: JourneyDriver) => void
}

/** A stretch of time in which the journey is paused. */
export interface Interruption {
  readonly from: number
  readonly to: number
}

/**
 * The journey as it runs: engine, dispatch and store, in virtual time; as it stands at the end. `reworded`: when its
 * next version is published, which says the same in other words, so that everybody moves to it.
 */
export async function ran(
  journey: Journey,
  world: World,
  interruptions: readonly Interruption[] = [],
  reworded: number | null = null,
  deeds: readonly Deed[] = [],
): Promise<JourneyDriver> {
  const { brand, events } = world
  const driver = await begun(world)
  const until = (to: number) =>
    driver.do(async ({ brand: running }) => {
      if (to > running.now()) await running.advance(running.act(terminalActor), { to })
    })
  driver
    .do(({ db }) => {
      const { revision } = createJourney(db, { journey, now: begin - 1 })
      publish(db, journey.id, { revision, now: begin - 1, brand, registry: driver.brand.registry })
    })
    .do((story) => story.brand.ingest(events.filter(({ event }) => event.at >= begin)))
  const acts: [at: number, act: (driver: JourneyDriver) => unknown][] = interruptions.flatMap(
    ({ from, to }): typeof acts => [
      [from, ({ db }) => pause(db, journey.id, from)],
      [
        to,
        async ({ db, brand: running }) => {
          resume(db, journey.id, { now: to, brand, registry: running.registry })
          await running.settle()
        },
      ],
    ],
  )
  if (reworded !== null) {
    const paused = interruptions.find(({ from, to }) => from <= reworded && reworded <= to)
    const at = paused?.to ?? reworded
    acts.push([at, (story) => reword(story, journey, at)])
  }
  for (const { at, act } of deeds) acts.push([at, act])
  for (const [at, act] of acts.sort(([one], [other]) => one - other)) until(at).do(act)
  await until(finish).run()
  return driver
}

/** Publishes the same in other words, as far as that may be published still. */
async function reword({ db, brand }: JourneyDriver, journey: Journey, now: number): Promise<void> {
  const { registry } = brand
  const zone = journey.settings.zone ?? brand.brand().zone
  // A day that it names may have passed by then.
  if (!compile(journey, { registry, now, zone, publishing: true }).ok) return
  const draft = { ...journey, name: { en: 'In other words' } }
  const { revision } = saveDraft(db, journey.id, {
    journey: draft,
    revision: getJourney(db, journey.id).revision,
    now,
  })
  publish(db, journey.id, { revision, now, brand: brand.brand(), registry })
  await brand.settle()
}

/** What has become of everybody, told beside a rehearsal of the same. */
export async function lived(journey: Journey, world: World, interlude?: Interlude): Promise<Played> {
  const { brand } = world
  const driver = await ran(journey, world, [], null, interlude === undefined ? [] : [interlude])
  interlude?.look(driver)
  const traces = driver.rows<{ customer: string; at: number; node: string; outcome: string; reason: string }>(
    `select e.customer_id as customer, t.at, t.node, t.outcome, t.reason from traces t join enrollments e on e.id = t.enrollment_id`,
  )
  const messages = driver.rows<{
    customer: string
    at: number
    node: string
    visit: number
    recipient: string
    subject: string | null
    body: string
    status: string
  }>(
    `select customer_id as customer, coalesce(sent_at, due_at, created_at) as at, node, visit, recipient, subject, body, status from messages`,
  )
  const hits = driver.rows<{ goal: string; control: number; n: number }>(
    'select goal, control, count(*) as n from goal_hits group by goal, control',
  )
  const goals: Record<string, [number, number]> = {}
  for (const { goal, control, n } of hits) {
    const [reached, held] = goals[goal] ?? [0, 0]
    goals[goal] = control === 1 ? [reached, n] : [n, held]
  }
  const { stores, registry } = driver.brand
  const { zone, currency } = brand
  const report = await stores.journeys.report(journey.id, {
    journey,
    registry,
    zone: journey.settings.zone ?? zone,
    currency,
  })
  driver.db.close()
  return {
    told: sorted([
      ...traces.map(({ customer, at, node, outcome, reason }) => ({
        customer,
        at,
        what: `${node}.${outcome}`,
        how: words(JSON.parse(reason)),
      })),
      ...messages.map(({ customer, at, node, visit, recipient, subject, body, status }) => ({
        customer,
        at,
        what: `${node} #${visit} ${status}`,
        how: message(recipient, subject, body),
      })),
    ]),
    goals,
    days: Object.fromEntries(
      report.byDay.filter(({ converted }) => converted > 0).map(({ date, converted }) => [date, converted]),
    ),
  }
}

/** A base in which all that will happen has been recorded. */
export function recorded({ people, events }: Pick<World, 'people' | 'events'>): BrandDatabase {
  const db = openDatabase(':memory:', { durability: 'off' })
  settle(db, people)
  const rows = events.map(({ customerId, event }) => ({ customerId, ...event }))
  insertEvents(db, rows, { source: 'history', receivedAt: begin - 1, pending: false })
  return db
}

/** The same, rehearsed over what will have been recorded. */
export async function rehearsed(journey: Journey, { brand, ...world }: World): Promise<Played> {
  const db = recorded(world)
  const told: Told[] = []
  const request = {
    journey,
    start: begin,
    until: finish,
    assume: 'backtest',
    controlGroup: true,
    brand,
  } as const
  const witness: Witness = (before, taken, at) => {
    const { trace, effects } = taken
    const customer = before.customerId
    if (trace !== null)
      told.push({ customer, at: trace.at, what: `${trace.node}.${trace.outcome}`, how: words(trace.reason) })
    for (const effect of effects)
      if (effect.kind === 'send') {
        const visit = timesLeft(before.history, before.state) + 1
        told.push({
          customer,
          at,
          what: `${before.state} #${visit} sent`,
          how: message(effect.to, effect.subject, effect.text),
        })
      }
  }
  const watch = () => {
    told.length = 0
    return witness
  }
  const report = await rehearse(rehearsalPorts(db, scratchBase(db)), request, { watch })
  db.close()
  const goals = Object.entries(report.goals).flatMap(([goal, { reached, control }]) =>
    reached + control === 0 ? [] : [[goal, [reached, control]] as const],
  )
  const days: Record<string, number> = {}
  let before = 0
  for (const { date, goals } of report.timeline) {
    const total = Object.values(goals).reduce((sum, [reached]) => sum + reached, 0)
    if (total !== before) days[date] = total - before
    before = total
  }
  return { told: sorted(told), goals: Object.fromEntries(goals), days }
}

/** A message as a preview shows it, or why there would be none. */
export interface Shown {
  readonly at: number
  /** The node, and which time it is passed. */
  readonly what: string
  /** What would be written, or the gate that holds it back. */
  readonly how: string
}

/** What a preview shows each customer who is looked at; of the control group it shows what they will not get. */
export async function previewed(journey: Journey, world: World): Promise<Record<string, Shown[]>> {
  const { brand } = await begun(world)
  const shown: Record<string, Shown[]> = {}
  for (const { id: customerId } of world.people) {
    const asked = { journey, customerId, move: 'none', node: null, polish: false } as const
    const { customer, messages } = await preview(brand, asked)
    if (customer === null || customer.control) continue
    shown[customerId] = messages.flatMap(({ node, visit, at, onPath, ok, gate, subject, text }) => {
      if (!onPath || at === null || at > finish) return []
      const put =
        gate === 'cap_later' || (gate === 'quiet_hours' && journey.nodes[node]?.config.quiet === 'defer')
      const how = ok && (gate === null || put) ? message('', subject, text) : String(gate)
      return [{ at, what: `${node} #${visit}`, how }]
    })
  }
  return shown
}

/** The same of what has happened to somebody who went once through a journey. */
export function shownOf({ told }: Played, customer: string, journey: Journey): Shown[] {
  const visits = new Map<string, number>()
  const own = told.filter((one) => one.customer === customer).sort((a, b) => a.at - b.at)
  const written = new Map(
    own.flatMap(({ what, how }) => (what.endsWith(' sent') ? [[what, how] as const] : [])),
  )
  return own.flatMap(({ at, what, how }) => {
    const [node = '', outcome] = what.split('.')
    if (outcome === undefined || journey.nodes[node]?.type !== 'send') return []
    const visit = (visits.get(node) ?? 0) + 1
    visits.set(node, visit)
    const text = written.get(`${node} #${visit} sent`)?.replace(/^[^|]*/, ' ')
    return [
      { at, what: `${node} #${visit}`, how: outcome === 'sent' ? String(text) : String(how.split(' ')[1]) },
    ]
  })
}

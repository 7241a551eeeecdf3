import { pino } from 'pino'
import { expect } from 'vitest'
import { terminalActor } from '../../shared/audit/actor.ts'
import { machineConfig, tableOf } from '../../shared/compile/index.ts'
import type { CustomerEvent } from '../../shared/conditions/customer.ts'
import { type Brand, brandSchema } from '../../shared/journey/brand.ts'
import type { FateChoice } from '../../shared/run/fate.ts'
import type { BrandRuntime } from '../brand/brand.ts'
import { type OpenBrand, openBrand } from '../brand/runtime.ts'
import { planCache } from '../engine/runtime.ts'
import { stopEveryone } from '../engine/stop.ts'
import { type BrandDatabase, openDatabase } from '../store/sqlite/database.ts'
import { clockKey } from '../store/sqlite/events/planned.ts'
import { inFlight } from '../store/sqlite/journeys/flight.ts'
import {
  createJourney,
  markStopped,
  pause,
  publish,
  resume,
  saveDraft,
} from '../store/sqlite/journeys/journeys.ts'
import { addCustomers, type NewCustomer } from '../store/sqlite/seed.ts'
import { writeBrand, writeMeta } from '../store/sqlite/settings/meta.ts'
import { lengthOf } from './clock.ts'
import { testKeys } from './keys.ts'
import { memberOf } from './members.ts'
import { type Sketch, sketch } from './sketch.ts'

export interface DriveOptions
  extends Partial<Pick<OpenBrand, 'registry' | 'channels' | 'reactions' | 'batchSize' | 'ai'>> {
  /** Where the clock stands: ISO with offset. */
  readonly at?: string
  readonly brand?: Partial<Brand>
}

export interface EventWords {
  readonly id?: string
  readonly amount?: number
  /** How long ago it happened: `2 hours`. */
  readonly ago?: string
  /** Or how long from now its own time lies. */
  readonly ahead?: string
  readonly properties?: Record<string, string | number | boolean>
}

interface SentRow {
  customer_id: string
  node: string
  body: string
  status: string
  error: string | null
  at: number
}

/** A morning on which nothing special is going on. */
const usualStart = '2027-03-01T10:00:00+08:00'
const silent = pino({ level: 'silent' })

/** A brand of its own, driven in sentences that run one after the other; `await` their `run()`. */
export class JourneyDriver {
  readonly db: BrandDatabase = openDatabase(':memory:', { durability: 'off' })
  readonly #options: DriveOptions
  readonly #members = new Set<string>()
  #tail: Promise<void>
  #opened: BrandRuntime | null = null
  #events = 0
  #journey = 'journey'

  constructor(options: DriveOptions = {}) {
    this.#options = options
    writeMeta(this.db, clockKey, Date.parse(options.at ?? usualStart))
    writeBrand(this.db, brandSchema.parse({ name: { 'zh-CN': '小铺' }, signature: '小铺', ...options.brand }))
    this.#tail = this.#open()
  }

  async #open(): Promise<void> {
    const { registry, channels, reactions, batchSize, ai = {} } = this.#options
    this.#opened = await openBrand({
      id: 'demo',
      db: this.db,
      mode: 'sandbox',
      log: silent,
      baseUrl: () => 'http://localhost:3000',
      keys: testKeys,
      linkSecret: 'a secret of the test',
      publicId: 'test',
      ai,
      machineNow: () => Date.parse(usualStart),
      reactions: reactions ?? (() => []),
      ...(registry === undefined ? {} : { registry }),
      ...(channels === undefined ? {} : { channels }),
      ...(batchSize === undefined ? {} : { batchSize }),
    })
  }

  get brand(): BrandRuntime {
    if (this.#opened === null) throw new Error('the brand is not open yet')
    return this.#opened
  }

  /** Adds a sentence; those before it have been run when it is. */
  do(act: (driver: this) => unknown): this {
    this.#tail = this.#tail.then(async () => {
      await act(this)
    })
    return this
  }

  /** Runs all sentences so far. */
  run(): Promise<void> {
    return this.#tail
  }

  members(...names: readonly string[]): this {
    return this.do(() => this.#admit(names))
  }

  member(name: string, more: Partial<NewCustomer>): this {
    return this.do(() => this.#admit([name], more))
  }

  #admit(names: readonly string[], more: Partial<NewCustomer> = {}): void {
    const fresh = names.filter((name) => !this.#members.has(name))
    const rows = fresh.map((name, index) => memberOf(name, this.#members.size + index + 1, more))
    for (const name of fresh) this.#members.add(name)
    addCustomers(this.db, rows, this.brand.now())
  }

  /** Publishes a journey, or its next version where it is known; the sentences that follow are about it. */
  publish(drawn: Sketch, choice?: FateChoice): this {
    return this.plans(drawn, choice).do(({ brand }) => brand.settle())
  }

  /** A publication that is refused, with the code of its problem. */
  refuses(code: string, drawn: Sketch, choice?: FateChoice): this {
    return this.do(() => {
      const refused = () => this.freeze(drawn, choice)
      expect(refused).toThrow(expect.objectContaining({ code }))
    })
  }

  /** Publishes, and leaves what follows from it to be done. */
  plans(drawn: Sketch, choice?: FateChoice): this {
    return this.do(() => this.freeze(drawn, choice))
  }

  /** Publishes at once, within a sentence; refused with a Problem. */
  freeze(drawn: Sketch, choice: FateChoice = { fate: null, mapping: {} }): void {
    const { db, brand } = this
    const journey = sketch({
      ...drawn,
      ...(this.#options.registry === undefined ? {} : { registry: this.#options.registry }),
    })
    const known = this.rows<{ revision: number }>('select revision from journeys where id = ?', journey.id)[0]
    const now = brand.now()
    const stored =
      known === undefined
        ? createJourney(db, { journey, now })
        : saveDraft(db, journey.id, { journey, revision: known.revision, now })
    const { id, revision } = stored
    publish(db, id, { revision, now, choice, brand: brand.brand(), registry: brand.registry })
    this.#journey = id
  }

  /** A version as an earlier release let it go live; today’s check is not asked. */
  publishUnchecked(drawn: Sketch): this {
    return this.do(({ db, brand }) => {
      const { id, journey } = createJourney(db, { journey: sketch(drawn), now: brand.now() })
      const table = tableOf(machineConfig(journey, brand.registry))
      const row = [id, 1, 'earlier', JSON.stringify(journey), JSON.stringify(table), brand.now()]
      db.sqlite.prepare('insert into versions values (?, ?, ?, ?, ?, ?)').run(...row)
      db.sqlite.prepare(`update journeys set status = 'live', live_version = 1 where id = ?`).run(id)
      this.#journey = id
    })
  }

  enter(...names: readonly string[]): this {
    return this.members(...names).do(async ({ brand }) => {
      await brand.engine.enter(brand.act(terminalActor), this.#journey, names)
      await brand.settle()
    })
  }

  advance(words: string): this {
    return this.do(({ brand }) =>
      brand.advance(brand.act(terminalActor), { to: brand.now() + lengthOf(words) }),
    )
  }

  event(name: string, event: string, words: EventWords = {}): this {
    return this.events(name, [event, words])
  }

  /** Several events in one call, in the order in which they are named. */
  events(name: string, ...told: readonly (readonly [event: string, words?: EventWords])[]): this {
    return this.members(name).do(({ brand }) =>
      brand.ingest(told.map(([event, words]) => ({ customerId: name, event: this.#told(event, words) }))),
    )
  }

  #told(name: string, words: EventWords = {}): CustomerEvent {
    this.#events += 1
    const { id = `e${this.#events}`, amount = null, properties = {} } = words
    const at = this.brand.now() - lengthOf(words.ago ?? '0 seconds') + lengthOf(words.ahead ?? '0 seconds')
    return { id, name, at, amount, properties }
  }

  /** Writes back on a channel. */
  reply(name: string, text: string, channel = 'sms'): this {
    return this.event(name, 'message_replied', { properties: { text, channel } })
  }

  pause(): this {
    return this.do(({ db, brand }) => pause(db, this.#journey, brand.now()))
  }

  /** `letIn`: and those who qualified meanwhile (rule 3). */
  resume({ letIn = false }: { readonly letIn?: boolean } = {}): this {
    return this.do(async ({ db, brand }) => {
      const { registry } = brand
      resume(db, this.#journey, { now: brand.now(), brand: brand.brand(), registry, letIn })
      await brand.settle()
    })
  }

  /** How many have qualified at each trigger while the journey stood still. */
  expectMeanwhile(customers: Readonly<Record<string, number>>): this {
    return this.do(async ({ brand }) => {
      const at = { now: brand.now(), brand: brand.brand(), registry: brand.registry }
      const { triggers } = await brand.stores.journeys.meanwhile(this.#journey, at)
      expect(Object.fromEntries(triggers.map((one) => [one.node, one.customers]))).toEqual(customers)
    })
  }

  stop(): this {
    return this.do(async ({ db, brand }) => {
      const journeyId = this.#journey
      const now = brand.now()
      await brand.engine.exclusive(async () => {
        markStopped(db, journeyId, now)
        const planFor = planCache(brand.store, brand.registry)
        const source = {
          inFlight: async (id: string, after: number, limit: number) => inFlight(db, id, after, limit),
        }
        await stopEveryone({ store: brand.store, source, planFor, journeyId, now, brand: brand.brand() })
      })
    })
  }

  /** Ends the process and starts another over the same data. */
  restart(): this {
    return this.do(async () => {
      this.#opened = null
      await this.#open()
    })
  }

  rows<Row>(sql: string, ...values: readonly unknown[]): Row[] {
    return this.db.sqlite.prepare<unknown[], Row>(sql).all(...values)
  }

  #sentFrom(node: string): SentRow[] {
    return this.rows(
      `select customer_id, node, body, status, error, sent_at as at from messages
       where journey_id = ? and node = ? order by id`,
      this.#journey,
      node,
    )
  }

  /** Exactly these got the node's message; without names, somebody did. */
  expectSent(node: string, ...names: readonly string[]): this {
    return this.do(() => {
      const got = this.#sentFrom(node).filter(({ status }) => status === 'sent')
      if (names.length === 0) expect(got, `messages of ${node}`).not.toEqual([])
      else expect(got.map(({ customer_id }) => customer_id).sort()).toEqual([...names].sort())
    })
  }

  expectNotSent(node: string): this {
    return this.do(() => {
      const sent = this.#sentFrom(node).filter(({ status }) => status === 'sent')
      expect(sent.map(({ customer_id }) => customer_id)).toEqual([])
    })
  }

  /** The statuses of a node's messages, in the order in which they were decided. */
  expectMessages(node: string, ...statuses: readonly string[]): this {
    return this.do(() => expect(this.#sentFrom(node).map(({ status }) => status)).toEqual(statuses))
  }

  expectText(node: string, text: string): this {
    return this.do(() => expect(this.#sentFrom(node).map(({ body }) => body)).toEqual([text]))
  }

  expectWaitingAt(node: string, ...names: readonly string[]): this {
    return this.do(() => {
      const sql = `select customer_id as id from enrollments where state = ? and ended_at is null order by id`
      expect(this.rows<{ id: string }>(sql, node).map(({ id }) => id)).toEqual([...names].sort())
    })
  }

  expectEnded(name: string, ...endings: readonly string[]): this {
    return this.do(() => {
      const sql = 'select ending from enrollments where customer_id = ? order by id'
      expect(this.rows<{ ending: string | null }>(sql, name).map(({ ending }) => ending)).toEqual(endings)
    })
  }

  /** How a customer left a node, and why. */
  expectLeft(name: string, node: string, outcome: string, reason: Record<string, unknown> = {}): this {
    return this.do(() => {
      const found = this.rows<{ outcome: string; reason: string }>(
        `select t.outcome, t.reason from traces t join enrollments e on e.id = t.enrollment_id
         where e.customer_id = ? and t.node = ? order by e.id, t.seq`,
        name,
        node,
      ).at(-1)
      expect(found?.outcome).toBe(outcome)
      expect(JSON.parse(found?.reason ?? '{}')).toMatchObject(reason)
    })
  }

  expectFigure(node: string, kind: string, count: number): this {
    return this.do(() => {
      const sql = 'select sum(count) as n from figures where journey_id = ? and node = ? and kind = ?'
      expect(this.rows<{ n: number | null }>(sql, this.#journey, node, kind)[0]?.n ?? 0).toBe(count)
    })
  }
}

export function drive(options: DriveOptions = {}): JourneyDriver {
  return new JourneyDriver(options)
}

import fc from 'fast-check'
import type { CustomerAddress } from '../../shared/api/addresses.ts'
import type { CustomerAnswer } from '../../shared/api/customers.ts'
import type { IdentifierAnswer, UndoAnswer } from '../../shared/api/persons.ts'
import { isRefusal } from '../../shared/message/standing.ts'
import { movedTables } from '../store/sqlite/persons/tables-moved.ts'
import { openTestApp, publishJourney, startAt, type TestApp } from './http/harness.ts'

/** Whoever is told of: by the id that they were first known by, whoever they are by now. */
const people: readonly string[] = ['m1', 'm2', 'm3', 'm4', 'm5', 'm6']
const who = fc.constantFrom(...people)
const phones = ['19900000001', '19900000002', '13911112222'] as const
const identifier = fc.constantFrom(
  ...phones.map((value) => ({ kind: 'phone', scope: '', value })),
  { kind: 'email', scope: '', value: 'm3@example.com' },
  ...['c1', 'c2'].map((value) => ({ kind: 'card', scope: '', value })),
  { kind: 'unionid', scope: '', value: 'u1' },
  { kind: 'openid', scope: 'wx', value: 'o1' },
  { kind: 'device', scope: '', value: 'visitor-1' },
  { kind: 'custom', scope: 'crm', value: '77' },
)

/** What may happen, how often, and of what it tells. */
const deeds = {
  identify: [5, { who, identifier, verified: fc.boolean() }],
  detach: [1, { who, identifier }],
  merge: [3, { who, other: who }],
  thereAndBack: [2, { who, other: who }],
  undo: [3, { nth: fc.nat(20) }],
  apart: [1, { who, other: who }],
  event: [3, { who, again: fc.boolean() }],
  order: [3, { who }],
  tag: [2, { who, tag: fc.constantFrom('vip', 'new', 'old') }],
  refuse: [3, { who, channel: fc.constantFrom('sms', 'email', 'in_app') }],
  consent: [2, { who, given: fc.boolean() }],
  enter: [2, { who }],
  rename: [2, { who, name: fc.constantFrom(null, '王芳', '李娜') }],
  number: [1, { who, phone: fc.constantFrom(null, ...phones) }],
  own: [1, { who, staff: fc.constantFrom(null, 'li', 'wang') }],
  wait: [1, { hours: fc.integer({ min: 1, max: 72 }) }],
} as const satisfies Record<string, readonly [number, Record<string, fc.Arbitrary<unknown>>]>
type Deeds = typeof deeds
type Told<Does extends keyof Deeds> = {
  [Name in keyof Deeds[Does][1]]: Deeds[Does][1][Name] extends fc.Arbitrary<infer Value> ? Value : never
}
type Happening = { [Does in keyof Deeds]: { readonly does: Does; readonly told: Told<Does> } }[keyof Deeds]

const listed: Readonly<Record<string, readonly [number, Record<string, fc.Arbitrary<unknown>>]>> = deeds
// The table has the deeds for keys, each with what it tells.
const happening = fc.oneof(
  ...Object.entries(listed).map(([does, [weight, told]]) => ({
    weight,
    arbitrary: fc.record({ does: fc.constant(does), told: fc.record(told) }),
  })),
) as fc.Arbitrary<unknown> as fc.Arbitrary<Happening>

/** What happens to six people one after another. */
export const lives = fc.array(happening, { minLength: 20, maxLength: 45 })

interface KnownMerge {
  readonly id: string
  readonly from: string
  readonly into: string
  readonly events: readonly string[]
  /** Tags of whom was merged, and which of them the survivor had as well. */
  readonly tags: ReadonlySet<string>
  readonly shared: ReadonlySet<string>
}

const tablesLeftOut = new Set([
  'audit',
  'merges',
  'changes',
  'duplicates',
  'sqlite_sequence',
  'sqlite_stat1',
  'to_score',
  'sources',
])
const hourMs = 3_600_000

/** Six people as they ought to be, beside the application that has them. */
class Town {
  readonly faults: string[] = []
  merged = 0
  undone = 0
  readonly #server: TestApp
  readonly #journey: string
  readonly #into = new Map<string, string>()
  readonly #events = new Map<string, string>()
  readonly #tags = new Map<string, Set<string>>(people.map((id) => [id, new Set()]))
  readonly #merges: KnownMerge[] = []
  #now = startAt
  #made = 0
  #last: { readonly id: string; readonly customerId: string; readonly name: string } | null = null

  constructor(server: TestApp, journey: string) {
    this.#server = server
    this.#journey = journey
    for (const [id, customer] of this.#rows<[string, string]>('select id, customer_id from events'))
      this.#events.set(id, customer)
  }

  #rows<Row extends unknown[]>(sql: string, ...given: unknown[]): Row[] {
    return this.#server.db.sqlite
      .prepare<unknown[], Row>(sql)
      .raw()
      .all(...given)
  }

  #fault(text: string): void {
    this.faults.push(text)
  }

  /** Asks, and expects it to be done. */
  async #ask<T>(
    method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
    path: string,
    body?: unknown,
  ): Promise<T> {
    const answer = await this.#server.ask<T>(method, path, body)
    if (answer.status >= 300) this.#fault(`${method} ${path} answered ${answer.text}`)
    return answer.body
  }

  /** Who somebody is by now. */
  current(id: string): string {
    const into = this.#into.get(id)
    return into === undefined ? id : this.current(into)
  }

  #living = () => people.filter((id) => !this.#into.has(id))
  #tagsOf = (id: string) => this.#tags.get(id) ?? new Set<string>()

  #noteMerge(from: string, into: string): void {
    const [[id] = ['']] = this.#rows<[string]>('select id from merges order by rowid desc limit 1')
    const events = [...this.#events].flatMap(([event, customer]) => (customer === from ? [event] : []))
    const tags = new Set(this.#tagsOf(from))
    const shared = new Set([...tags].filter((tag) => this.#tagsOf(into).has(tag)))
    for (const event of events) this.#events.set(event, into)
    for (const tag of tags) this.#tagsOf(into).add(tag)
    this.#tags.set(from, new Set())
    this.#into.set(from, into)
    this.#merges.push({ id, from, into, events, tags, shared })
    this.merged += 1
  }

  #noteUndo({ from, into, events, tags, shared }: KnownMerge): void {
    this.#into.delete(from)
    for (const event of events) if (this.#events.get(event) === into) this.#events.set(event, from)
    for (const tag of tags) {
      const held = shared.has(tag) || this.#tagsOf(into).has(tag)
      if (held) this.#tagsOf(from).add(tag)
      if (!shared.has(tag)) this.#tagsOf(into).delete(tag)
    }
    this.undone += 1
  }

  /** Channels that somebody has refused, and what they have said of each address. */
  async #refusals(id: string) {
    const { customer } = await this.#ask<CustomerAnswer>('GET', `/customers/${id}`)
    const { addresses } = await this.#ask<{ addresses: CustomerAddress[] }>(
      'GET',
      `/customers/${id}/addresses`,
    )
    const refused = addresses.flatMap(({ states }) =>
      states.flatMap(({ channel, closedWhy, closedAt }) =>
        closedWhy !== null && isRefusal[closedWhy] ? [{ channel, at: closedAt ?? 0 }] : [],
      ),
    )
    const consents = addresses.flatMap(({ used, states }) =>
      states.flatMap(({ channel, consent, consentAt }) =>
        used && consent === true ? [{ channel, at: consentAt ?? 0 }] : [],
      ),
    )
    return { closed: new Set(Object.keys(customer.closed)), refused, consents }
  }

  /** Merges by a call, and holds the survivor to the stricter of both. */
  async #merge(from: string, into: string, call: () => Promise<unknown>): Promise<void> {
    const before = await Promise.all([this.#refusals(from), this.#refusals(into)])
    await call()
    this.#noteMerge(from, into)
    const after = await this.#refusals(into)
    for (const { closed, refused } of before)
      for (const channel of closed) {
        const latest = Math.max(0, ...refused.flatMap((one) => (one.channel === channel ? [one.at] : [])))
        const again = after.consents.some((one) => one.channel === channel && one.at > latest)
        if (!after.closed.has(channel) && !again)
          this.#fault(`${from} became ${into}, and what was refused by ${channel} is forgotten`)
      }
  }

  /** All that is kept, but for what tells of the past. */
  #everything(): string {
    const tables = this.#rows<[string]>(`select name from sqlite_master where type = 'table' order by name`)
    const kept = tables.filter(([name]) => !tablesLeftOut.has(name))
    const lines = kept.flatMap(([name]) =>
      this.#server.db.sqlite
        .prepare<[], Record<string, unknown>>(`select * from "${name}"`)
        .all()
        .map((row) => JSON.stringify({ table: name, ...row, updated_at: 0, noted: 0 })),
    )
    return lines.sort().join('\n')
  }

  async #seen(): Promise<void> {
    for (const { name } of movedTables) {
      const lost = this.#rows(
        `select customer_id from ${name} where customer_id is not null and customer_id not in (select id from customers)`,
      )
      if (lost.length > 0) this.#fault(`${lost.length} rows of ${name} are of nobody`)
    }
    const living = this.#rows<[string]>('select id from customers order by id').map(([id]) => id)
    if (living.join() !== this.#living().join())
      this.#fault(`${living.join()} live, not ${this.#living().join()}`)
    const aliases = new Map(this.#rows<[string, string]>('select id, customer_id from aliases'))
    for (const id of people) {
      const now = this.current(id)
      if ((aliases.get(id) ?? id) !== now) this.#fault(`${id} leads to ${aliases.get(id)} and is ${now}`)
    }
    const events = this.#rows<[string, string]>('select id, customer_id from events')
    if (events.length !== this.#events.size) this.#fault(`${events.length} events of ${this.#events.size}`)
    for (const [id, customer] of events)
      if (this.#events.get(id) !== customer)
        this.#fault(`${id} is ${customer}’s, not ${this.#events.get(id)}’s`)
    for (const id of this.#living()) {
      const tags = this.#rows<[string]>('select tag from tags where customer_id = ? order by tag', id)
      const asked = [...this.#tagsOf(id)].sort()
      if (tags.join() !== asked.join()) this.#fault(`${id} has the tags ${tags.join()}, not ${asked.join()}`)
    }
    const twice = this.#rows(
      `select customer_id from enrollments where ended_at is null group by customer_id, journey_id, entry_key having count(*) > 1`,
    )
    if (twice.length > 0) this.#fault('somebody is in one journey twice')
    await this.#sharing()
  }

  /** Two who share what is verified wait for somebody to say, or were said to be two. */
  async #sharing(): Promise<void> {
    const pairs = this.#rows<[string, string, string]>(
      `select a.customer_id, b.customer_id, a.address from addresses a join addresses b
         on b.kind = a.kind and b.address = a.address and b.customer_id > a.customer_id
       where a.verified_at is not null and b.verified_at is not null and a.former_at is null and b.former_at is null
         and not exists (select 1 from duplicates d where d.customer_id = a.customer_id
           and d.other_id = b.customer_id and d.decision = 'apart')`,
    )
    if (pairs.length === 0) return
    const { groups } = await this.#ask<{ groups: { customers: { id: string }[] }[] }>('GET', '/duplicates')
    const told = groups.map(({ customers }) => new Set(customers.map(({ id }) => id)))
    for (const [one, other, address] of pairs)
      if (!told.some((group) => group.has(one) && group.has(other)))
        this.#fault(`${one} and ${other} share ${address}, and nobody is asked`)
  }

  async #identify({ who: id, identifier: given, verified }: Told<'identify'>): Promise<void> {
    const holder = given.kind === 'phone' || given.kind === 'email' ? null : this.#holder(given)
    const self = this.current(id)
    const before = new Map(
      // What nobody has verified merges nobody.
      await Promise.all(
        (verified ? this.#living() : []).map(async (one) => [one, await this.#refusals(one)] as const),
      ),
    )
    const apart = new Set(
      this.#rows<[string, string]>(
        `select customer_id, other_id from duplicates where decision = 'apart'`,
      ).map((pair) => pair.join()),
    )
    const answer = await this.#ask<IdentifierAnswer>('POST', `/customers/${id}/identifiers`, {
      ...given,
      verified,
    })
    if (answer.outcome === 'merged') {
      const [from = ''] = answer.others
      if (from !== self && answer.customerId !== self)
        this.#fault(`${self} was told of, and others were merged`)
      if (!verified) this.#fault('what nobody has verified has merged two')
      if (apart.has([from, answer.customerId].sort().join()))
        this.#fault(`${from} and ${answer.customerId} were said to be two, and became one`)
      this.#noteMerge(from, answer.customerId)
      const after = await this.#refusals(answer.customerId)
      for (const channel of before.get(from)?.closed ?? [])
        if (!after.closed.has(channel) && after.consents.length === 0)
          this.#fault(`a refusal by ${channel} is lost`)
      return
    }
    // What is verified as somebody’s is taken from them by what is verified alone.
    if (holder?.verified === true && !verified && this.#holder(given)?.id !== holder.id)
      this.#fault(`${given.kind} of ${holder.id} was taken by a claim that nobody has verified`)
  }

  #holder({ kind, scope, value }: Told<'identify'>['identifier']) {
    const [row] = this.#rows<[string, number]>(
      'select customer_id, verified from identifiers where kind = ? and scope = ? and value = ?',
      ...[kind, scope, value],
    )
    return row === undefined ? null : { id: row[0], verified: row[1] === 1 }
  }

  async #undo(merge: KnownMerge): Promise<void> {
    const answer = await this.#server.ask<UndoAnswer>('POST', `/merges/${merge.id}/undo`)
    if (this.#into.has(merge.into)) {
      if (answer.status !== 409) this.#fault(`an earlier merge was undone first: ${answer.text}`)
      return
    }
    if (answer.status !== 200) this.#fault(`not undone: ${answer.text}`)
    this.#merges.splice(this.#merges.indexOf(merge), 1)
    this.#noteUndo(merge)
  }

  readonly #does: { readonly [Does in keyof Deeds]: (told: Told<Does>) => Promise<unknown> } = {
    identify: (told) => this.#identify(told),
    detach: ({ who: id, identifier: { kind, scope, value } }) =>
      this.#server.ask('DELETE', `/customers/${id}/identifiers/${kind}/${value}?scope=${scope}`),
    merge: async ({ who: from, other: into }) => {
      const [one, other] = [this.current(from), this.current(into)]
      if (one !== other)
        await this.#merge(one, other, () => this.#ask('POST', '/customers/merge', { from, into }))
    },
    thereAndBack: async ({ who: from, other: into }) => {
      const [one, other] = [this.current(from), this.current(into)]
      const running = this.#rows(
        `select 1 from enrollments where ended_at is null and customer_id in (?, ?) group by journey_id having count(*) > 1`,
        ...[one, other],
      )
      // Of whom both were in one journey one passage has ended, which nothing begins again.
      if (one === other || running.length > 0) return
      const before = this.#everything()
      await this.#merge(one, other, () => this.#ask('POST', '/customers/merge', { from, into }))
      const last = this.#merges.at(-1)
      if (last !== undefined) await this.#undo(last)
      const after = this.#everything()
      if (after !== before) this.#fault(`${one} became ${other} and back: ${difference(before, after)}`)
    },
    undo: async ({ nth }) => {
      const merge = this.#merges[nth % Math.max(1, this.#merges.length)]
      if (merge !== undefined) await this.#undo(merge)
    },
    apart: ({ who: one, other }) =>
      one === other || this.current(one) === this.current(other)
        ? Promise.resolve()
        : this.#ask('POST', '/duplicates/apart', { customers: [one, other] }),
    event: async ({ who: id, again }) => {
      const last = this.#last
      const same = again && last !== null && this.#events.get(last.id) === this.current(last.customerId)
      if (!same) this.#made += 1
      const event = same ? last : { id: `e${this.#made}`, customerId: id, name: 'page_viewed' }
      await this.#ask('POST', '/events', { events: [event] })
      this.#events.set(event.id, this.current(event.customerId))
      this.#last = event
    },
    order: async ({ who: id }) => {
      this.#made += 1
      const order = `b${this.#made}`
      await this.#ask('POST', '/orders', [{ id: order, customerId: id, amount: 100 * this.#made }])
      this.#events.set(order, this.current(id))
    },
    tag: async ({ who: id, tag }) => {
      await this.#ask('POST', `/customers/${id}/tags`, { add: [tag] })
      this.#tagsOf(this.current(id)).add(tag)
    },
    refuse: ({ who: id, channel }) =>
      this.#server.own.stores.customers.unsubscribe(
        this.#server.own.act({ kind: 'person', id: 'local', via: 'api' }),
        { customerId: this.current(id), channel, address: null },
      ),
    consent: ({ who: id, given }) =>
      this.#ask('PATCH', `/customers/${id}`, { consent_sms: { given, at: this.#now } }),
    enter: ({ who: id }) => this.#ask('POST', `/journeys/${this.#journey}/enter`, { customerIds: [id] }),
    rename: ({ who: id, name }) => this.#ask('PATCH', `/customers/${id}`, { name }),
    number: ({ who: id, phone }) => this.#ask('PATCH', `/customers/${id}`, { phone }),
    own: ({ who: id, staff }) => this.#ask('PUT', `/customers/${id}/owner`, { staff }),
    wait: async ({ hours }) => {
      this.#now += hours * hourMs
      await this.#ask('POST', '/clock/advance', { to: this.#now })
      // Receipts of what was sent meanwhile.
      for (const [id, customer] of this.#rows<[string, string]>('select id, customer_id from events'))
        if (!this.#events.has(id)) this.#events.set(id, customer)
    },
  }

  async live({ does, told }: Happening): Promise<void> {
    // Each deed is told what its own arbitrary makes.
    const run = this.#does[does] as (given: unknown) => Promise<unknown>
    await run(told)
    await this.#seen()
  }

  /** Whatever is asked of somebody is answered alike by every id of theirs. */
  async doors(): Promise<void> {
    for (const id of people.filter((one) => this.#into.has(one)))
      for (const door of ['', '/orders', '/timeline', '/addresses', '/identifiers', '/owners']) {
        const [by, of] = await Promise.all(
          [id, this.current(id)].map((one) => this.#server.ask('GET', `/customers/${one}${door}`)),
        )
        if (by?.text !== of?.text) this.#fault(`${door} of ${id} is not that of ${this.current(id)}`)
      }
  }
}

function difference(before: string, after: string): string {
  const [was, is] = [before, after].map((text) => text.split('\n'))
  const gone = was?.filter((line) => is?.includes(line) !== true) ?? []
  const come = is?.filter((line) => was?.includes(line) !== true) ?? []
  return [...gone.map((line) => `- ${line}`), ...come.map((line) => `+ ${line}`)].join('\n')
}

/** Lives through what happens; what went wrong, in words. */
export async function lived(
  all: readonly Happening[],
): Promise<{ faults: string[]; merged: number; undone: number }> {
  const server = await openTestApp()
  try {
    for (const id of ['li', 'wang']) await server.ask('PUT', `/staff/${id}`, { name: id })
    const town = new Town(server, (await publishJourney(server)).id)
    for (const one of all) {
      await town.live(one)
      if (town.faults.length > 0) {
        town.faults.push(`after ${JSON.stringify(all.slice(0, all.indexOf(one) + 1))}`)
        break
      }
    }
    await town.doors()
    return town
  } finally {
    await server.close()
  }
}

import { getTableColumns, getTableName, is } from 'drizzle-orm'
import { getTableConfig, SQLiteTable } from 'drizzle-orm/sqlite-core'
import { expect, vi } from 'vitest'
import { journeySchema } from '../../../shared/journey/graph.ts'
import * as tables from '../../store/sqlite/tables.ts'
import { formOf, publishJourney, startAt, type TestApp } from './harness.ts'

const dayMs = 86_400_000
const word = (en: string) => ({ en, 'zh-CN': en })

/** A column whose values mean something to those who read them. */
export interface Column {
  readonly table: string
  /** The columns by which its rows are known. */
  readonly key: readonly string[]
  readonly name: string
  readonly type: 'text' | 'integer'
}

/** All columns of the schema that are no part of a row's key: a new table is among them by itself. */
export function damageable(): Column[] {
  return Object.values(tables)
    .filter((table) => is(table, SQLiteTable))
    .flatMap((table) => {
      const columns = Object.values(getTableColumns(table))
      const composed = getTableConfig(table).primaryKeys.flatMap((one) => one.columns.map(({ name }) => name))
      const key = [...columns.filter(({ primary }) => primary).map(({ name }) => name), ...composed]
      return columns
        .filter(({ name }) => !key.includes(name))
        .map(({ name, columnType }) => ({
          table: getTableName(table),
          key,
          name,
          type: columnType === 'SQLiteInteger' ? 'integer' : 'text',
        }))
    })
}

/** Columns of JSON, by table. */
const json: Readonly<Record<string, readonly string[]>> = {
  meta: ['value'],
  customers: ['attributes'],
  audiences: ['name', 'condition'],
  journeys: ['name', 'draft', 'breaker'],
  versions: ['graph', 'transitions'],
  triggers: ['anchor'],
  moves: ['plan', 'cursor'],
  enrollments: ['entry', 'data'],
  traces: ['reason'],
  asks: ['request', 'reply'],
  planned_events: ['properties'],
  imports: ['report'],
  audit: ['detail'],
  events: ['properties'],
  coupons: ['name'],
  early_receipts: ['properties'],
}
export const isJson = ({ table, name }: Column): boolean => json[table]?.includes(name) ?? false

/** What may stand in a column that an older release, another program or a hand has written. */
export const damages = {
  'not JSON': '{"a":',
  'the wrong shape': '{"a":[1,{"b":null}],"of":7}',
  'a list': '[1,2]',
  'nested deep': `${'{"of":'.repeat(1500)}1${'}'.repeat(1500)}`,
  'nested less deep': `${'['.repeat(300)}${']'.repeat(300)}`,
  'a huge number': 4_611_686_018_427_387_904n,
  'an order number': 9_000_000_000_000_000,
  null: null,
  empty: '',
  blob: Buffer.from([0xff, 0, 0xfe, 0x7b]),
  'half a character': '"\\ud800"',
} as const satisfies Record<string, unknown>

/** An audience that a journey fills, a branch that asks for an audience, a coupon. */
function fillingJourney() {
  return journeySchema.parse({
    format: 1,
    id: 'filling',
    name: word('Filling'),
    nodes: {
      told: { type: 'event', name: word('Told'), config: { filter: { event: 'visited', where: [] } } },
      ask: {
        type: 'branch',
        name: word('Ask'),
        config: {
          branches: [{ id: 'gold', name: word('Gold'), when: { kind: 'audience', audience: 'gold' } }],
        },
      },
      keep: { type: 'save_audience', name: word('Keep'), config: { audience: 'kept', name: word('Kept') } },
      rest: {
        type: 'wait',
        name: word('Rest'),
        config: { until: { kind: 'duration', span: { amount: 1, unit: 'day' } } },
      },
      end: { type: 'exit', name: word('End'), config: {} },
    },
    edges: {
      told: { entered: 'ask' },
      ask: { gold: 'keep', otherwise: 'rest' },
      keep: { done: 'rest' },
      rest: { done: 'end' },
    },
  })
}

const event = (customerId: string, name: string, id: string, amount: number | null = null) => ({
  customerId,
  event: { id, name, at: startAt, amount, properties: { page: 'home' } },
})

async function imported(server: TestApp, kind: string, text: string): Promise<void> {
  const mapping = JSON.stringify({ id: 'customer_id', name: 'name', tier: 'attribute' })
  const { payload, headers } = formOf(text, { kind, mapping })
  const { status, body } = await server.ask<{ id: string }>('POST', '/imports', payload, headers)
  expect(status).toBe(202)
  const state = async () => (await server.ask<{ state: string }>('GET', `/imports/${body.id}`)).body.state
  await vi.waitFor(async () => expect(await state()).not.toBe('running'), { timeout: 60_000, interval: 20 })
}

/** Brings rows into as many tables as a short life does. */
export async function liveThrough(server: TestApp): Promise<void> {
  for (const tier of ['gold', 'silver'])
    await server.ask('POST', '/audiences', {
      key: tier,
      name: word(tier),
      condition: { kind: 'attribute', name: 'tier', op: 'eq', value: tier },
    })
  await server.ask('POST', '/journeys', { name: word('Draft') })
  await imported(server, 'customers', 'id,name,tier\nm7,Seven,gold\n')
  await imported(server, 'customers', 'id,name,tier\nm8,Eight,silver\n')
  await publishJourney(server)
  await publishJourney(server, fillingJourney())
  await server.own.ingest([
    event('m1', 'visited', 'v1'),
    event('m3', 'visited', 'v2'),
    event('m2', 'order', 'n1', 900),
  ])
  await server.ask('POST', '/clock/advance', { to: startAt + 6 * dayMs })
  await server.own.ingest([event('m4', 'visited', 'v3'), event('m1', 'order', 'n2', 900)])
  await server.ask('POST', '/blacklist', {
    entries: [{ kind: 'phone', address: '19900000005', reason: 'asked' }],
  })
}

/** Rows that a short life does not bring, two of each, so that one of them can be damaged. */
export function fillTheRest({ db: { sqlite } }: TestApp): void {
  const at = startAt
  for (const n of [1, 2]) {
    const c = `m${n}`
    const { id } = sqlite
      .prepare<[string], { id: number }>('select id from enrollments where customer_id = ? limit 1')
      .get(c) ?? { id: n }
    const seq =
      sqlite.prepare<[string], { seq: number }>('select seq from events where customer_id = ?').get(c)?.seq ??
      n
    const insert = (table: string, row: Readonly<Record<string, string | number | null>>) =>
      sqlite
        .prepare(
          `insert or ignore into ${table} (${Object.keys(row).join(', ')})
           values (${Object.keys(row)
             .map(() => '?')
             .join(', ')})`,
        )
        .run(...Object.values(row))
    insert('tags', { customer_id: c, tag: 'vip', at })
    insert('coupons', {
      ...{ code: `C${n}`, enrollment_id: id, node: 'greet', customer_id: c, journey_id: 'gift' },
      ...{ value: 500, min_spend: 0, name: '{"en":"Five"}', issued_at: at, expires_at: at + dayMs },
    })
    insert('asks', {
      ...{ enrollment_id: id, node: 'greet', visit: 9, request: '{"kind":"model"}', reply: null },
      ...{ due_at: at + n * 100 * dayMs, created_at: at },
    })
    insert('goal_hits', {
      ...{ enrollment_id: id, goal: 'bought', journey_id: 'gift', version: 1, control: 0 },
      ...{ customer_id: c, event_name: 'order', event_id: `n${n}`, at, value: 900 },
    })
    insert('moves', {
      ...{ id: n, journey_id: n === 1 ? 'gift' : 'filling', to_version: 1, planned_at: at, words_due: 1 },
      ...{ plan: '{"fates":{"2":"move"},"mapping":{},"reworded":{}}', cursor: '["",""]' },
    })
    insert('planned_events', {
      id: `p${n}`,
      customer_id: c,
      name: 'visited',
      at: at + 5 * dayMs,
      properties: '{}',
    })
    insert('doubtful_replies', {
      ...{
        kind: 'phone',
        address: `1990000000${n}`,
        channel: 'sms',
        customer_id: c,
        text: '?',
        pattern: 'question',
        at,
      },
    })
    insert('early_receipts', {
      ...{ name: 'message_delivered', id: `e${n}`, provider_id: `p${n}`, channel: 'sms', customer_id: c, at },
      ...{ properties: '{}', received_at: at },
    })
    insert('failed_entries', {
      ...{
        journey_id: 'filling',
        node: 'told',
        event_seq: seq,
        customer_id: c,
        attempts: 1,
        error: 'x',
        due_at: at + 100 * dayMs,
      },
    })
  }
}

/** Two plain rows for each table that is still empty, such as one that has come new. */
export function fillTheEmpty({ db: { sqlite } }: TestApp): void {
  for (const table of Object.values(tables).filter((one) => is(one, SQLiteTable))) {
    const name = getTableName(table)
    const count = sqlite.prepare<[], number>(`select count(*) from "${name}"`).pluck().get() ?? 0
    const columns = Object.values(getTableColumns(table)).filter((one) => one.notNull || one.primary)
    for (const row of count === 0 ? ['m1', 'm2'] : []) {
      const values = columns.map(({ columnType }) => (columnType === 'SQLiteInteger' ? startAt : row))
      sqlite
        .prepare(
          `insert or ignore into "${name}" (${columns.map((one) => `"${one.name}"`).join(', ')})
           values (${columns.map(() => '?').join(', ')})`,
        )
        .run(...values)
    }
  }
}

import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { readReply } from '../../../../shared/message/opt-out.ts'
import type { ClosedWhy } from '../../../../shared/message/standing.ts'
import { type BrandDatabase, openDatabase } from '../database.ts'
import { ingester } from '../events/ingest.ts'
import { addressReporter } from '../messages/address-reports.ts'
import { addressCloser, addressOpener, unsubscriber } from './closing.ts'
import { consentKeeper } from './consents.ts'
import { listDoubts } from './doubts.ts'
import { refusalKeeper } from './refusals.ts'

const phone = '13800000001'
const place = { kind: 'phone', address: phone, channel: 'sms' } as const
const now = 10_000
const doubtful = '我想退订，请问怎么弄'

let db: BrandDatabase
const fresh = () => {
  db = openDatabase(':memory:', { durability: 'off' })
  db.sqlite.exec(`insert into customers (id, shard, phone, updated_at) values ('c1', 0, '${phone}', 0);
    insert into addresses (customer_id, kind, address, added_at, source) values ('c1', 'phone', '13900000009', 1, 'person')`)
}
beforeEach(fresh)
afterEach(() => db.close())

const heard = (name: string, at: number, properties: Record<string, string>) =>
  ingester(db)(
    [
      {
        id: `${name}-${at}-${properties.text ?? properties.failure ?? ''}`,
        customerId: 'c1',
        name,
        at,
        amount: null,
        properties: { channel: 'sms', from: phone, ...properties },
      },
    ],
    now,
  )
const consents = (consent: boolean, at: number) =>
  consentKeeper(db)({ ...place, consent, source: 'file', proof: null, given: at, heard: now })
const refuses = (why: 'opted_out' | 'hard_bounce', at: number) =>
  refusalKeeper(db)([{ ...place, why, at }], { heard: now })

/** Every door by which something is said of an address, with the time at which it was said. */
const doors = {
  'a hard bounce': (at) => heard('message_failed', at, { failure: 'hard_bounce' }),
  'an invalid number': (at) => heard('message_failed', at, { failure: 'invalid' }),
  'a phone that is off': (at) => heard('message_failed', at, { failure: 'soft_bounce' }),
  'a complaint': (at) => heard('message_complained', at, {}),
  'a block': (at) => heard('message_blocked', at, {}),
  'an unsubscription': (at) => heard('message_unsubscribed', at, {}),
  STOP: (at) => heard('message_replied', at, { text: 'STOP' }),
  START: (at) => heard('message_replied', at, { text: 'START' }),
  'a doubtful reply': (at) => heard('message_replied', at, { text: doubtful }),
  'a hook of a number that is not told whose it is': (at) =>
    db.sqlite
      .transaction(() =>
        addressReporter(db)({
          name: 'message_failed',
          channel: 'sms',
          address: phone,
          customerId: null,
          text: 'gone',
          failure: 'hard_bounce',
          at,
        }),
      )
      .immediate(),
  'a file that says yes': (at) => consents(true, at),
  'a file that says no': (at) => consents(false, at),
  'a file of opt-outs': (at) => refuses('opted_out', at),
  'a file of dead numbers': (at) => refuses('hard_bounce', at),
  'a link': (at) =>
    unsubscriber(db)({ customerId: 'c1', channel: 'sms', at, source: 'link', address: phone }),
  'a person who closes it': (at) =>
    addressCloser(db)({ ...place, why: 'opted_out', at, source: 'person', by: 'p' }),
  'a person who opens it': (at) => addressOpener(db)(place, { at, by: 'p' }),
} as const satisfies Record<string, (at: number) => unknown>
type Door = keyof typeof doors
const names = Object.keys(doors) as Door[]

/** All that pages and gates see of the address. */
function seen() {
  const all = (sql: string) => db.sqlite.prepare(sql).all()
  return {
    standing: all(
      `select channel, closed_why, closed_at, consent, consent_at, held_at from address_states where address = '${phone}' order by 1`,
    ),
    used: all('select phone from customers'),
    asked: listDoubts(db, 10).open.map(({ text, at }) => [text, at]),
  }
}

type Said = readonly [door: Door, at: number]
function play(said: readonly Said[]) {
  db.close()
  fresh()
  for (const [door, at] of said) doors[door](at)
  return seen()
}

function ordersOf<T>(all: readonly T[]): T[][] {
  if (all.length < 2) return [[...all]]
  return all.flatMap((one, index) => ordersOf(all.toSpliced(index, 1)).map((rest) => [one, ...rest]))
}

const closure = () =>
  db.sqlite
    .prepare<[], ClosedWhy | null>("select closed_why from address_states where channel = 'sms'")
    .pluck()
    .get()

describe('what is said of one address', () => {
  test('a hard bounce stays, though STOP stood above it and was taken back by START', () => {
    const said: Said[] = [
      ['a hard bounce', 100],
      ['STOP', 200],
      ['START', 300],
    ]
    const [first] = ordersOf(said)
    const expected = play(first ?? [])
    expect(closure()).toBe('hard_bounce')
    for (const order of ordersOf(said)) expect(play(order), order.join()).toEqual(expected)
  })

  test.each([
    [['START', 300], ['STOP', 200], 'open'],
    [['a file that says yes', 300], ['STOP', 200], 'open'],
    [['a file that says yes', 300], ['a link', 200], 'open'],
    [['a file that says yes', 300], ['a file of opt-outs', 200], 'open'],
    [['START', 200], ['STOP', 300], 'opted_out'],
    [['START', 200], ['STOP', 200], 'opted_out'],
    [['a file that says yes', 300], ['a complaint', 200], 'complaint'],
    [['a person who opens it', 300], ['a hard bounce', 200], 'hard_bounce'],
  ] as const)('%j and %j, in either order: %s', (one, other, expected) => {
    play([one, other])
    const found = closure() ?? 'open'
    const opensLater = one[0] === 'a person who opens it'
    // Nobody opens what is not closed: that word is then none.
    expect(found).toBe(expected)
    play([other, one])
    expect(closure() ?? 'open').toBe(opensLater ? 'open' : expected)
  })

  test('what a person has opened, a report of before does not close again', () => {
    play([
      ['STOP', 100],
      ['a person who opens it', 300],
      ['a hard bounce', 200],
    ])
    expect(closure()).toBeNull()
    doors['a hard bounce'](400)
    expect(closure()).toBe('hard_bounce')
  })

  test('by a clock that stands still it is closed, opened and closed again', () => {
    play([
      ['a person who closes it', 100],
      ['a person who opens it', 100],
    ])
    expect(closure()).toBeNull()
    doors['a person who closes it'](100)
    expect(closure()).toBe('opted_out')
  })

  test('a doubtful reply waits for a person while nothing later answers it', () => {
    expect(readReply(doubtful, '').kind).toBe('doubtful')
    expect(play([['a doubtful reply', 200]]).asked).toEqual([[doubtful, 200]])
    expect(
      play([
        ['a doubtful reply', 200],
        ['START', 300],
      ]).asked,
    ).toEqual([])
    expect(
      play([
        ['START', 300],
        ['a doubtful reply', 200],
      ]).asked,
    ).toEqual([])
    expect(
      play([
        ['a doubtful reply', 200],
        ['STOP', 300],
      ]).asked,
    ).toEqual([])
    expect(
      play([
        ['STOP', 300],
        ['a doubtful reply', 200],
      ]).asked,
    ).toEqual([])
    expect(
      play([
        ['START', 100],
        ['a doubtful reply', 200],
      ]).asked,
    ).toEqual([[doubtful, 200]])
  })

  test('comes to the same by every door, in whichever order and however often it comes in', () => {
    // A person opens what is closed by then, so that word has its place in time.
    const telling = names.filter((name) => name !== 'a person who opens it')
    fc.assert(
      fc.property(
        fc
          .uniqueArray(
            fc.record({ door: fc.constantFrom(...telling), at: fc.integer({ min: 100, max: 130 }) }),
            {
              minLength: 2,
              maxLength: 6,
              selector: ({ at }) => at,
            },
          )
          .map((all) => all.map(({ door, at }): Said => [door, at]))
          .chain((all) =>
            fc.tuple(
              fc.constant(all),
              fc.shuffledSubarray(all, { minLength: all.length }),
              fc.shuffledSubarray(all),
            ),
          ),
        ([all, shuffled, again]) => {
          const expected = play([...all].sort((a, b) => a[1] - b[1]))
          expect(play([...shuffled, ...again])).toEqual(expected)
        },
      ),
      { numRuns: 250 },
    )
  })
})

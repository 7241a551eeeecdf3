import { describe, expect, test } from 'vitest'
import { brandSchema } from '../../shared/journey/brand.ts'
import { importOrigin } from '../../shared/origins/kinds.ts'
import { scratchBase } from '../brand/scratch-base.ts'
import { rehearse } from '../rehearsal/index.ts'
import { addressCloser, unsubscriber } from '../store/sqlite/customers/closing.ts'
import { customerSaver } from '../store/sqlite/customers/customers.ts'
import { decideDoubt, listDoubts } from '../store/sqlite/customers/doubts.ts'
import { customersReader } from '../store/sqlite/customers/facts.ts'
import { rehearsalPorts } from '../store/sqlite/rehearsal.ts'
import { fakeChannel } from '../testing/fake-channel.ts'
import { drive, type JourneyDriver } from '../testing/journey-driver.ts'
import { by, type Sketch } from '../testing/sketch.ts'

const aFile = importOrigin('customers.csv', '')

const phone = '13800000001'
const hello: Sketch = {
  nodes: { hand: by.hand(), hello: by.sms('您好'), done: by.exit() },
  flow: ['hand -> hello', 'hello -> done'],
}
const other: Sketch = { ...hello, id: 'other' }
/** Two records with one phone, and somebody else. */
const twins = (options: Parameters<typeof drive>[0] = {}) =>
  drive(options).member('甲', { phone }).member('甲二', { phone }).members('乙')
const customer = ({ db }: JourneyDriver, id: string) => customersReader(db.sqlite)([id]).get(id)
const oneADay = { caps: [{ channel: null, messages: 1, days: 1 }] }

describe('two records with one phone are one phone', () => {
  test('they get one message of a node, and the other record’s is a double', () =>
    twins()
      .publish(hello)
      .enter('甲', '甲二', '乙')
      .expectSent('hello', '甲', '乙')
      .expectLeft('甲二', 'hello', 'not_sent', { gate: 'double' })
      .run())

  test('in batches of their own too, and in the hours after', () =>
    twins({ batchSize: 1 })
      .publish(hello)
      .enter('甲', '甲二')
      .expectSent('hello', '甲')
      .expectLeft('甲二', 'hello', 'not_sent', { gate: 'double' })
      .run())

  test('days later it is no double, but a message of its own', () =>
    twins()
      .publish(hello)
      .enter('甲')
      .advance('2 days')
      .enter('甲二')
      .expectSent('hello', '甲', '甲二')
      .run())

  test('each other journey’s message is counted by the caps of both', () =>
    twins({ brand: oneADay })
      .publish(other)
      .enter('甲')
      .publish(hello)
      .enter('甲二', '乙')
      .expectSent('hello', '乙')
      .expectLeft('甲二', 'hello', 'not_sent', { gate: 'cap' })
      .run())

  test('two journeys due at one moment count towards each other, by one record or by two', () => {
    const rest = (id: string): Sketch => ({
      id,
      nodes: { hand: by.hand(), rest: by.rest('1 day'), hello: by.sms('您好'), done: by.exit() },
      flow: ['hand -> rest', 'rest -> hello', 'hello -> done'],
    })
    return twins({ brand: oneADay })
      .publish(rest('one'))
      .enter('甲', '乙')
      .publish(rest('two'))
      .enter('甲二', '乙')
      .advance('1 day')
      .do((story) =>
        expect(
          story.rows('select recipient, count(*) as n from messages group by recipient having n > 1'),
        ).toEqual([]),
      )
      .run()
  })

  test('what each one’s own order calls for goes to each', () =>
    twins()
      .publish({
        nodes: { bought: by.event('order'), sent: by.sms('已发货', { purpose: 'service' }), done: by.exit() },
        flow: ['bought -> sent', 'sent -> done'],
      })
      .event('甲', 'order', { id: 'o1' })
      .event('甲二', 'order', { id: 'o2' })
      .expectSent('sent', '甲', '甲二')
      .run())

  test('mailboxes are no different', () =>
    drive()
      .member('甲', { email: 'a@example.com' })
      .member('甲二', { email: 'a@example.com' })
      .publish({ ...hello, nodes: { ...hello.nodes, hello: by.email('您好') } })
      .enter('甲', '甲二')
      .expectSent('hello', '甲')
      .run())

  test('a rehearsal sends as many as the engine does', () =>
    twins({ brand: oneADay })
      .publish({
        nodes: {
          all: [
            'audience_at',
            {
              audience: { kind: 'attribute', name: 'phone', op: 'is_set' },
              at: { kind: 'date', date: '2027-03-02', time: '10:00' },
            },
          ],
          first: by.sms('一'),
          rest: by.rest('2 days'),
          second: by.sms('二'),
          done: by.exit(),
        },
        flow: ['all -> first', 'first -> rest', 'rest -> second', 'second -> done'],
      })
      .do(async ({ db, brand }) => {
        const row = db.sqlite.prepare<[], { draft: string }>('select draft from journeys').get()
        const report = await rehearse(rehearsalPorts(db, scratchBase(db)), {
          journey: JSON.parse(row?.draft ?? ''),
          start: brand.now(),
          until: null,
          assume: 'backtest',
          controlGroup: false,
          brand: brandSchema.parse(brand.brand()),
        })
        const first = report.nodes.first
        expect(first?.sent).toBe(2)
        expect(first?.suppressed).toEqual({ double: 1 })
        expect(report.nodes.second?.sent).toBe(2)
      })
      .advance('4 days')
      .expectSent('first', '甲', '乙')
      .expectSent('second', '甲', '乙')
      .run())
})

describe('an opt-out belongs to the address', () => {
  test('a TD stops marketing to every record that bears the phone', () =>
    twins()
      .publish(hello)
      .enter('甲')
      .reply('甲', 'TD谢谢')
      .publish(other)
      .enter('甲二', '乙')
      .do((story) => expect(customer(story, '甲二')?.unsubscribed).toEqual(['sms']))
      .expectLeft('甲二', 'hello', 'not_sent', { gate: 'unsubscribed' })
      .run())

  test('what is queued for the other record is taken back at once', () =>
    twins({ at: '2027-03-01T22:00:00+08:00', brand: { quietHours: null } })
      .do(({ db }) => unsubscriber(db)({ customerId: '甲', channel: 'sms', at: 1, source: 'link' }))
      .publish(hello)
      .enter('甲二')
      .expectLeft('甲二', 'hello', 'not_sent', { gate: 'unsubscribed' })
      .run())

  test('a record that brings the phone later inherits it, and a file’s yes opens nothing', () =>
    drive()
      .member('甲', { phone })
      .do(({ db, brand }) => {
        unsubscriber(db)({ customerId: '甲', channel: 'sms', at: brand.now(), source: 'reply' })
        const save = customerSaver(db)
        save([{ id: '新', phone, consentSms: true, attributes: {} }], brand.now() + 1000, aFile)
      })
      .do((story) => expect(customer(story, '新')).toMatchObject({ unsubscribed: ['sms'], consentSms: true }))
      .run())

  test('a consent that says itself that it came later opens it again', () =>
    drive()
      .member('甲', { phone })
      .do(({ db, brand }) => {
        const at = brand.now()
        unsubscriber(db)({ customerId: '甲', channel: 'sms', at, source: 'reply' })
        const yes = { phone, consentSms: true, attributes: {}, consentProof: 'form 7' }
        customerSaver(db)([{ id: '早', ...yes, consentSmsAt: at - 1 }], at + 5000, aFile)
        expect(customersReader(db.sqlite)(['甲']).get('甲')?.unsubscribed).toEqual(['sms'])
        customerSaver(db)([{ id: '晚', ...yes, consentSmsAt: at + 1 }], at + 5000, aFile)
      })
      .do((story) => expect(customer(story, '甲')?.unsubscribed).toEqual([]))
      .run())

  test('whoever opted out by the phone before is not written to by the next one', () =>
    drive()
      .member('甲', { phone })
      .do(({ db, brand }) => {
        unsubscriber(db)({ customerId: '甲', channel: 'sms', at: brand.now(), source: 'reply' })
        customerSaver(db)([{ id: '甲', phone: '13900000009', attributes: {} }], brand.now() + 1, aFile)
      })
      .publish(hello)
      .enter('甲')
      .expectLeft('甲', 'hello', 'not_sent', { gate: 'unsubscribed' })
      .run())

  test('of two records with one phone a refusal of consent stands', () =>
    drive()
      .do(({ db, brand }) => {
        const save = customerSaver(db)
        const at = brand.now()
        save(
          [
            { id: '一', phone, consentSms: true, attributes: {} },
            { id: '二', phone, consentSms: false, attributes: {} },
          ],
          at,
          aFile,
        )
      })
      .do((story) =>
        expect(['一', '二'].map((id) => customer(story, id)?.consentSms)).toEqual([false, false]),
      )
      .run())
})

describe('a reply that may be an opt-out', () => {
  const doubtful = () => twins().publish(hello).enter('甲').reply('甲', '怎么退订')

  test('holds further marketing to the address, and waits for a person', () =>
    doubtful()
      .publish(other)
      .enter('甲二')
      .expectLeft('甲二', 'hello', 'not_sent', { gate: 'doubtful' })
      .do(({ db }) =>
        expect(listDoubts(db, 10).open).toMatchObject([
          { address: phone, text: '怎么退订', customerId: '甲' },
        ]),
      )
      .run())

  test.each([
    ['opt_out', ['sms']],
    ['no_opt_out', []],
  ] as const)('%s settles it', (decision, unsubscribed) =>
    doubtful()
      .do(({ db }) => decideDoubt(db, listDoubts(db, 1).open[0]?.id ?? 0, decision, { at: 5, by: '王' }))
      .do((story) => {
        expect(listDoubts(story.db, 10)).toMatchObject({ open: [], total: 0 })
        expect(customer(story, '甲二')).toMatchObject({ unsubscribed })
        expect(customer(story, '甲二')?.closed).toEqual(decision === 'opt_out' ? { sms: 'opted_out' } : {})
      })
      .run(),
  )

  test('a question about goods holds nothing', () =>
    twins()
      .publish(hello)
      .enter('甲')
      .reply('甲', 'T恤有货吗')
      .do((story) => expect(customer(story, '甲')?.closed).toEqual({}))
      .run())
})

describe('what a channel reports of an address', () => {
  const told = (event: string, properties: Record<string, string>) =>
    twins()
      .publish(hello)
      .enter('甲')
      .event('甲', event, { properties: { message_id: '1', ...properties } })

  test.each([
    ['message_complained', {}, 'complaint'],
    ['message_blocked', {}, 'block'],
    ['message_failed', { failure: 'hard_bounce' }, 'hard_bounce'],
    ['message_failed', { failure: 'invalid' }, 'invalid'],
    ['message_unsubscribed', {}, 'opted_out'],
  ])('%s %j closes the channel for it: %s', (event, properties, why) =>
    told(event, properties)
      .do((story) => expect(customer(story, '甲二')?.closed).toEqual({ sms: why }))
      .run(),
  )

  test.each([[{}], [{ failure: 'soft_bounce' }]])(
    'a failure that is not the address’s closes nothing: %j',
    (properties) =>
      told('message_failed', properties)
        .do((story) => expect(customer(story, '甲')?.closed).toEqual({}))
        .run(),
  )

  test('a closed address gets no service messages either, an opted-out one does', () => {
    const service = { ...other, nodes: { ...hello.nodes, hello: by.sms('已发货', { purpose: 'service' }) } }
    return twins()
      .do(({ db }) => unsubscriber(db)({ customerId: '乙', channel: 'sms', at: 1, source: 'reply' }))
      .publish(hello)
      .enter('甲')
      .event('甲', 'message_complained', { properties: { message_id: '1' } })
      .publish(service)
      .enter('甲二', '乙')
      .expectSent('hello', '乙')
      .expectLeft('甲二', 'hello', 'not_sent', { gate: 'closed', why: 'complaint' })
      .run()
  })

  test('a dead address gives way to another that the customer has', () =>
    drive()
      .member('甲', { phone })
      .do(({ db }) => {
        db.sqlite
          .prepare(
            `insert into addresses (customer_id, kind, address, added_at, source) values ('甲', 'phone', '13900000009', 1, 'person')`,
          )
          .run()
        addressCloser(db)({
          kind: 'phone',
          address: phone,
          channel: 'sms',
          why: 'invalid',
          at: 2,
          source: 'report',
        })
      })
      .do((story) => expect(customer(story, '甲')).toMatchObject({ phone: '13900000009', closed: {} }))
      .run())
})

describe('an opt-out by a number that the customer has given up', () => {
  const moved = (daysAfter: number | null) =>
    drive()
      .member('甲', { phone })
      .do(({ db, brand }) =>
        addressCloser(db)({
          kind: 'phone',
          address: phone,
          channel: 'sms',
          why: 'opted_out',
          at: brand.now(),
          source: 'reply',
        }),
      )
      .advance('2 days')
      .do(({ db, brand }) => {
        const patch = { id: '甲', phone: '13900000009', consentSms: true, attributes: {} }
        const given = daysAfter === null ? {} : { consentSmsAt: brand.now() + (daysAfter - 2) * 86_400_000 }
        customerSaver(db)([{ ...patch, ...given }], brand.now(), aFile)
      })

  test('holds for the new one, of which a file says yes without saying since when', () =>
    moved(null)
      .do((story) => expect(customer(story, '甲')?.closed).toEqual({ sms: 'opted_out' }))
      .run())

  test('ends with a yes that was given later with the new one, and with no earlier one', async () => {
    await moved(1)
      .do((story) => expect(customer(story, '甲')?.closed).toEqual({}))
      .run()
    await moved(-1)
      .do((story) => expect(customer(story, '甲')?.closed).toEqual({ sms: 'opted_out' }))
      .run()
  })
})

describe('asked again when it is handed over', () => {
  test('a number that has another in its place by now gets nothing', () => {
    const sms = fakeChannel('sms', [{ kind: 'retry', code: 'busy', detail: 'later', afterMs: null }])
    return drive({ channels: () => new Map([['sms', sms]]) })
      .member('甲', { phone })
      .publish(hello)
      .enter('甲')
      .do(({ db, brand }) => {
        customerSaver(db)([{ id: '甲', phone: '13900000009', attributes: {} }], brand.now(), aFile)
      })
      .advance('1 hour')
      .expectMessages('hello', 'held')
      .do(() => expect(sms.handed).toHaveLength(1))
      .run()
  })

  test('an address that was closed for another record holds what is queued for this one', () =>
    twins({ at: '2027-03-01T22:00:00+08:00' })
      .publish({ ...hello, nodes: { ...hello.nodes, hello: by.sms('您好', { quiet: 'defer' }) } })
      .enter('甲二')
      .do(({ db }) =>
        addressCloser(db)({
          kind: 'phone',
          address: phone,
          channel: 'sms',
          why: 'block',
          at: 2,
          source: 'report',
        }),
      )
      .advance('1 day')
      .expectLeft('甲二', 'hello', 'not_sent', { gate: 'closed' })
      .run())
})

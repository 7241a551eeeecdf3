import { describe, test } from 'vitest'
import { drive } from '../testing/journey-driver.ts'
import { by, type Sketch } from '../testing/sketch.ts'

const placed = (id: string) => ['order_placed', { properties: { order_id: id } }] as const
const shipped = (id: string) => ['order_shipped', { properties: { order_id: id } }] as const

/** Told of a parcel, once for each order. */
const parcel = (wait: Record<string, unknown> = {}, more: Partial<Sketch> = {}): Sketch => ({
  settings: { reentry: { kind: 'keyed', property: 'order_id' } },
  variables: ['entry.order_id'],
  nodes: {
    placed: by.event('order_placed'),
    shipped: by.until('order_shipped', '5 days', wait),
    told: by.sms('订单 {{ entry.order_id }} 已发货'),
    sorry: by.sms('订单 {{ entry.order_id }} 还没发货'),
    done: by.exit(),
  },
  flow: [
    'placed -> shipped',
    'shipped.happened -> told',
    'shipped.timeout -> sorry',
    'told -> done',
    'sorry -> done',
  ],
  ...more,
})

describe('passages told apart by a property hear of their own only (rule 4)', () => {
  test('rule 4: keyed by order, the parcel of one order ends the wait of that order', () =>
    drive()
      .publish(parcel())
      .events('王芳', placed('A1'), placed('A2'))
      .events('王芳', shipped('A1'))
      .advance('6 days')
      .expectText('told', '【小铺】订单 A1 已发货拒收请回复R')
      .expectText('sorry', '【小铺】订单 A2 还没发货拒收请回复R')
      .run())

  test('rule 4: keyed by order, another order’s parcel is heard of where the marketer says so', () =>
    drive()
      .publish(parcel({ bound: false }))
      .events('王芳', placed('A1'), placed('A2'))
      .events('王芳', shipped('A1'))
      .expectSent('told', '王芳', '王芳')
      .run())

  test('rule 4: a filter may name the entry’s property itself', () => {
    const where = [{ property: 'order_id', op: 'eq', value: { entry: 'order_id' } }]
    return drive()
      .publish(parcel({ bound: false, filter: { event: 'order_shipped', where } }))
      .events('王芳', placed('A1'), placed('A2'))
      .events('王芳', shipped('A2'))
      .expectText('told', '【小铺】订单 A2 已发货拒收请回复R')
      .run()
  })

  test('an event without the property speaks of the customer, and every passage hears of it', () =>
    drive()
      .publish(parcel())
      .events('王芳', placed('A1'), placed('A2'))
      .event('王芳', 'order_shipped')
      .expectSent('told', '王芳', '王芳')
      .run())

  test('an exit rule and a goal too', () => {
    const drawn = parcel()
    const bought = by.goal('order_shipped')
    return drive()
      .publish({
        ...drawn,
        settings: { ...drawn.settings, exitWhen: [{ event: 'order_cancelled' }] },
        nodes: { ...drawn.nodes, bought },
      })
      .events('王芳', placed('A1'), placed('A2'))
      .event('王芳', 'order_cancelled', { properties: { order_id: 'A2' } })
      .expectWaitingAt('shipped', '王芳')
      .events('王芳', shipped('A1'))
      .expectEnded('王芳', 'done', 'exit_rule')
      .expectFigure('bought', 'out:reached', 1)
      .run()
  })
})

/** A message, and another for whoever opened it. */
const follow = (id: string, wait: Record<string, unknown> = {}): Sketch => ({
  id,
  nodes: {
    hand: by.hand(),
    first: by.sms(id),
    opened: by.until('message_clicked', '1 day', wait),
    thanks: by.sms('谢谢'),
    done: by.exit(),
  },
  flow: [
    'hand -> first',
    'first -> opened',
    'opened.happened -> thanks',
    'opened.timeout -> done',
    'thanks -> done',
  ],
})

describe('a report is of the message that it names (rule 5)', () => {
  const clicked = (message_id: string) => ({ properties: { message_id } })

  test('rule 5: a wait for a receipt is not ended by another journey’s message', () =>
    drive()
      .publish(follow('one'))
      .enter('王芳')
      .publish(follow('two'))
      .enter('王芳')
      .event('王芳', 'message_clicked', clicked('1'))
      .expectNotSent('thanks')
      .event('王芳', 'message_clicked', clicked('2'))
      .expectSent('thanks', '王芳')
      .run())

  test('nor does one of another node, where the wait names one', () => {
    const drawn = follow('one', { message: 'second' })
    return drive()
      .publish({
        ...drawn,
        nodes: { ...drawn.nodes, second: by.sms('二') },
        flow: [
          ...drawn.flow.filter((line) => line !== 'first -> opened'),
          'first -> second',
          'second -> opened',
        ],
      })
      .enter('王芳')
      .event('王芳', 'message_clicked', clicked('1'))
      .expectNotSent('thanks')
      .event('王芳', 'message_clicked', clicked('2'))
      .expectSent('thanks', '王芳')
      .run()
  })

  test('one without any id is of the last message that went to the customer', () =>
    drive()
      .publish(follow('one', { filter: { event: 'message_replied', where: [] } }))
      .enter('王芳')
      .reply('王芳', '好的')
      .expectSent('thanks', '王芳')
      .run())

  test('rule 8: a receipt in whole seconds belongs to the second of its message', () =>
    drive({ at: '2027-03-01T10:00:00.700+08:00' })
      .publish(follow('one'))
      .enter('王芳')
      .do(({ brand }) =>
        brand.ingest([
          {
            customerId: '王芳',
            event: {
              id: 'c',
              name: 'message_clicked',
              at: Date.parse('2027-03-01T10:00:00+08:00'),
              amount: null,
              properties: { message_id: '1' },
            },
          },
        ]),
      )
      .expectSent('thanks', '王芳')
      .run())
})

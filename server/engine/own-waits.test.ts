import { describe, test } from 'vitest'
import { drive } from '../testing/journey-driver.ts'
import { by } from '../testing/sketch.ts'

/** A Wednesday, at ten in the morning. */
const at = '2026-08-05T10:00:00+08:00'

const waiting = (config: Record<string, unknown>, settings = {}) => ({
  settings,
  nodes: {
    hand: by.hand(),
    rest: ['wait', config] as const,
    note: by.sms('到了'),
    done: by.exit(),
  },
  flow: ['hand -> rest', 'rest.done -> note', 'note -> done'],
})
const withLate = (config: Record<string, unknown>) => {
  const drawn = waiting(config)
  const nodes = { ...drawn.nodes, late: by.sms('晚了') }
  return { ...drawn, nodes, flow: [...drawn.flow, 'rest.late -> late', 'late -> done'] }
}

const evening = { until: { kind: 'weekday', days: 'weekday', from: '18:00', to: '20:00' } }

describe('rule 5: somebody who waits for hours of the week', () => {
  test('goes on when they begin, and not before', () =>
    drive({ at })
      .publish(waiting(evening))
      .enter('王芳')
      .advance('7 hours')
      .expectNotSent('note')
      .advance('1 hour')
      .expectSent('note', '王芳')
      .run())

  test('by the clock of where the customer lives', () =>
    drive({ at })
      .member('Ann', { timezone: 'America/New_York' })
      .publish(waiting(evening))
      .enter('Ann', '王芳')
      .advance('8 hours')
      .expectSent('note', '王芳')
      .advance('12 hours')
      .expectSent('note', '王芳', 'Ann')
      .run())

  test('rule 7: whoever was held by a pause over the hours waits for the next, and is not written to at night', () =>
    drive({ at })
      .publish(waiting(evening))
      .enter('王芳')
      .pause()
      .advance('14 hours')
      .resume()
      .expectNotSent('note')
      .advance('18 hours')
      .expectSent('note', '王芳')
      .run())
})

describe('rule 5: somebody who waits for a date of their own', () => {
  const ahead = (more: Record<string, unknown> = {}) => ({
    until: { kind: 'customer_date', attribute: 'birthday', days: -3, time: '10:00' },
    ...more,
  })

  test('goes on three days before it', () =>
    drive({ at })
      .member('王芳', { birthday: '1990-08-19' })
      .publish(waiting(ahead()))
      .enter('王芳')
      .advance('10 days')
      .expectNotSent('note')
      .advance('1 day')
      .expectSent('note', '王芳')
      .run())

  test('leaves where there is none, and is not written to', () =>
    drive({ at })
      .publish(waiting(ahead()))
      .enter('王芳')
      .advance('2 days')
      .expectNotSent('note')
      .expectEnded('王芳', 'no-date')
      .run())

  test('rule 7: whose three reminders have all gone by does not get them at once', () =>
    drive({ at })
      .member('王芳', { attributes: { expires: '2026-08-01' } })
      .publish({
        nodes: {
          hand: by.hand(),
          ...Object.fromEntries(
            [-30, -7, -1].flatMap((days, index) => [
              [
                `rest${index}`,
                [
                  'wait',
                  {
                    until: {
                      kind: 'customer_date',
                      attribute: 'expires',
                      days,
                      time: '10:00',
                      repeat: 'once',
                    },
                    late: 'skip',
                  },
                ],
              ],
              [`note${index}`, by.sms('快到期了')],
            ]),
          ),
          done: by.exit(),
        },
        flow: [
          'hand -> rest0',
          'rest0.done -> note0',
          'rest0.late -> rest1',
          'note0 -> rest1',
          'rest1.done -> note1',
          'rest1.late -> rest2',
          'note1 -> rest2',
          'rest2.done -> note2',
          'rest2.late -> done',
          'note2 -> done',
        ],
      })
      .enter('王芳')
      .advance('1 day')
      .expectNotSent('note0')
      .expectNotSent('note1')
      .expectNotSent('note2')
      .run())
})

describe('rule 7: late by more than', () => {
  const missed = withLate({
    until: { kind: 'duration', span: { amount: 1, unit: 'day' } },
    late: 'skip',
    lateBy: { amount: 2, unit: 'day' },
  })

  test('a pause shorter than that is no reason to skip', () =>
    drive({ at })
      .publish(missed)
      .enter('王芳')
      .pause()
      .advance('2 days')
      .resume()
      .expectSent('note', '王芳')
      .expectNotSent('late')
      .run())

  test('a longer one is', () =>
    drive({ at })
      .publish(missed)
      .enter('王芳')
      .pause()
      .advance('4 days')
      .resume()
      .expectSent('late', '王芳')
      .expectNotSent('note')
      .run())
})

describe('rule 5: somebody who waits for any of several events', () => {
  const several = (port: string | null) => ({
    nodes: {
      hand: by.hand(),
      hears: by.until('order', '2 days', { also: [{ filter: { event: 'cart', where: [] }, port }] }),
      bought: by.sms('谢谢'),
      ...(port === null ? {} : { carted: by.sms('要帮忙吗') }),
      silent: by.sms('还在吗'),
      done: by.exit(),
    },
    flow: [
      'hand -> hears',
      'hears.happened -> bought',
      ...(port === null ? [] : [`hears.${port} -> carted`, 'carted -> done']),
      'hears.timeout -> silent',
      'bought -> done',
      'silent -> done',
    ],
  })

  test('rule 5: whoever waits for any of several events goes on by the way of the one that comes first', () =>
    drive({ at })
      .publish(several('carted'))
      .enter('王芳', '李雷')
      .event('王芳', 'cart')
      .event('王芳', 'order')
      .event('李雷', 'order')
      .expectSent('carted', '王芳')
      .expectSent('bought', '李雷')
      .run())

  test('may go on by one way for all of them', () =>
    drive({ at })
      .publish(several(null))
      .enter('王芳')
      .event('王芳', 'cart')
      .expectSent('bought', '王芳')
      .run())

  test('is told apart from who did none of them', () =>
    drive({ at })
      .publish(several('carted'))
      .enter('王芳')
      .advance('2 days')
      .expectSent('silent', '王芳')
      .run())
})

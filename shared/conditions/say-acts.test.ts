import { describe, expect, test } from 'vitest'
import { endingReasons } from '../effects/index.ts'
import { gates } from '../message/gates.ts'
import { actEventNames } from './acts.ts'
import { sayCondition } from './say.ts'
import { actReasons } from './say-acts.ts'
import { conditionSchema } from './schema.ts'

const said = (given: object) => {
  const whole = 'kind' in given ? given : { kind: 'events', op: 'gte', value: 1, ...given }
  const condition = conditionSchema.parse(whole)
  return [sayCondition(condition, 'zh-CN', 'CNY'), sayCondition(condition, 'en', 'CNY')]
}
const week = { kind: 'last', span: { amount: 7, unit: 'day' } }
const of = (journey: string) => ({ property: 'journey_id', op: 'eq', value: journey })

describe('what journeys have done is said as people say it', () => {
  test('that it has happened, and that it has not', () => {
    const where = [of('七夕'), { property: 'channel', op: 'eq', value: 'sms' }]
    expect(said({ event: '$message_sent', where, window: week })).toEqual([
      '近 7 天收到过消息（旅程是七夕，渠道是短信）',
      'was sent a message (journey is 七夕, channel is SMS) in the last 7 days',
    ])
    expect(said({ event: '$message_sent', op: 'eq', value: 0 })).toEqual([
      '没有收到过消息',
      'was sent no message',
    ])
    expect(
      said({
        event: '$message_withheld',
        where: [{ property: 'reason', op: 'in', value: ['cap', 'render'] }],
      }),
    ).toEqual([
      '有消息被拦下（原因是其中之一：超过频次上限、内容缺变量）',
      'had a message withheld (reason is one of over the cap, text cannot be written)',
    ])
  })

  test('that somebody is in a journey, and since when', () => {
    expect(said({ event: '$journey_current', where: [of('七夕')] })).toEqual([
      '正在旅程中（旅程是七夕）',
      'is in a journey now (journey is 七夕)',
    ])
    expect(said({ event: '$journey_current', where: [of('七夕')], window: week })).toEqual([
      '正在旅程中（旅程是七夕），且近 7 天进入',
      'is in a journey now (journey is 七夕), entered in the last 7 days',
    ])
  })

  test('how often, and what follows it', () => {
    expect(said({ event: '$journey_entered', value: 3, window: week })).toEqual([
      '近 7 天进入旅程次数不少于 3',
      'journey entered in the last 7 days: count is at least 3',
    ])
    expect(
      said({
        ...{ kind: 'sequence', first: { event: '$message_sent' } },
        without: { event: 'order', within: { amount: 7, unit: 'day' } },
      }),
    ).toEqual(['至今收到消息，之后 7 天内没有下单', 'message sent ever, then no order within 7 days'])
  })

  test('every reason has words, and every such event a name', () => {
    expect([...gates, ...endingReasons].filter((reason) => !Object.hasOwn(actReasons, reason))).toEqual([])
    for (const event of actEventNames) expect(said({ event, value: 2 }).join()).not.toContain('$')
  })
})

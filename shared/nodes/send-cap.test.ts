import { describe, expect, test } from 'vitest'
import type { Brand } from '../journey/brand.ts'
import { decideWith, type Situation } from '../testing/deciding.ts'
import { sketchBrand } from '../testing/sketch.ts'
import { send } from './send.ts'
import type { Decision, Touch } from './type.ts'

const hour = 3_600_000
const day = 24 * hour
const noon = Date.parse('2026-08-05T12:00:00+08:00')
const aDay: Partial<Brand> = { quietHours: null, caps: [{ channel: null, messages: 2, days: 1 }] }
const ago = (hours: number, channel = 'sms'): Touch => ({ channel, at: noon - hours * hour })

function decide(
  overCap: { hours: number } | null,
  touches: readonly Touch[],
  more: Situation = {},
): Decision {
  const config = { channel: 'sms', text: { 'zh-CN': '您好' }, overCap }
  const arrivedAt = noon
  return decideWith(send, config, {
    now: noon,
    brand: sketchBrand(aDay),
    ...more,
    enrollment: { arrivedAt, ...more.enrollment },
    facts: { touches },
  })
}

describe('rule 12: over a cap', () => {
  test('a message is not sent, as every journey of before has it', () => {
    expect(decide(null, [ago(20), ago(3)])).toMatchObject({
      port: 'not_sent',
      reason: { code: 'suppressed', gate: 'cap' },
    })
  })

  test('a message that may wait does so until the first moment at which there is room', () => {
    expect(decide({ hours: 48 }, [ago(20), ago(3)])).toEqual({
      kind: 'wait',
      wait: { until: noon + 4 * hour, event: null, cause: 'cap' },
      reason: { code: 'deferred', gate: 'cap', until: noon + 4 * hour },
    })
  })

  test('what is already queued for a later hour takes its room too', () => {
    const queued = { channel: 'sms', at: noon + 2 * hour }
    expect(decide({ hours: 48 }, [ago(3), queued])).toMatchObject({ wait: { until: noon + 21 * hour } })
  })

  test('of several ceilings all must have room', () => {
    const caps = [...(aDay.caps ?? []), { channel: 'sms', messages: 3, days: 7 }]
    const brand = sketchBrand({ quietHours: null, caps })
    expect(decide({ hours: 200 }, [ago(30), ago(20), ago(3)], { brand })).toMatchObject({
      wait: { until: noon + 7 * day - 30 * hour },
    })
  })

  test('a message is not kept for room that comes after its patience is over', () => {
    expect(decide({ hours: 3 }, [ago(20), ago(3)])).toMatchObject({
      port: 'not_sent',
      reason: { gate: 'cap' },
    })
    expect(decide({ hours: 4 }, [ago(20), ago(3)])).toMatchObject({ kind: 'wait' })
  })

  test('its patience counts from when the customer came to it, however often others took the room', () => {
    const waited = { arrivedAt: noon - 47 * hour, wait: { until: noon, event: null, cause: 'cap' as const } }
    expect(decide({ hours: 48 }, [ago(20), ago(3)], { enrollment: waited })).toMatchObject({
      port: 'not_sent',
      reason: { gate: 'cap' },
    })
  })

  test('once there is room it leaves, and says what it had waited for', () => {
    const waited = { arrivedAt: noon - hour, wait: { until: noon, event: null, cause: 'cap' as const } }
    expect(decide({ hours: 48 }, [ago(3)], { enrollment: waited })).toMatchObject({
      port: 'sent',
      reason: { code: 'sent', waited: 'cap' },
    })
  })

  test('the longest passage that the check tells counts the wait', () => {
    const settings = send.config.parse({ channel: 'sms', text: { 'zh-CN': '您好' }, overCap: { hours: 5 } })
    const input = { enteredAt: 0, arrivedAt: 0, zone: 'Asia/Shanghai', anchor: null, fixedEntry: true }
    expect(send.passage?.(settings, { ...input, port: 'sent' })).toEqual([0, 5 * hour])
  })
})

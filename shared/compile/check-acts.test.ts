import { describe, expect, test } from 'vitest'
import { conditionSchema } from '../conditions/schema.ts'
import { registry } from '../nodes/index.ts'
import { sketch } from '../testing/sketch.ts'
import { type CheckOptions, check } from './check.ts'
import { checkAudience } from './check-conditions.ts'

const now = Date.parse('2026-08-01T10:00:00+08:00')
const zone = 'Asia/Shanghai'
const options: CheckOptions = {
  ...{ registry, now, zone, publishing: true, audiences: () => undefined, contents: [] },
  hasJourney: (id) => id === 'qixi',
}

const sentBy = (journey: unknown, event = '$message_sent') => ({
  ...{ kind: 'events', event, where: [{ property: 'journey_id', op: 'in', value: journey }] },
  ...{ op: 'gte', value: 1 },
})
const branchOn = (when: object) =>
  sketch({
    nodes: {
      in: ['manual'],
      it: ['branch', { branches: [{ id: 'yes', name: { en: 'Yes' }, when }] }],
      out: ['exit'],
    },
    edges: { 'in.entered': 'it', 'it.yes': 'out', 'it.otherwise': 'out' },
  })
const missing = (when: object, more: Partial<CheckOptions> = {}) =>
  check(branchOn(when), { ...options, ...more }).filter(({ code }) => code === 'condition-journey-missing')

describe('a condition that names a journey', () => {
  test('which is not there says which, where, and what to do', () => {
    expect(missing(sentBy(['qixi', 'gone']))).toMatchObject([
      {
        severity: 'warning',
        node: 'it',
        field: 'branches.0.when',
        message: { en: expect.stringContaining('gone') },
      },
    ])
    expect(missing({ kind: 'sequence', first: { event: 'order' }, without: sequenceStep })).toHaveLength(1)
    expect(missing(sentBy(['gone'], 'message_opened'))).toHaveLength(1)
  })

  test('which is there, or is itself, or of which nobody can say, is left alone', () => {
    expect(missing(sentBy(['qixi', 'sketch']))).toEqual([])
    expect(missing(sentBy(['gone']), { hasJourney: undefined })).toEqual([])
    // A property by that name of the brand's own event is the brand's own matter.
    expect(missing(sentBy(['gone'], 'webinar_joined'))).toEqual([])
  })

  test('an audience says so too', () => {
    const asked = { zone, now, attributes: { zone, currency: 'CNY', of: {} }, audiences: () => undefined }
    const condition = conditionSchema.parse(sentBy(['gone']))
    const codes = checkAudience(condition, { ...asked, hasJourney: () => false }).map(({ code }) => code)
    expect(codes).toEqual(['condition-journey-missing'])
  })
})

const sequenceStep = { event: '$message_sent', where: [{ property: 'journey_id', op: 'eq', value: 'gone' }] }

test('nobody can wait for what follows from other events alone', () => {
  const waiting = (event: string) =>
    sketch({
      nodes: {
        in: ['event', { filter: { event, where: [] } }],
        it: ['wait_event', { filter: { event, where: [] }, limit: { amount: 1, unit: 'day' } }],
        out: ['exit'],
      },
      edges: { 'in.entered': 'it', 'it.event': 'out', 'it.timeout': 'out' },
    })
  const derived = (event: string) =>
    check(waiting(event), options).flatMap(({ code, node, message }) =>
      code === 'event-derived' ? [[node, message['zh-CN']]] : [],
    )
  const said = expect.stringContaining('收到消息')
  expect(derived('$message_sent')).toEqual([
    ['in', said],
    ['it', said],
  ])
  expect(derived('$order_line')).toHaveLength(2)
  expect(derived('order')).toEqual([])
})

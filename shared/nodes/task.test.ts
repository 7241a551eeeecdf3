import { describe, expect, test } from 'vitest'
import type { Reply } from '../effects/requests/index.ts'
import { decideWith, type Situation } from '../testing/deciding.ts'
import { someone } from '../testing/driver.ts'
import { sketchBrand } from '../testing/sketch.ts'
import { task } from './task.ts'

const arrivedAt = Date.parse('2026-08-05T10:00:00+08:00')
const dayMs = 86_400_000
const due = arrivedAt + 2 * dayMs
const results = [
  { id: 'reached', name: { 'zh-CN': '已联系', en: 'Reached' } },
  { id: 'refused', name: { 'zh-CN': '拒绝', en: 'Refused' } },
]
const config = {
  title: '致电 {{ customer.name }}',
  for: { to: 'owner' },
  results,
  limit: { amount: 2, unit: 'day' },
}
const owned = someone({ attributes: { owner: 'li', owner_name: '李娜', owner_team: 'east' } })
const parked = { wait: { until: due, event: null, cause: 'reply' as const } }
const answered = (result: string): Reply => ({
  ...{
    ok: true,
    to: 'task',
    result,
    by: 'staff:li',
    at: arrivedAt + 5,
    note: '周末到店',
    next: '2026-08-08',
  },
})
const heard = (more: Situation) =>
  decideWith(task, config, { now: arrivedAt + 10, wake: { kind: 'reply' }, enrollment: parked, ...more })
const asked = (settings: object, more: Situation = {}) => {
  const decision = decideWith(task, { ...config, ...settings }, more)
  return decision.kind === 'wait' ? decision.effects?.[0] : decision
}

describe('a task', () => {
  test('is for whoever has the customer, who has so long for it', () => {
    expect(asked({}, { facts: { customer: owned } })).toMatchObject({
      kind: 'ask',
      request: { to: 'task', title: '致电 王芳', staff: 'li', team: 'east', due, until: due, results },
    })
  })

  test('is for anybody where nobody has the customer, and for whom it names whoever has them', () => {
    expect(asked({})).toMatchObject({ request: { staff: null, team: null } })
    const facts = { customer: owned }
    expect(asked({ for: { to: 'staff', staff: 'wang' } }, { facts })).toMatchObject({
      request: { staff: 'wang', team: null },
    })
    expect(asked({ for: { to: 'team', team: 'west' } }, { facts })).toMatchObject({
      request: { staff: null, team: 'west' },
    })
  })

  test('leaves by what came of it, with who did it, the note and the day that was agreed on', () => {
    expect(heard({ facts: { reply: answered('refused') } })).toEqual({
      kind: 'leave',
      port: 'refused',
      reason: {
        ...{ code: 'task-done', result: 'refused', by: 'staff:li', at: arrivedAt + 5 },
        ...{ note: '周末到店', next: '2026-08-08' },
      },
    })
    expect(heard({ facts: { reply: answered('gone') } })).toMatchObject({
      port: 'overdue',
      reason: { code: 'task-overdue' },
    })
  })

  test('that nobody did in time leaves by its own way, after the leader has had time for it', () => {
    const late = { now: due, wake: { kind: 'timer' } as const, enrollment: parked }
    expect(decideWith(task, config, late)).toMatchObject({
      port: 'overdue',
      reason: { code: 'task-overdue' },
    })
    expect(asked({ escalate: { amount: 1, unit: 'day' } })).toMatchObject({
      request: { due, until: due + dayMs },
    })
    expect(decideWith(task, config, { now: due })).toMatchObject({ port: 'overdue' })
  })

  test('has its hours counted while people are at work', () => {
    const hours = { from: '09:00', to: '11:00', days: [1, 2, 3, 4, 5] }
    expect(asked({ limit: { amount: 2, unit: 'hour' }, hours })).toMatchObject({
      request: { due: Date.parse('2026-08-06T10:00:00+08:00') },
    })
  })

  test('has as long as the brand’s working time says, where it goes by that, wherever the customer is', () => {
    const work = {
      days: [1, 2, 3, 4, 5],
      from: '09:00',
      to: '18:00',
      exceptions: [{ day: '2026-08-06', works: false }],
    }
    const brand = { ...sketchBrand(), work }
    const dueIn = (settings: object) => {
      const decision = asked({ hours: 'brand', ...settings }, { brand, zone: 'America/New_York' })
      return decision !== undefined && 'request' in decision && 'due' in decision.request
        ? decision.request.due
        : null
    }
    const at = (text: string) => Date.parse(`2026-08-${text}:00+08:00`)
    expect(dueIn({ limit: { amount: 9, unit: 'hour' } })).toBe(at('07T10:00'))
    expect(dueIn({ limit: { amount: 2, unit: 'day' } })).toBe(at('10T10:00'))
    expect(dueIn({ limit: { amount: 1, unit: 'day' }, dayEnd: true })).toBe(at('07T18:00'))
    const settings = task.config.parse({ ...config, hours: 'brand' })
    expect(task.describe(settings, { locale: 'en', currency: 'CNY' })).toBe(
      'Call: Reached / Refused, within 2 days of work',
    )
  })

  test('is nobody’s in a rehearsal or the control group: the first result, or the shares', () => {
    expect(decideWith(task, config, { mayCall: false })).toMatchObject({
      port: 'reached',
      reason: { code: 'not-asked', why: 'rehearsal' },
    })
    expect(decideWith(task, config, { enrollment: { control: true } })).toMatchObject({
      reason: { code: 'not-asked', why: 'control_group' },
    })
    const none = { ...config, results: results.map((one) => ({ ...one, share: 0 })) }
    expect(decideWith(task, none, { mayCall: false })).toMatchObject({ kind: 'wait', wait: { until: due } })
  })

  test('that cannot be written troubles nobody', () => {
    const broken = { ...config, title: '{{ customer.nothing }}' }
    for (const mayCall of [true, false])
      expect(decideWith(task, broken, { mayCall })).toMatchObject({
        port: 'overdue',
        reason: { code: 'not-asked', why: 'render' },
      })
  })

  test('comes out in a replay as it did then', () => {
    const recalled = (reason: object) =>
      decideWith(task, config, { recalled: { code: 'task-done', ...reason } })
    expect(recalled({ result: 'refused' })).toMatchObject({ port: 'refused' })
    expect(recalled({ code: 'task-overdue' })).toMatchObject({ port: 'overdue' })
    expect(recalled({ code: 'not-asked', why: 'render' })).toMatchObject({ port: 'overdue' })
    expect(recalled({ code: 'not-asked', why: 'control_group' })).toMatchObject({ port: 'reached' })
    expect(() => recalled({ code: 'tagged' })).toThrow()
  })

  test('says in a sentence what is to be done, and finds shares above a hundred', () => {
    const settings = task.config.parse(config)
    const described = (locale: 'zh-CN' | 'en') => task.describe(settings, { locale, currency: 'CNY' })
    expect(described('zh-CN')).toBe('打电话：已联系 / 拒绝，限 2 天')
    expect(described('en')).toBe('Call: Reached / Refused, within 2 days')
    const over = { ...config, results: results.map((one) => ({ ...one, share: 60 })) }
    expect(task.check?.(task.config.parse(over), { now: 0, zone: 'Asia/Shanghai' })).toMatchObject([
      { code: 'shares-over-100' },
    ])
  })
})

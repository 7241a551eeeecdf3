import { describe, expect, test } from 'vitest'
import type { Reply } from '../effects/requests/index.ts'
import { decideWith, type Situation } from '../testing/deciding.ts'
import { decision } from './decision.ts'

const arrivedAt = Date.parse('2026-08-05T10:00:00+08:00')
const until = arrivedAt + 2 * 86_400_000
const buttons = [
  { id: 'gift', name: { 'zh-CN': '送礼', en: 'Gift' } },
  { id: 'call', name: { 'zh-CN': '致电', en: 'Call' } },
]
const config = {
  title: '{{ customer.name }} 买了大额订单',
  text: '城市：{{ customer.city | default: "未知" }}',
  buttons,
  limit: { amount: 2, unit: 'day' },
}
const parked = { wait: { until, event: null, cause: 'reply' as const } }
const pressed = (button: string, note: string | null = null): Reply => ({
  ok: true,
  to: 'decision',
  button,
  by: 'owner',
  at: arrivedAt + 5,
  note,
})
const heard = (more: Situation) =>
  decideWith(decision, config, { now: arrivedAt + 10, wake: { kind: 'reply' }, enrollment: parked, ...more })

describe('rule 5: for a person’s decision', () => {
  test('a colleague is asked with the texts filled in, until the time is up', () => {
    expect(decideWith(decision, config)).toEqual({
      kind: 'wait',
      wait: { until, event: null, cause: 'reply' },
      effects: [
        {
          kind: 'ask',
          request: { to: 'decision', title: '王芳 买了大额订单', text: '城市：未知', buttons, until },
        },
      ],
      reason: { code: 'asked' },
    })
  })

  test('rule 5: a wait for a person’s decision goes on by the button that is pressed, with who pressed it and the note', () => {
    expect(heard({ facts: { reply: pressed('call', '周末再打') } })).toEqual({
      kind: 'leave',
      port: 'call',
      reason: { code: 'decided', button: 'call', by: 'owner', note: '周末再打', at: arrivedAt + 5 },
    })
  })

  test('nobody’s decision in time leaves by its port, and one that came in time counts however late it is heard', () => {
    const late = { now: until, wake: { kind: 'timer' } as const, enrollment: parked }
    expect(decideWith(decision, config, late)).toMatchObject({
      port: 'timeout',
      reason: { code: 'not-decided' },
    })
    expect(decideWith(decision, config, { ...late, facts: { reply: pressed('gift') } })).toMatchObject({
      port: 'gift',
    })
  })

  test('woken too early, it goes on waiting and asks nobody a second time', () => {
    const early = heard({})
    expect(early).toMatchObject({ kind: 'wait', wait: { until } })
    expect(early).not.toHaveProperty('effects')
  })

  test('a button that the version does not have leads by nobody’s decision', () => {
    expect(heard({ facts: { reply: pressed('refund') } })).toMatchObject({
      port: 'timeout',
      reason: { code: 'not-decided', button: 'refund' },
    })
  })

  test('a task that cannot be written troubles nobody', () => {
    const unwritten = { ...config, title: '{{ customer.tier }}' }
    expect(decideWith(decision, unwritten)).toMatchObject({
      port: 'timeout',
      reason: { code: 'not-asked', why: 'render', problems: [{ name: 'customer.tier' }] },
    })
  })

  test('the control group walks the same path and nobody is asked', () => {
    expect(decideWith(decision, config, { enrollment: { control: true } })).toMatchObject({
      port: 'gift',
      reason: { code: 'not-asked', why: 'control_group' },
    })
  })
})

describe('in a rehearsal or a preview', () => {
  const shares = (gift: number, call: number) => ({
    ...config,
    buttons: buttons.map((one, at) => ({ ...one, share: at === 0 ? gift : call })),
  })
  const rehearsed = (settings: object, id: string) =>
    decideWith(decision, settings, { mayCall: false, enrollment: { customerId: id } })

  test('a task that cannot be written is told as in the journey', () => {
    expect(rehearsed({ ...config, title: '{{ customer.tier }}' }, 'c1')).toMatchObject({
      port: 'timeout',
      reason: { code: 'not-asked', why: 'render' },
    })
  })

  test('the first button is taken where nothing is said', () => {
    expect(rehearsed(config, 'c1')).toMatchObject({
      port: 'gift',
      reason: { code: 'not-asked', why: 'rehearsal' },
    })
  })

  test('buttons are pressed by their shares, the same for a customer always', () => {
    const ids = Array.from({ length: 400 }, (_one, index) => `c${index}`)
    const taken = ids.map((id) => {
      const answer = rehearsed(shares(50, 30), id)
      expect(rehearsed(shares(50, 30), id)).toEqual(answer)
      return answer.kind === 'leave' ? answer.port : 'waits'
    })
    const share = (port: string) => taken.filter((one) => one === port).length / ids.length
    expect(Math.abs(share('gift') - 0.5)).toBeLessThan(0.08)
    expect(Math.abs(share('call') - 0.3)).toBeLessThan(0.08)
    expect(Math.abs(share('waits') - 0.2)).toBeLessThan(0.08)
  })

  test('what is left over waits until nobody has decided', () => {
    expect(rehearsed(shares(0, 0), 'c1')).toMatchObject({ kind: 'wait', wait: { until } })
    const later = { mayCall: false, now: until, wake: { kind: 'timer' } as const, enrollment: parked }
    expect(decideWith(decision, shares(0, 0), later)).toMatchObject({
      port: 'timeout',
      reason: { code: 'not-decided' },
    })
  })
})

test('its ports, its sentence and its check', () => {
  const settings = decision.config.parse(config)
  expect(decision.ports(settings).map(({ id }) => id)).toEqual(['gift', 'call', 'timeout'])
  expect(decision.describe(settings, { locale: 'zh-CN', currency: 'CNY' })).toContain('送礼 / 致电，限 2 天')
  const over = { ...settings, buttons: settings.buttons.map((one) => ({ ...one, share: 60 })) }
  expect(decision.check?.(over, { now: 0, zone: 'UTC' })).toEqual([
    { code: 'shares-over-100', field: 'buttons', details: { sum: 120 } },
  ])
  expect(decision.config.safeParse({ ...config, buttons: buttons.slice(0, 1) }).success).toBe(false)
  expect(decision.config.safeParse({ ...config, buttons: [buttons[0], buttons[0]] }).success).toBe(false)
})

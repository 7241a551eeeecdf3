import { describe, expect, test } from 'vitest'
import type { Reply } from '../effects/requests/index.ts'
import { decideWith, type Situation } from '../testing/deciding.ts'
import { someone } from '../testing/driver.ts'
import { valueAt, webhookCall } from './webhook-call.ts'

const robot = {
  url: 'https://robot.example.com/send?key=k',
  body: '{"msgtype": "text", "text": {"content": "{{ customer.name }} 下了大单"}}',
  path: 'errcode',
  cases: [{ id: 'told', name: { en: 'Told' }, values: ['0', 'ok'] }],
  rehearse: 'told',
}
const decide = (more: Situation = {}, config: object = {}) =>
  decideWith(webhookCall, { ...robot, ...config }, more)
const named = (name: string | null): Situation => ({ facts: { customer: someone({ name }) } })
const replied = (reply: Reply): Situation => ({ wake: { kind: 'reply' }, facts: { reply } })
const answer = (body: unknown): Situation =>
  replied({ ok: true, to: 'http', body: JSON.parse(JSON.stringify(body)) })

describe('a call to another system', () => {
  test('is asked for once, with values escaped as JSON, and waited for', () => {
    const decision = decide(named('王"芳"\n先生'))
    expect(decision).toMatchObject({ kind: 'wait', wait: { cause: 'reply' }, reason: { code: 'asked' } })
    const [effect] = decision.kind === 'wait' ? (decision.effects ?? []) : []
    const request = effect?.kind === 'ask' && effect.request.to === 'http' ? effect.request : null
    expect(request?.url).toBe(robot.url)
    expect(JSON.parse(request?.body ?? '')).toEqual({
      msgtype: 'text',
      text: { content: '王"芳"\n先生 下了大单' },
    })
  })

  test.each([
    [{ errcode: 0 }, 'told', '0'],
    [{ errcode: 'ok' }, 'told', 'ok'],
    [{ errcode: 40_058, errmsg: 'invalid' }, 'otherwise', '40058'],
    [{ errmsg: 'no code' }, 'otherwise', null],
    [{ errcode: { nested: 0 } }, 'otherwise', null],
    ['plain', 'otherwise', null],
  ])('goes on by the value of the answer %j', (body, port, value) => {
    expect(decide(answer(body))).toMatchObject({ kind: 'leave', port, reason: { code: 'called', value } })
  })

  test('that comes to nothing leaves by its own way, with the reason', () => {
    expect(decide(replied({ ok: false, reason: 'http-404' }))).toMatchObject({
      port: 'failed',
      reason: { code: 'call-failed', reason: 'http-404' },
    })
  })

  test('is waited for no longer than was said', () => {
    const wait = { until: Date.parse('2026-08-05T12:00:00+08:00'), event: null, cause: 'reply' as const }
    const now = '2026-08-05T12:00:00+08:00'
    expect(decide({ now, enrollment: { wait }, wake: { kind: 'timer' } })).toMatchObject({
      port: 'failed',
      reason: { reason: 'no-reply' },
    })
  })

  test('is not made with a value missing, or with what is no JSON', () => {
    expect(decide(named(null))).toMatchObject({
      port: 'failed',
      reason: { reason: 'render', problems: [{ code: 'missing-value', name: 'customer.name' }] },
    })
    expect(decide({}, { body: '{"a": ' })).toMatchObject({ port: 'failed', reason: { reason: 'json' } })
  })

  test('is made neither in a rehearsal nor in a sandbox, which go the way that was chosen', () => {
    expect(decide({ mayCall: false })).toMatchObject({
      port: 'told',
      reason: { code: 'not-called', why: 'rehearsal' },
    })
    expect(decide(replied({ ok: false, reason: 'sandbox' }))).toMatchObject({
      port: 'told',
      reason: { code: 'not-called', why: 'sandbox' },
    })
    expect(decide({ mayCall: false }, { rehearse: 'gone' })).toMatchObject({ port: 'otherwise' })
  })

  test('is not made for the control group', () => {
    expect(decide({ enrollment: { control: true } })).toMatchObject({
      port: 'otherwise',
      reason: { code: 'not-called', why: 'control_group' },
    })
  })
})

test.each([
  ['', { a: 1 }, { a: 1 }],
  ['a.b[1].c', { a: { b: [0, { c: 'x' }] } }, 'x'],
  ['[0]', ['first'], 'first'],
  ['a.length', { a: 'text' }, undefined],
  ['constructor', {}, undefined],
])('at %s of an answer stands what is its own', (path, body, value) => {
  expect(valueAt(body, path)).toEqual(value)
})

describe('the check', () => {
  const found = (config: object) => {
    const settings = webhookCall.config.parse({ ...robot, ...config })
    return (webhookCall.check?.(settings, { now: 0, zone: 'Asia/Shanghai' }) ?? []).map(({ code }) => code)
  }
  test('finds a body that is no JSON, a placeholder without quotes, a way out that is not there', () => {
    expect(found({})).toEqual([])
    expect(found({ body: '{"a": }' })).toEqual(['json-invalid'])
    expect(found({ body: '{"a": {{ customer.id }}}' })).toEqual(['json-unquoted'])
    expect(found({ rehearse: 'gone' })).toEqual(['no-such-port'])
  })

  test.each(['a..b', 'a.', '.a', 'a b', 'a[x]'])('%s is no path', (path) => {
    expect(webhookCall.config.safeParse({ ...robot, path }).success).toBe(false)
  })
})

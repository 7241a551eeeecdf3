import { describe, expect, test } from 'vitest'
import {
  type CallbackFlaw,
  callbackCall,
  echoCall,
  friendAdded,
  xmlOf,
} from '../../testing/peers/wecom-callbacks.ts'
import { type CallbackQuery, readCallback, readEcho } from './callback.ts'
import { seal, unseal } from './crypto.ts'

const now = Date.parse('2026-08-11T10:00:00+08:00')
const corp = {
  corpId: 'ww1234567890abcdef',
  token: 'QDG6eK',
  aesKey: 'jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C',
}
const keys = { corpId: corp.corpId, callbackToken: corp.token, callbackAesKey: corp.aesKey }
const added = friendAdded({ customer: 'wm1', employee: 'li', at: now, state: '门店', code: 'CODE' })

const queryOf = (text: string): CallbackQuery => {
  const params = new URLSearchParams(text)
  const of = (name: string) => params.get(name) ?? ''
  return { msg_signature: of('msg_signature'), timestamp: of('timestamp'), nonce: of('nonce') }
}
const read = (given: Parameters<typeof callbackCall>[1], flaw: CallbackFlaw = {}, at = now) => {
  const { query, body } = callbackCall(corp, given, at, flaw)
  return readCallback({ keys, query: queryOf(query), now }, body)
}

describe('what WeCom posts', () => {
  test('is opened and read', () => {
    expect(read(added)).toMatchObject({
      at: now,
      event: 'change_external_contact',
      change: 'add_external_contact',
      fields: { UserID: 'li', ExternalUserID: 'wm1', State: '门店', WelcomeCode: 'CODE' },
    })
  })

  test('is the same when it is told again, however it is sealed', () => {
    expect(read(added).key).toBe(read(added, {}, now + 60_000).key)
    expect(read({ ...added, UserID: 'wang' }).key).not.toBe(read(added).key)
  })

  const refusals: readonly (readonly [string, () => unknown, string])[] = [
    ['signed by somebody else', () => read(added, { forged: true }), 'signature-invalid'],
    ['sent an hour ago', () => read(added, {}, now - 3_600_000), 'signature-expired'],
    ['padded wrongly', () => read(added, { padding: true }), 'invalid-request'],
    ['meant for another corp', () => read(added, { corp: 'wwother' }), 'invalid-request'],
    ['no XML', () => read('{"Event":"change"}'), 'invalid-request'],
    ['without an event', () => read('<xml><A>1</A></xml>'), 'invalid-request'],
    [
      'with entities',
      () => read('<!DOCTYPE x [<!ENTITY a "aaaa">]><xml><Event>&a;</Event></xml>'),
      'invalid-request',
    ],
  ]
  test.each(refusals)('%s is refused', (_what, reading, code) => {
    expect(reading).toThrow(expect.objectContaining({ code }))
  })

  test('entities outside of what is sealed are refused as well', () => {
    const { query, body } = callbackCall(corp, added, now)
    const bomb = `<!DOCTYPE x [<!ENTITY a "aaaa">]>${body}`
    expect(() => readCallback({ keys, query: queryOf(query), now }, bomb)).toThrow(/declarations/)
  })

  test('entities of a text stay as they were written', () => {
    const said = read({ ...added, State: '&lt;b&gt; &amp;' })
    expect(said.fields.State).toBe('&lt;b&gt; &amp;')
  })
})

test('the address is shown to be ours by opening what WeCom has sealed', () => {
  const text = echoCall(corp, '3140238791', now)
  const request = { keys, query: queryOf(text), now }
  expect(readEcho(request, new URLSearchParams(text).get('echostr') ?? '')).toBe('3140238791')
})

test('our own seal is opened again, whatever it holds', () => {
  for (const text of ['', '您好', 'x'.repeat(31), 'x'.repeat(32), xmlOf({ A: '鹊桥' })])
    expect(unseal(corp.aesKey, seal(corp.aesKey, text, corp.corpId), corp.corpId)).toEqual({ ok: true, text })
  const other = { ok: false, fault: 'receiver' }
  expect(unseal(corp.aesKey, seal(corp.aesKey, 'a', 'wwother'), corp.corpId)).toEqual(other)
})

test('what is no seal at all is told from what does not open', () => {
  expect(unseal(corp.aesKey, '§', 'a')).toEqual({ ok: false, fault: 'not-base64' })
  expect(unseal(corp.aesKey, 'AAAA', 'a')).toEqual({ ok: false, fault: 'not-whole-blocks' })
})

import { describe, expect, test } from 'vitest'
import { fieldsFor, savedFields } from './channel-fields.ts'
import { withPrice, withRate } from './prices.ts'

describe('the settings of a channel', () => {
  test('show its fields, then its secret, then what is rarely changed', () => {
    expect(fieldsFor('email')).toEqual([
      { name: 'host', kind: 'text' },
      { name: 'port', kind: 'number' },
      { name: 'user', kind: 'text' },
      { name: 'from', kind: 'text' },
      { name: 'password', kind: 'secret' },
      { name: 'secure', kind: 'switch' },
      { name: 'allowPlaintext', kind: 'switch' },
      { name: 'allowPrivate', kind: 'switch' },
      { name: 'secret', kind: 'secret' },
      { name: 'dkimDomain', kind: 'text' },
      { name: 'dkimSelector', kind: 'text' },
      { name: 'dkimKey', kind: 'secret' },
      { name: 'sendgridKey', kind: 'text' },
    ])
    expect(fieldsFor('in_app')).toEqual([])
    expect(fieldsFor('pigeon')).toEqual([])
  })

  test('leave a secret that was not written as it is', () => {
    const shown = fieldsFor('sms')
    expect(savedFields(shown, { url: ' https://a.cn ', secret: '', signature: '' })).toEqual({
      // What is of another provider, or of none, is nothing.
      ...{ provider: null, keyId: null, sdkAppId: null, endpoint: null },
      url: 'https://a.cn',
      signature: null,
      allowPrivate: false,
    })
    expect(savedFields(fieldsFor('webhook').slice(0, 1), { secret: 'sixteen letters!' })).toEqual({
      secret: 'sixteen letters!',
    })
  })
})

test('a price is the brand’s own, else the usual one, which is not kept twice', () => {
  expect(withPrice({}, 'sms', 38, 'CNY')).toEqual({ sms: 38 })
  expect(withPrice({ sms: 38, email: 1 }, 'sms', 45, 'CNY')).toEqual({ email: 1 })
  expect(withPrice({ sms: 38, email: 1 }, 'sms', null, 'CNY')).toEqual({ email: 1 })
  // What is usual in yuan is no price in another currency.
  expect(withPrice({}, 'sms', 45, 'JPY')).toEqual({ sms: 45 })
})

test('a channel without a ceiling leaves as fast as it takes messages', () => {
  expect(withRate({}, 'sms', 20)).toEqual({ sms: 20 })
  expect(withRate({ sms: 20, email: 5 }, 'sms', null)).toEqual({ email: 5 })
})

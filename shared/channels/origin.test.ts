import { describe, expect, test } from 'vitest'
import { channels } from './index.ts'
import { httpOrigin, modelOrigin, smtpOrigin } from './origin.ts'

describe('where a secret is handed over', () => {
  test.each([
    ['https://api.example.com/v1', 'https://API.example.com:443/v2?x=1', true],
    ['https://api.example.com', 'http://api.example.com', false],
    ['https://api.example.com', 'https://api.example.com:8443', false],
    ['https://api.example.com', 'https://api.example.com.evil.example', false],
    ['https://api.example.com', 'https://api.example.com@evil.example', false],
    ['https://api.example.com', 'not an address', false],
  ])('%s and %s are one place: %s', (one, other, same) => {
    expect(httpOrigin(one) === httpOrigin(other)).toBe(same)
  })

  test('is the usual server where a model has no address of its own', () => {
    expect(modelOrigin(null)).toBe('https://api.openai.com')
    expect(modelOrigin('https://api.openai.com/v1')).toBe(modelOrigin(null))
  })

  const relay = { host: 'smtp.example.com', port: 465, secure: true, allowPlaintext: false }
  test.each([
    ['its name in capitals', { host: 'SMTP.example.com' }, true],
    ['another sender', { from: 'a@example.com' }, true],
    ['another host', { host: 'smtp.evil.example' }, false],
    ['another port', { port: 587 }, false],
    ['no TLS from the start', { secure: false }, false],
    ['no TLS at all', { secure: false, allowPlaintext: true }, false],
  ])('a relay with %s is the same: %s', (_change, change, same) => {
    expect(smtpOrigin({ ...relay, ...change }) === smtpOrigin(relay)).toBe(same)
  })

  test('is said for each secret of each channel', () => {
    const places = channels.flatMap(({ id, settings }) =>
      Object.entries(settings?.secrets ?? {}).map(([name, place]) => [
        `${id}.${name}`,
        place({ url: 'https://sms.example.com/send', ...relay }),
      ]),
    )
    expect(Object.fromEntries(places)).toEqual({
      'sms.secret': 'https://sms.example.com',
      // Of a provider only, whose own server it is.
      'sms.keySecret': '',
      'email.password': 'smtps://smtp.example.com:465',
      'email.secret': null,
      'email.dkimKey': null,
      'wecom.contactSecret': 'https://qyapi.weixin.qq.com',
      'wecom.agentSecret': 'https://qyapi.weixin.qq.com',
      'wecom.callbackToken': null,
      'wecom.callbackAesKey': null,
      'wechat.appSecret': 'https://api.weixin.qq.com',
      'wechat.callbackToken': null,
      'wechat.callbackAesKey': null,
      'webhook.secret': null,
    })
  })
})

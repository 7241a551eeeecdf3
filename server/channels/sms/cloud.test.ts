import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type AliyunPeer, startAliyunSmsPeer } from '../../testing/peers/aliyun-sms-peer.ts'
import { sampleMessage } from '../../testing/peers/sample-message.ts'
import { startTencentSmsPeer, type TencentPeer } from '../../testing/peers/tencent-sms-peer.ts'
import type { Channel, OutboundMessage, SendResult } from '../channel.ts'
import { createGuard } from '../guard.ts'
import { createSms } from './build.ts'

const noon = Date.UTC(2026, 7, 5, 4)
const never = new AbortController().signal
const keys = { keyId: 'LTAI5tPeerPeerPeer', keySecret: 'the secret of this very peer' }
const signatures = ['鹊桥礼物']
const values = { name: '王芳', code: 'QX520' }
/** A variable as Aliyun writes it. */
const v = (name: string) => `\${${name}}`
const open: Channel[] = []
let aliyun: AliyunPeer
let tencent: TencentPeer

beforeEach(async () => {
  aliyun = await startAliyunSmsPeer({
    ...keys,
    now: () => noon,
    signatures,
    templates: [
      { code: 'SMS_1', type: 2, text: `${v('name')}，七夕好礼已备好，券码${v('code')}。拒收请回复R` },
      { code: 'SMS_2', type: 1, text: `您的订单${v('code')}已发出`, status: 'AUDIT_STATE_INIT' },
    ],
  })
  tencent = await startTencentSmsPeer({
    ...keys,
    sdkAppId: '1400006666',
    now: () => noon,
    signatures,
    templates: [
      { id: 1110, text: '{1}，七夕好礼已备好，券码{2}。拒收请回复R' },
      { id: 1111, text: '验证码{1}，五分钟内有效', status: -1 },
    ],
  })
})
afterEach(async () => {
  await Promise.all(open.splice(0).map((channel) => channel.close()))
  await Promise.all([aliyun.close(), tencent.close()])
})

interface More {
  keySecret?: string
  url?: string
  secret?: string
}

function by(provider: 'aliyun' | 'tencent', more: More = {}, answerMs = 2000): Channel {
  const endpoint = (provider === 'aliyun' ? aliyun : tencent).url
  const channel = createSms(
    { provider, ...keys, sdkAppId: '1400006666', endpoint, allowPrivate: true, ...more },
    { guard: createGuard({ allowPrivate: true }), now: () => noon, timeouts: { connectMs: 2000, answerMs } },
  )
  open.push(channel)
  return channel
}

const filled = {
  aliyun: { provider: 'aliyun', code: 'SMS_1', signature: '鹊桥礼物', values },
  tencent: { provider: 'tencent', code: '1110', signature: '鹊桥礼物', values: { 2: 'QX520', 1: '王芳' } },
} as const

const messageBy = (provider: 'aliyun' | 'tencent', changes: Partial<OutboundMessage> = {}): OutboundMessage =>
  sampleMessage({ id: '7', template: filled[provider], ...changes })

async function sendOne(channel: Channel, message: OutboundMessage): Promise<SendResult | undefined> {
  const [result] = await channel.send([message], never)
  return result
}

describe('a message by a registered template of Aliyun', () => {
  test('is signed, taken, and named by the provider', async () => {
    expect(await sendOne(by('aliyun'), messageBy('aliyun'))).toEqual({
      kind: 'accepted',
      providerId: '900000000000^0',
    })
    expect(aliyun.refused).toEqual([])
    expect(aliyun.sent).toMatchObject([
      {
        to: '13800000001',
        signature: '鹊桥礼物',
        template: 'SMS_1',
        values,
        outId: expect.stringMatching(/^7-/),
      },
    ])
  })

  test('with a wrong secret leaves nothing, and waits for a person', async () => {
    const wrong = await sendOne(by('aliyun', { keySecret: 'another secret altogether' }), messageBy('aliyun'))
    expect(wrong).toMatchObject({
      kind: 'endpoint',
      mend: 'person',
      code: 'SignatureDoesNotMatch',
      inDoubt: false,
    })
    expect(aliyun.sent).toEqual([])
  })

  test.each([
    ['isv.BUSINESS_LIMIT_CONTROL', { kind: 'retry', afterMs: 3_600_000 }],
    ['isv.OUT_OF_SERVICE', { kind: 'endpoint', mend: 'person' }],
    ['isv.AMOUNT_NOT_ENOUGH', { kind: 'endpoint', mend: 'person' }],
    ['isv.DAY_LIMIT_CONTROL', { kind: 'endpoint', mend: 'time' }],
    ['isv.TEMPLATE_MISSING_PARAMETERS', { kind: 'rejected' }],
    ['isp.SYSTEM_ERROR', { kind: 'unknown' }],
    ['isv.SOMETHING_NEW', { kind: 'rejected' }],
  ])('that is answered %s', async (code, expected) => {
    aliyun.behave({ code, message: '13800000001 王芳' })
    const result = await sendOne(by('aliyun'), messageBy('aliyun'))
    expect(result).toMatchObject({ ...expected, code })
    // Neither the number nor what the message says goes into logs.
    expect(JSON.stringify(result)).not.toMatch(/13800000001|王芳/)
  })

  test('to what is no number closes the address', async () => {
    const result = await sendOne(by('aliyun'), messageBy('aliyun', { to: '12' }))
    expect(result).toMatchObject({ kind: 'rejected', code: 'invalid-address' })
  })

  test.each(['reset-after', 'error-after', 'hang-after'] as const)(
    'whose answer is lost (%s) is found among what was sent, and not sent again',
    async (doing) => {
      aliyun.behave(doing)
      const result = await sendOne(by('aliyun', {}, 300), messageBy('aliyun'))
      expect(result).toEqual({ kind: 'accepted', providerId: null })
      expect(aliyun.sent).toHaveLength(1)
    },
  )

  test('that was lost on its way is in doubt, as the list proves nothing by being silent', async () => {
    aliyun.behave('reset-before')
    expect(await sendOne(by('aliyun'), messageBy('aliyun'))).toMatchObject({ kind: 'unknown' })
    expect(aliyun.sent).toEqual([])
  })

  test('of another life of the data with the same number is not taken for it', async () => {
    const channel = by('aliyun')
    await sendOne(channel, messageBy('aliyun', { key: 'the other life' }))
    aliyun.behave('reset-before')
    expect(await sendOne(channel, messageBy('aliyun'))).toMatchObject({ kind: 'unknown' })
  })

  test('that answers a web page is the endpoint’s fault', async () => {
    aliyun.behave('page')
    expect(await sendOne(by('aliyun'), messageBy('aliyun'))).toMatchObject({
      kind: 'endpoint',
      mend: 'person',
      inDoubt: true,
    })
  })

  test('does not leave where it is taken back meanwhile', async () => {
    await by('aliyun').send([messageBy('aliyun')], never, async () => false)
    expect(aliyun.sent).toEqual([])
  })

  test('as free text is refused, and so is a template of another provider', async () => {
    expect(await sendOne(by('aliyun'), sampleMessage())).toMatchObject({
      kind: 'rejected',
      code: 'template-needed',
    })
    expect(await sendOne(by('aliyun'), messageBy('tencent'))).toMatchObject({
      kind: 'rejected',
      code: 'template-of-another-provider',
    })
    expect(aliyun.sent).toEqual([])
  })

  test('to a number abroad goes by the gateway, or by nobody', async () => {
    expect(await sendOne(by('aliyun'), messageBy('aliyun', { to: '+6591234567' }))).toMatchObject({
      kind: 'rejected',
      code: 'number-abroad',
    })
    const { startHttpGatewayPeer } = await import('../../testing/peers/http-gateway-peer.ts')
    const secret = 'the-secret-of-the-gateway'
    const gateway = await startHttpGatewayPeer({ secret, now: () => noon })
    const channel = by('aliyun', { url: gateway.url, secret })
    expect(await sendOne(channel, messageBy('aliyun', { to: '+6591234567' }))).toMatchObject({
      kind: 'accepted',
    })
    expect(await sendOne(channel, messageBy('aliyun'))).toMatchObject({ kind: 'accepted' })
    expect(gateway.received.size).toBe(1)
    expect(aliyun.sent).toHaveLength(1)
    await gateway.close()
  })
})

describe('a message by a registered template of Tencent Cloud', () => {
  test('is signed, taken, with its values by their places', async () => {
    expect(await sendOne(by('tencent'), messageBy('tencent'))).toEqual({
      kind: 'accepted',
      providerId: '5000:100000',
    })
    expect(tencent.refused).toEqual([])
    expect(tencent.sent).toMatchObject([
      { to: '+8613800000001', signature: '鹊桥礼物', template: '1110', values: ['王芳', 'QX520'] },
    ])
  })

  test('with a wrong secret leaves nothing, and waits for a person', async () => {
    const wrong = await sendOne(
      by('tencent', { keySecret: 'another secret altogether' }),
      messageBy('tencent'),
    )
    expect(wrong).toMatchObject({ kind: 'endpoint', mend: 'person', code: 'AuthFailure.SignatureFailure' })
    expect(tencent.sent).toEqual([])
  })

  test.each([
    ['LimitExceeded.PhoneNumberDailyLimit', { kind: 'retry', afterMs: 3_600_000 }],
    ['LimitExceeded.PhoneNumberThirtySecondLimit', { kind: 'retry', afterMs: 60_000 }],
    ['FailedOperation.InsufficientBalanceInSmsPackage', { kind: 'endpoint', mend: 'person' }],
    ['FailedOperation.ContainSensitiveWord', { kind: 'rejected' }],
    ['FailedOperation.SomethingNew', { kind: 'rejected' }],
    ['InternalError.Timeout', { kind: 'unknown' }],
    ['RequestLimitExceeded', { kind: 'endpoint', mend: 'time' }],
  ])('that is answered %s', async (code, expected) => {
    tencent.behave({ code })
    expect(await sendOne(by('tencent'), messageBy('tencent'))).toMatchObject({ ...expected, code })
  })

  test('whose answer is lost stays in doubt: nobody can be asked for it', async () => {
    tencent.behave('error-after')
    expect(await sendOne(by('tencent'), messageBy('tencent'))).toMatchObject({ kind: 'unknown' })
    expect(tencent.sent).toHaveLength(1)
  })

  test('that is late is taken once', async () => {
    tencent.behave('late')
    expect(await sendOne(by('tencent'), messageBy('tencent'))).toMatchObject({ kind: 'accepted' })
    expect(tencent.sent).toHaveLength(1)
  })
})

describe('what is registered', () => {
  test('is read with what each template is for and how far its review is', async () => {
    expect(await by('aliyun').registered?.()).toEqual({
      templates: [
        expect.objectContaining({ code: 'SMS_1', kind: 'marketing', state: 'approved' }),
        expect.objectContaining({ code: 'SMS_2', kind: 'notification', state: 'pending' }),
      ],
      signatures: [{ name: '鹊桥礼物', state: 'approved', why: '' }],
    })
    expect(await by('tencent').registered?.()).toEqual({
      templates: [
        expect.objectContaining({ code: '1110', kind: 'marketing', state: 'approved' }),
        expect.objectContaining({ code: '1111', kind: 'verification', state: 'refused', why: '内容不符' }),
      ],
      signatures: [{ name: '鹊桥礼物', state: 'approved', why: '' }],
    })
  })

  test('tells whether the keys work, and sends nothing', async () => {
    expect(await by('aliyun').verify?.()).toMatchObject({ ok: true })
    expect(await by('aliyun', { keySecret: 'another secret altogether' }).verify?.()).toMatchObject({
      ok: false,
      detail: expect.stringContaining('SignatureDoesNotMatch'),
    })
    expect(await by('tencent').verify?.()).toMatchObject({ ok: true })
    expect([...aliyun.sent, ...tencent.sent]).toEqual([])
  })
})

import { describe, expect, test } from 'vitest'
import { tencentReply, tencentReport } from '../../testing/peers/tencent-sms-peer.ts'
import { readSmsReports } from './reports.ts'

const read = (provider: 'aliyun' | 'tencent', body: unknown) => readSmsReports(provider, JSON.stringify(body))
const report = {
  phone_number: '13800000001',
  send_time: '2026-08-05 12:00:00',
  report_time: '2026-08-05 12:00:03',
  success: true,
  err_code: 'DELIVERED',
  err_msg: '用户接收成功',
  sms_size: '1',
  biz_id: '900000000000^0',
  out_id: '7-0123456789abcdef',
}

describe('what Aliyun pushes', () => {
  test('is a delivery, named by both ids, at its time in Beijing', () => {
    expect(read('aliyun', [report]).receipts).toEqual([
      {
        id: 'aliyun:900000000000^0:delivered',
        type: 'delivered',
        messageId: '7',
        providerId: '900000000000^0',
        at: Date.UTC(2026, 7, 5, 4, 0, 3),
      },
    ])
  })

  test.each([
    ['UNDELIVERED', '关机', 'failed'],
    ['MOBILE_NOT_ON_SERVICE', '空号', 'invalid'],
    ['MBBLACK', '黑名单', 'blocked'],
  ])('that says %s (%s) is %s', (err_code, err_msg, type) => {
    const [receipt] = read('aliyun', [{ ...report, success: false, err_code, err_msg }]).receipts
    expect(receipt).toMatchObject({ type, text: `${err_code}: ${err_msg}` })
  })

  test('may be a reply, whose number is told as a text or as a number', () => {
    const reply = {
      phone_number: '13800000001',
      content: 'TD',
      send_time: '20260805120500',
      sequence_id: 1234567890,
    }
    expect(read('aliyun', [reply]).receipts).toEqual([
      {
        id: 'aliyun:up:1234567890',
        type: 'replied',
        from: '13800000001',
        text: 'TD',
        at: Date.UTC(2026, 7, 5, 4, 5),
      },
    ])
  })

  test('costs none of the others where one cannot be read', () => {
    const { receipts, fault } = read('aliyun', [{ hello: 1 }, report])
    expect(receipts).toHaveLength(1)
    expect(fault).toMatchObject({ code: 'invalid-request', place: '0' })
  })
})

describe('what Tencent Cloud pushes', () => {
  const sent = { to: '+8613800000001', signature: 's', template: '1', values: [], serial: '5000:1' }

  test('is a failure with its words', () => {
    const failed = tencentReport(sent, '2026-08-05 12:00:03', ['MK:0001', '关机'])
    expect(read('tencent', [failed]).receipts).toMatchObject([
      { id: 'tencent:5000:1:failed', type: 'failed', providerId: '5000:1', text: 'MK:0001: 关机' },
    ])
  })

  test('may be one reply in no list, which is the same however often it is pushed', () => {
    const reply = tencentReply('+8613800000001', 'TD', 1_786_000_000)
    const [first] = read('tencent', reply).receipts
    expect(first).toMatchObject({ type: 'replied', from: '13800000001', text: 'TD', at: 1_786_000_000_000 })
    expect(read('tencent', [reply]).receipts[0]?.id).toBe(first?.id)
    expect(read('tencent', { ...reply, time: 1_786_000_001 }).receipts[0]?.id).not.toBe(first?.id)
  })
})

test('what is no JSON is refused whole', () => {
  expect(() => readSmsReports('aliyun', 'hello')).toThrow(
    expect.objectContaining({ code: 'invalid-request' }),
  )
})

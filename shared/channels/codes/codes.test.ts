import { describe, expect, test } from 'vitest'
import { smsFaults } from '../sms/faults.ts'
import { codeOf, sayCode } from './index.ts'

describe('the code of a failure', () => {
  test.each([
    ['http-404: no such page', 'http-404'],
    ['smtp-550: 550 5.1.1 no such user', 'smtp-550 5.1.1'],
    ['smtp-421: try later', 'smtp-421'],
    ['ECONNREFUSED: connect ECONNREFUSED 1.2.3.4:25', 'ECONNREFUSED'],
    ['isv.BUSINESS_LIMIT_CONTROL: 触发分钟级流控', 'isv.BUSINESS_LIMIT_CONTROL'],
    ['550 5.2.2 the mailbox is full', '5.2.2'],
    ['UNDELIV', 'UNDELIV'],
    ['the number is not in use', 'other'],
  ])('of %s is %s', (told, code) => expect(codeOf(told)).toBe(code))
})

describe('in words', () => {
  const means = (channel: string, code: string) => sayCode(channel, code)?.means.en ?? null
  test('a mail server’s enhanced code is closer than its reply', () => {
    expect(means('email', 'smtp-550 5.1.1')).toBe('There is no such mailbox')
    expect(means('email', 'smtp-452 4.2.2')).toBe('Their mailbox is full')
    expect(means('email', '5.2.2')).toBe('Their mailbox is full')
    expect(means('email', 'smtp-599 5.9.9')).toBe('They refuse it')
  })
  test('a status of HTTP goes by its class where it has no line of its own', () => {
    expect(means('sms', 'http-402')).toBe('The account is empty')
    expect(means('sms', 'http-418')).toBe('They refuse the request')
    expect(means('webhook', 'robot-93000')).toBe('There is no such robot, or it is out of use')
  })
  test('a provider of text messages and WeCom speak in codes of their own, some known by how they begin', () => {
    expect(means('sms', 'isv.AMOUNT_NOT_ENOUGH')).toBe('The balance is too small')
    expect(smsFaults.tencent.filter(({ code }) => code.endsWith('.')).length).toBeGreaterThan(0)
    for (const { code, message } of smsFaults.tencent)
      expect(means('sms', code.endsWith('.') ? `${code}Other` : code)).toBe(message.en)
    expect(means('wecom', 'wecom-60020')).toMatch(/address/)
  })
  test('connections fail alike on every channel, and what nobody knows has no words', () => {
    expect(means('sms', 'ECONNREFUSED')).toBe(means('email', 'ECONNREFUSED'))
    expect(means('sms', 'smtp-550')).toBeNull()
    expect(means('sms', 'toString')).toBeNull()
  })
})

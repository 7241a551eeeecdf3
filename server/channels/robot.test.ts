import { describe, expect, test } from 'vitest'
import { robotRefusal } from './robot.ts'

const as = (text: string) => text
const feishu = new URL('https://open.feishu.cn/open-apis/bot/v2/hook/x')
const other = new URL('https://shop.example/hook')

describe('what a group robot answers with 200', () => {
  test.each([
    [other, { errcode: 0, errmsg: 'ok' }],
    [feishu, { StatusCode: 0, code: 0, msg: 'success' }],
    [other, { code: 200, msg: 'ok' }],
    [other, { errcode: '40058' }],
    [other, 'ok'],
    [other, undefined],
  ])('from %s is taken where it says %j', (url, answer) => {
    expect(robotRefusal(url, answer, as)).toBeNull()
  })

  test.each([
    [other, { errcode: 310000, errmsg: 'keywords not in content' }, 'robot-310000'],
    [feishu, { code: 19024, msg: 'Key Words Not Found', data: {} }, 'robot-19024'],
    [other, { errcode: 40058 }, 'robot-40058'],
  ])('from %s is a refusal where it says %j', (url, answer, code) => {
    expect(robotRefusal(url, answer, as)).toMatchObject({ kind: 'rejected', code })
  })

  test.each([
    [other, { errcode: 130101 }],
    [other, { errcode: -1 }],
    [feishu, { code: 11232 }],
  ])('from %s is tried again where it says %j', (url, answer) => {
    expect(robotRefusal(url, answer, as)).toMatchObject({
      kind: 'endpoint',
      mend: 'time',
      afterMs: 60_000,
    })
  })

  test.each([
    [other, { errcode: 93000, errmsg: 'invalid webhook url' }],
    [other, { errcode: 310000, errmsg: 'sign not match' }],
    [other, { errcode: 300001, errmsg: 'token is not exist' }],
    [feishu, { code: 19001, msg: 'param invalid: incoming webhook access token invalid' }],
    [feishu, { code: 19021, msg: 'sign match fail or timestamp is not within one hour' }],
  ])('from %s is the address’s fault, for a person to mend, where it says %j', (url, answer) => {
    expect(robotRefusal(url, answer, as)).toMatchObject({ kind: 'endpoint', mend: 'person' })
  })
})

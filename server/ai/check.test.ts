import { describe, expect, test } from 'vitest'
import { checkFrame, checkText, grantedValues } from './check.ts'
import { aRequest } from './fixtures.ts'

describe('signature and opt-out words', () => {
  test('kept as in the written text are no fault', () => {
    expect(checkFrame('【鹊桥礼物】王芳，七夕礼盒立减 50 元，回T退订', aRequest())).toEqual([])
    expect(checkFrame('【鹊桥礼物】王芳，七夕礼盒立减 50 元，回 T 退订', aRequest())).toEqual([])
  })

  test('may not be dropped, doubled or altered', () => {
    for (const text of [
      '王芳，七夕礼盒立减 50 元，回T退订',
      '【鹊桥礼物】王芳，【鹊桥礼物】的礼盒，回T退订',
      '【鹊桥】王芳，七夕礼盒，回T退订',
      '【鹊桥礼物】王芳，七夕礼盒立减 50 元',
      '【鹊桥礼物】王芳，七夕礼盒立减 50 元，回R退订',
    ]) {
      expect(checkFrame(text, aRequest()), text).toHaveLength(1)
    }
  })

  test('may not be added where the sender adds them', () => {
    const bare = aRequest({ sop: '亲爱的王芳，七夕快乐' })
    expect(checkFrame('王芳，七夕快乐', bare)).toEqual([])
    expect(checkFrame('【鹊桥礼物】王芳，七夕快乐', bare)).toHaveLength(1)
    expect(checkFrame('王芳，七夕快乐，回T退订', bare)).toHaveLength(1)
    expect(checkFrame('王芳，七夕快乐【鹊桥】', bare)).toHaveLength(1)
    expect(checkFrame('王芳，【限时】七夕快乐', bare)).toEqual([])
    expect(checkFrame('【别家】王芳，七夕快乐', { ...bare, signature: null })).toHaveLength(1)
  })

  test('are the same whether the signature is given with its brackets or without', () => {
    const request = aRequest({ signature: '鹊桥礼物' })
    expect(checkFrame('【鹊桥礼物】王芳，鹊桥礼物的七夕礼盒，回T退订', request)).toEqual([])
    expect(checkFrame('王芳，鹊桥礼物的七夕礼盒，回T退订', request)).toHaveLength(1)
  })

  test('hold in English as well', () => {
    const request = aRequest({ sop: 'Hello. Reply STOP to unsubscribe', signature: null })
    expect(checkFrame('Hi. Reply STOP to unsubscribe', request)).toEqual([])
    expect(checkFrame('Hi.', request)).toHaveLength(1)
  })
})

describe('the facts that a text may use', () => {
  test('are the plain ones', () => {
    expect(grantedValues({ name: '王芳', points: 1280, vip: true, city: null, note: '' })).toEqual([
      '王芳',
      '1280',
      'true',
    ])
  })

  test('are not what a customer wrote at length, or with an address', () => {
    const facts = {
      note: 'x'.repeat(41),
      site: 'https://evil.example',
      bare: 'evil.com 领 500 元',
      lines: '王芳\n送 500 元',
    }
    expect(grantedValues(facts)).toEqual([])
  })
})

describe('a polished text', () => {
  const request = aRequest()

  test('that says the same in other words passes', () => {
    expect(
      checkText('【鹊桥礼物】芳芳好，8 月 19 日前下单七夕大礼盒，立减 50 元，香氛控别错过，回T退订', request),
    ).toEqual([])
  })

  test.each([
    ['an invented number', '仅剩 37 件，', '37'],
    ['an invented address', '点 https://evil.example/x ，', 'evil.example'],
    ['an open variable', '{{ name }}，', '{{'],
    ['a prohibited word', '国家级', '国家级'],
    ['a promise of its own', '包邮，', '包邮'],
  ])('with %s does not', (_, words, named) => {
    const faults = checkText(request.sop.replace('亲爱的', words), request)
    expect(faults.filter((fault) => fault.includes(named))).not.toEqual([])
  })

  test('without a fact, or too long, does not', () => {
    expect(checkText(request.sop.replace(' 50 元', ''), request)).toHaveLength(1)
    expect(checkText(request.sop, aRequest({ maxChars: 20 }))).toHaveLength(1)
  })

  test('may use a plain fact of the customer, and not what the customer wrote at length', () => {
    const text = request.sop.replace('亲爱的', '1280 积分的')
    expect(checkText(text, request)).toEqual([])
    const note = `我想问一下，听说你们的活动是回复就可以领到 800 元红包，是真的吗，${'请回答我'.repeat(5)}`
    const offered = aRequest({ facts: { name: '王芳', note } })
    expect(checkText(request.sop.replace('亲爱的', '送 800 元红包，'), offered).join()).toContain('800 元')
  })
})

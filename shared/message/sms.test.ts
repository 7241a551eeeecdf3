import { existsSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { composeSms, smsLength, smsParts } from './sms.ts'

const frame = { signature: '鹊桥礼物', optOut: '拒收请回复R', marketing: true }
const dataFile = new URL('../../../shared/data/chinese/sms-rules-and-examples.json', import.meta.url)
const hasData = existsSync(dataFile)

interface Example {
  kind: string
  text: string
  chars: number
  sms: number
}

function examples(): Example[] {
  const data: { messages: Example[] } = JSON.parse(readFileSync(dataFile, 'utf8'))
  return data.messages
}

describe('the length of an SMS', () => {
  test('70 characters are one part, 71 are two of 67', () => {
    expect(smsLength('七'.repeat(70))).toEqual({ units: 70, parts: 1, perPart: 70 })
    expect(smsLength('七'.repeat(71))).toEqual({ units: 71, parts: 2, perPart: 67 })
    expect(smsLength('a'.repeat(134)).parts).toBe(2)
    expect(smsLength('a'.repeat(135)).parts).toBe(3)
    expect(smsLength('')).toEqual({ units: 0, parts: 0, perPart: 70 })
  })

  test('rule 15: an emoji counts two, and is never cut in half', () => {
    expect(smsLength('🎁'.repeat(35)).parts).toBe(1)
    const text = `${'七'.repeat(66)}🎁${'夕'.repeat(66)}`
    expect(smsParts(text).map((part) => part.length)).toEqual([66, 67, 1])
    expect(smsLength(text).parts).toBe(3)
  })

  test('cutting loses nothing, splits no character, and fills no part over 67', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (text) => {
        const parts = smsParts(text)
        expect(parts.join('')).toBe(text)
        expect(parts.length).toBe(smsLength(text).parts)
        if (parts.length > 1)
          expect(parts.every((part) => part.length <= 67 && !/^[\uDC00-\uDFFF]/.test(part))).toBe(true)
      }),
      { seed: 7 },
    )
  })

  test.skipIf(!hasData)('agrees with real messages (skipped without ../shared/data)', () => {
    for (const { text, chars, sms } of examples()) {
      expect([text, smsLength(text).units, smsLength(text).parts]).toEqual([text, chars, sms])
    }
  })
})

describe('the frame of an SMS', () => {
  test('puts the signature before and the opt-out words after', () => {
    expect(composeSms('七夕礼盒已上架。', frame)).toBe('【鹊桥礼物】七夕礼盒已上架。拒收请回复R')
  })

  test('keeps a link apart from the opt-out words', () => {
    expect(composeSms('戳 https://m.example.cn/q7', frame)).toBe(
      '【鹊桥礼物】戳 https://m.example.cn/q7 拒收请回复R',
    )
  })

  test('gives a service message no opt-out words', () => {
    expect(composeSms('您的订单已签收。', { ...frame, marketing: false })).toBe(
      '【鹊桥礼物】您的订单已签收。',
    )
  })

  test('writes each once, whatever the marketer wrote', () => {
    const variants = [
      ...[
        'TD退订',
        '回T退订',
        '回N退订',
        '回TD退订',
        '退订回T',
        '退订回D',
        '退订回TD',
        '退订回复T',
        '退订回复D',
      ],
      ...[
        '退订回复N',
        '退订回复TD',
        '拒收回T',
        '回t退',
        '回T退',
        'td退订',
        '退订回t',
        '拒收请回复R',
        '回复TD退订',
      ],
      ...['退订回Ｔ', '（回T退订）', '退订回复TD!'],
    ]
    for (const variant of variants) {
      for (const body of [
        `【鹊桥礼物】礼盒已上架，${variant}`,
        `礼盒已上架 ${variant}【鹊桥礼物】`,
        `礼盒已上架${variant}。`,
      ]) {
        expect([body, composeSms(body, frame)]).toEqual([body, '【鹊桥礼物】礼盒已上架拒收请回复R'])
      }
    }
  })

  test('leaves words that only look like it', () => {
    expect(composeSms('回复N取消', { ...frame, marketing: false })).toBe('【鹊桥礼物】回复N取消')
    expect(composeSms('买T恤，七天内可退', frame)).toBe('【鹊桥礼物】买T恤，七天内可退拒收请回复R')
  })

  test('framing twice is framing once', () => {
    const piece = fc.constantFrom(
      '礼盒',
      '，',
      '。',
      ' ',
      '回T退订',
      '拒收请回复R',
      '【鹊桥礼物】',
      'a/b',
      '退订回TD!',
      '七夕🎁',
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), fc.boolean(), (pieces, marketing) => {
        const once = composeSms(pieces.join(''), { ...frame, marketing })
        expect(composeSms(once, { ...frame, marketing })).toBe(once)
        expect(once.startsWith('【鹊桥礼物】')).toBe(true)
        expect(once.endsWith('拒收请回复R')).toBe(marketing)
      }),
      { seed: 7, numRuns: 500 },
    )
  })

  test.skipIf(!hasData)(
    'reframes real messages to one signature and one suffix (skipped without data)',
    () => {
      for (const { text, kind } of examples().filter((example) => example.kind === 'marketing')) {
        const signature = /【(.+?)】/.exec(text)?.[1] ?? '鹊桥礼物'
        const framed = composeSms(text, { ...frame, signature })
        expect([kind, framed.match(/【/g)?.length]).toEqual([kind, 1])
        expect(framed.match(/退订|拒收/g)).toEqual(['拒收'])
      }
    },
  )
})

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { checkPolished, type PolishLimits } from './check.ts'

const limits: PolishLimits = {
  source:
    '亲爱的王芳，七夕礼盒立减 50 元，打 8 折，8 月 19 日 20:00 前有效，码 QX88，https://m.example.cn/q7',
  values: ['王芳', '金卡', '1280', '2025-08-29'],
  maxChars: 140,
}
const kept = '立减 50 元，8 折，8 月 19 日 20:00 前，QX88，https://m.example.cn/q7'

const faults = (text: string, change: Partial<PolishLimits> = {}): string[] =>
  checkPolished(text, { ...limits, ...change }).map((fault) => fault.code)

describe('a polished text', () => {
  test('may say the same facts in other words', () => {
    for (const text of [
      '王芳，七夕快乐。礼盒为你打八折，再减五十元，8月19日晚8点前用 QX88 下单：https://m.example.cn/q7',
      '王芳，５０块、８折、８月１９日２０：００前，优惠码 ＱＸ８８，点 m.example.cn/q7 就能领',
      '50元 8.0折 8/19 20点前 qx88 m.example.cn/q7，一份心意，百年好合，千万别错过',
      '50元 8折 八月十九日 下午8:00 QX88 m.example.cn/q7 你的 1280 积分还在，去年 8 月 29 日你也在',
    ]) {
      expect([text, checkPolished(text, limits)]).toEqual([text, []])
    }
  })

  test('may add no number, price, date, address, code or offer', () => {
    const additions: Record<string, string> = {
      '再送 30 元': 'added-number',
      再送三十元: 'added-number',
      '只剩 3 天': 'added-number',
      仅剩两天: 'added-number',
      '95% 的人喜欢': 'added-number',
      百分之九十五好评: 'added-number',
      七折起: 'added-number',
      '8 月 20 日截止': 'added-date',
      '9 月见': 'added-date',
      '21 点开抢': 'added-date',
      '见 https://evil.example/x': 'added-url',
      '上 evil.cn 看看': 'added-url',
      '见 https://m.example.cn/q77': 'added-url',
      '码 QX89': 'added-code',
      '用 QIXILOVE': 'added-code',
      全场包邮: 'added-offer',
      再送你一份免费小样: 'added-offer',
      买一送一: 'added-offer',
    }
    for (const [addition, code] of Object.entries(additions)) {
      expect([addition, faults(`${kept}，${addition}`)]).toEqual([addition, expect.arrayContaining([code])])
    }
  })

  test('may lose none of them', () => {
    const losses: Record<string, [string, string]> = {
      'lost-number': ['立减 50 元，', ''],
      'lost-date': ['8 月 19 日', ''],
      'lost-code': ['QX88', ''],
      'lost-url': ['https://m.example.cn/q7', ''],
    }
    for (const [code, [part, other]] of Object.entries(losses)) {
      expect([part, faults(kept.replace(part, other))]).toEqual([part, [code]])
    }
    expect(faults(kept.replace('20:00', ''))).toEqual(['lost-date'])
  })

  test('may use what the facts and the marketer grant', () => {
    expect(faults(`${kept}，你有 900 积分`)).toEqual(['added-number'])
    expect(faults(`${kept}，你有 900 积分`, { values: ['900'] })).toEqual([])
    expect(faults(`${kept}，你有 900 积分`, { allowNumbers: [900] })).toEqual([])
    expect(faults(`${kept}，包邮`, { source: `${limits.source}，免运费` })).toEqual([])
  })

  test('has no open variables, no forbidden words, and fits', () => {
    expect(faults(`{{ name }}，${kept}`)).toEqual(expect.arrayContaining(['unresolved-variable']))
    expect(faults(`[客户姓名]，${kept}`)).toEqual(expect.arrayContaining(['unresolved-variable']))
    expect(faults(`亲爱的XXX，${kept}`)).toEqual(expect.arrayContaining(['unresolved-variable']))
    expect(faults(`全网最低，${kept}`)).toEqual(expect.arrayContaining(['prohibited-word']))
    expect(faults(`顶 级礼盒，${kept}`)).toEqual(expect.arrayContaining(['prohibited-word']))
    expect(faults(kept, { maxChars: 20 })).toEqual(['too-long'])
    expect(faults(' \n')).toEqual(['empty'])
  })

  test('a word that only warns is let through where the marketer wrote it', () => {
    expect(faults('独家好礼', { source: '独家好礼' })).toEqual([])
    expect(faults('独家好礼', { source: '好礼' })).toEqual(expect.arrayContaining(['prohibited-word']))
    expect(faults('最佳好礼', { source: '最佳好礼' })).toEqual(expect.arrayContaining(['prohibited-word']))
  })

  test('says what it found, for the model to mend', () => {
    expect(checkPolished(`${kept}，再送 30 元`, limits)).toEqual([
      { code: 'added-number', detail: '"30 元" is neither in the source nor in the facts' },
      { code: 'added-offer', detail: '"再送" is said nowhere in the source' },
    ])
  })

  test('holds in English', () => {
    const source = 'Dear Fang, 20% off until August 19, 8 pm with code QX88: https://m.example.com/q7'
    const text = 'Fang, your code QX88 takes 20 percent off until 19 Aug, 8:00 PM. See m.example.com/q7.'
    expect(checkPolished(text, { ...limits, source })).toEqual([])
    expect(faults(`${text} Free shipping for 3 days`, { source })).toEqual(
      expect.arrayContaining(['added-number', 'added-offer']),
    )
  })
})

describe('for any facts', () => {
  const number = fc.integer({ min: 2, max: 9999 })
  const fact = fc.oneof(
    number.map((n) => `${n} 元`),
    number.map((n) => `¥${n}.50`),
    fc.integer({ min: 1, max: 9 }).map((n) => `${n} 折`),
    number.map((n) => `${n} 天`),
    fc
      .tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 28 }))
      .map(([m, d]) => `${m} 月 ${d} 日`),
    fc.integer({ min: 10, max: 23 }).map((h) => `${h}:30`),
    fc.integer({ min: 1, max: 99 }).map((n) => `${n}%`),
    fc.stringMatching(/^[A-Z]{2}[0-9]{3,6}$/),
    fc.stringMatching(/^https:\/\/m\.example\.cn\/[a-z0-9]{1,8}$/),
  )
  const source = fc
    .array(fact, { minLength: 1, maxLength: 6 })
    .map((facts) => facts.map((f) => `七夕 ${f}`).join('，'))
  const wide = (text: string): string =>
    text.replace(/[0-9A-Z%]/g, (c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0))

  test('the source itself passes, in any width', () => {
    fc.assert(
      fc.property(source, (text) => {
        const own = { source: text, values: [], maxChars: 1000 }
        expect(checkPolished(text, own)).toEqual([])
        expect(
          checkPolished(wide(text.replace(/https\S+/g, '')) + (text.match(/https\S+/g) ?? []).join(' '), own),
        ).toEqual([])
      }),
      { seed: 21, numRuns: 300 },
    )
  })

  test('a fact left out is lost', () => {
    fc.assert(
      fc.property(source, (text) => {
        const codes = checkPolished('七夕快乐', { source: text, values: [], maxChars: 1000 }).map(
          (fault) => fault.code,
        )
        expect(codes.length).toBeGreaterThan(0)
        expect(codes.every((code) => code.startsWith('lost-'))).toBe(true)
      }),
      { seed: 22, numRuns: 200 },
    )
  })

  test('a fact put in is seen', () => {
    fc.assert(
      fc.property(fact, (extra) => {
        const codes = checkPolished(`七夕快乐，${extra}`, { source: '七夕快乐', values: [], maxChars: 1000 })
        expect(codes.map((fault) => fault.code.slice(0, 6))).toEqual(['added-'])
      }),
      { seed: 23, numRuns: 300 },
    )
  })
})

import { existsSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { prohibitedWords } from './words.ts'
import { innocentPhrases, prohibitedWordList, wordCategories } from './words-data.ts'

const folder = new URL('../../../shared/data/chinese/', import.meta.url)
const hasData = existsSync(folder)
const found = (text: string): string[] => prohibitedWords(text).map((hit) => hit.word)
const blocked = (text: string): string[] =>
  prohibitedWords(text).flatMap((hit) => (hit.severity === 'block' ? [hit.word] : []))

/** Words of the public list that say nothing absolute by themselves; we look for the claims made with them. */
const ordinary = new Set('最 第一 100% 百分百 肯定 保证 确保 一定 完全 全面 完美 超凡 超值 超级'.split(' '))

/** How such a word makes a claim. */
const claims: Record<string, string> = {
  最: '全网最的好物',
  第一: '销量第一',
  '100%': '100%有效',
  百分百: '百分百有效',
  肯定: '肯定有效',
  保证: '保证治愈',
  确保: '确保有效',
  一定: '一定有效',
}

describe('prohibited advertising words', () => {
  test('a clear absolute claim is blocked, with its place, its law and advice in both languages', () => {
    const [hit, ...others] = prohibitedWords('七夕礼盒，全国第一。')
    expect(others).toEqual([])
    expect(hit).toMatchObject({ word: '全国第一', category: 'absolute', severity: 'block', from: 5, to: 9 })
    expect(hit?.law).toContain('第九条')
    expect(hit?.advice.en).not.toBe('')
  })

  test('width, case and fillers do not hide a word', () => {
    expect(found('国 家 级')).toEqual(['国家级'])
    expect(found('最*佳')).toEqual(['最佳'])
    expect(found('全.国.第.一')).toEqual(['全国第一'])
    expect(found('Ｎｏ．１')).toEqual(['no1'])
    expect(found('１００％有效')).toEqual(['100%有效'])
    expect(found('顶\u200b级')).toEqual(['顶级'])
  })

  test('no disguise hides a word', () => {
    const words = [
      '国家级',
      '最佳',
      '全网第一',
      '销量第一',
      '顶级',
      '绝无仅有',
      '史上最低',
      '极品',
      '包治百病',
      '稳赚不赔',
      '第一品牌',
    ]
    const between = [
      ...[
        '🎁',
        '👨‍👩‍👧',
        '🇨🇳',
        '❤️',
        '⭐',
        '★',
        '※',
        '♥',
        '\u00ad',
        '\u200b',
        '\u200d\ufe0f',
        '\u2060',
        '\ufe0f',
        '\u0336',
      ],
      ...[
        '，',
        ',',
        '、',
        '。',
        '!',
        '\n',
        '\r\n',
        '(',
        '）',
        '【',
        '】',
        '「',
        '《',
        '“',
        '·',
        '。。。',
        ' ... ',
        '~~',
        '＊',
        '|',
      ],
      ...['\u3000', '\u2003', '🔥🔥🔥', '✨ ✨'],
    ]
    const missed = words.flatMap((word) =>
      between
        .map((mark) => [...word].join(mark))
        .filter((text) => !found(`本店${text}好物，欢迎选购`).includes(word)),
    )
    expect(missed).toEqual([])
    const bracketed = words.map((word) => [...word].map((one) => `【${one}】`).join(''))
    expect(bracketed.filter((text) => found(text).length === 0)).toEqual([])
    const oneMark = [
      '最，佳',
      '国，家级',
      '国家(级',
      '顶\n级',
      '最🎁佳礼物',
      '绝，无仅有',
      '全网第，一',
      '极【品】',
    ]
    expect(oneMark.filter((text) => found(`本店${text}`).length === 0)).toEqual([])
  })

  test('traditional characters, rare forms and other figures do not hide a word', () => {
    const texts: [string, string][] = [
      ...([
        ['國家級', '国家级'],
        ['全網第一', '全网第一'],
        ['銷量第壹', '销量第一'],
        ['絕無僅有', '绝无仅有'],
      ] as const),
      ...([
        ['頂級', '顶级'],
        ['蕞佳', '最佳'],
        ['全囯笫一', '全国第一'],
        ['排名第1', '排名第一'],
      ] as const),
      ...([
        ['排名第①', '排名第一'],
        ['Ｎｏ．１', 'no1'],
        ['ⓝⓞ.①', 'no1'],
        ['穩賺不賠', '稳赚不赔'],
      ] as const),
      ...([
        ['國🎁家，級', '国家级'],
        ['包治百疾', ''],
        ['藥到病除', '药到病除'],
        ['史上朂低', ''],
      ] as const),
    ].map(([text, word]) => [text, word])
    for (const [text, word] of texts) expect([text, found(text)]).toEqual([text, word === '' ? [] : [word]])
  })

  test('a mark between two sentences parts the word', () => {
    expect(found('服务第一，品牌至上。销往全国，第一批已发出；排名，第一步')).toEqual([])
    expect(found('我们在全国，最低温度零下。走向南极，品味冰雪；登上屋顶，级别不限')).toEqual([])
    expect(found('casino1 no10 top100')).toEqual([])
  })

  test('a family of emoji, a stroke, and other ways to write No. 1 do not hide it either', () => {
    for (const text of ['最👨‍👩‍👧‍👦佳礼物', '国丶家丶级', 'N0.1 品牌', '天下第１', '0副作用', 'CCTV推荐'])
      expect([text, prohibitedWords(text).map(({ severity }) => severity)]).toEqual([text, ['block']])
    for (const text of ['最高兴的事', '最好早点下单', '首选项']) expect(prohibitedWords(text)).toEqual([])
  })

  test('words that stand there innocently are passed over', () => {
    const texts = [
      ...['最近上新', '最后三天(合理期限)', '第一时间通知您', '保证金', '一定要记得使用', '完全免费领取'],
      ...['限时3天 8月5日-8月8日', '限量 300 份', '最高立减 50 元', '最低 9.9 元起', '最佳赏味期 30 天'],
      ...[
        '为确保本次配送顺利',
        '治愈系香薰',
        '送给最好的你',
        '全国第一时间发货',
        '最快次日达',
        '会员独家优惠',
      ],
      ...['您的包裹已到达转运中心', '国家级非遗手艺', '最好提前一天预约'],
    ]
    for (const text of texts) expect([text, found(text)]).toEqual([text, []])
  })

  test('an innocent phrase does not cover a larger claim', () => {
    expect(found('全网最好的礼物')).toEqual(['全网最好'])
    expect(found('销量第一名')).toEqual(['销量第一'])
  })

  test('an offer without a term is a warning, not a block', () => {
    for (const text of ['限时秒杀，速来', '最后一天，别错过', '限量发售']) {
      expect([text, found(text).length > 0, blocked(text)]).toEqual([text, true, []])
    }
  })

  test('the places it gives hold the word, in any text', () => {
    const piece = fc.constantFrom(
      '最佳',
      '国 家级',
      '最近',
      '七夕',
      '，',
      'Ｎｏ．１',
      '保本',
      '确',
      '限时',
      '3天',
      '🎁',
      '第一',
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const text = pieces.join('')
        let end = 0
        for (const hit of prohibitedWords(text)) {
          expect(hit.from).toBeGreaterThanOrEqual(end)
          const shown = text.slice(hit.from, hit.to).normalize('NFKC').toLowerCase().replace(/[\s.]/g, '')
          expect(shown).toBe(hit.word)
          end = hit.to
        }
      }),
      { seed: 11, numRuns: 300 },
    )
  })

  test('the list is well-formed: folded, without doubles, every category used', () => {
    const words = prohibitedWordList.map((entry) => entry.word)
    expect(new Set(words).size).toBe(words.length)
    for (const word of words) expect(word).toBe(word.normalize('NFKC').toLowerCase().replace(/\s/g, ''))
    expect(new Set(prohibitedWordList.map((entry) => entry.category)).size).toBe(
      Object.keys(wordCategories).length,
    )
    expect(new Set(innocentPhrases).size).toBe(innocentPhrases.length)
    for (const { reason, severity } of Object.values(wordCategories))
      expect([severity, reason['zh-CN'].length > 5, reason.en.length > 5]).toEqual([severity, true, true])
  })
})

describe.skipIf(!hasData)('against the public list and real texts (skipped without ../shared/data)', () => {
  test('finds every clear word of the list in a sentence that claims something', () => {
    const list: { sources: { categories?: Record<string, string[]> }[]; false_positive_risk: string[] } =
      JSON.parse(readFileSync(new URL('ad-law-words.json', folder), 'utf8'))
    const words = list.sources.flatMap((source) => Object.values(source.categories ?? {}).flat())
    const clear = [...new Set(words)].filter((word) => !ordinary.has(word))
    expect(clear.length).toBeGreaterThan(90)
    expect(clear.filter((word) => found(`本店商品${word}，欢迎选购`).length === 0)).toEqual([])
    expect(Object.entries(claims).filter(([, text]) => blocked(text).length === 0)).toEqual([])
    for (const text of list.false_positive_risk) expect([text, found(text)]).toEqual([text, []])
  })

  test('blocks fewer than 1 and finds words in fewer than 3 of 100 ordinary product texts', () => {
    const texts = readFileSync(new URL('product-copy-1070.jsonl', folder), 'utf8')
      .trim()
      .split('\n')
      .map((line): string => JSON.parse(line).summary)
    const share = (count: number): number => count / texts.length
    const blocking = texts.filter((text) => blocked(text).length > 0).length
    const finding = texts.filter((text) => found(text).length > 0).length
    console.info(`Words: of ${texts.length} product texts ${blocking} are blocked, ${finding} have a finding`)
    expect(share(blocking)).toBeLessThan(0.01)
    expect(share(finding)).toBeLessThan(0.03)
  })

  test('blocks none of the real SMS', () => {
    const { messages }: { messages: { text: string }[] } = JSON.parse(
      readFileSync(new URL('sms-rules-and-examples.json', folder), 'utf8'),
    )
    expect(messages.flatMap(({ text }) => blocked(text))).toEqual([])
  })
})

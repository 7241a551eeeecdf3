import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { evaluate } from '../conditions/evaluate.ts'
import { noHistory } from '../conditions/history.ts'
import { someone } from '../testing/driver.ts'
import { type ChoosingAt, choose } from './choose.ts'
import { type Content, contentSchema } from './content.ts'
import { askedLabels, usualLabels, type VariantLabels } from './labels.ts'
import { whoGets } from './who.ts'
import { sayChosen } from './words.ts'

const zone = 'Asia/Shanghai'
const now = Date.parse('2026-08-19T10:00:00+08:00')

const asked = (attributes: Record<string, string>, at = now): ChoosingAt => ({
  ...{ customer: someone({ attributes }), labels: usualLabels, now: at, zone },
})
const text = (en: string) => ({ text: { en } })
const none = { stage: [], tier: [], interest: [], persona: [] }

const greeting = contentSchema.parse({
  ...{ key: 'greeting', name: { en: 'Greeting' }, kind: 'text', default: text('Hello') },
  variants: [
    { id: 'new', labels: { stage: ['new'] }, body: text('Welcome') },
    { id: 'gold', labels: { tier: ['gold', 'platinum'] }, body: text('Our best') },
    { id: 'new_gold', labels: { stage: ['new'], tier: ['gold'] }, body: text('Welcome, gold') },
  ],
})

const variantFor = (content: Content, at: ChoosingAt) => choose(content, at)?.chosen.variant ?? null

describe('the variant that somebody is shown', () => {
  it('is the one whose every label fits, the default where none does', () => {
    expect(variantFor(greeting, asked({ score_stage: 'new' }))).toBe('new')
    expect(variantFor(greeting, asked({ tier: 'platinum' }))).toBe('gold')
    expect(variantFor(greeting, asked({ tier: 'silver' }))).toBe('default')
    expect(variantFor(greeting, asked({}))).toBe('default')
  })

  it('is the most specific of those that fit, of equals the first', () => {
    expect(variantFor(greeting, asked({ score_stage: 'new', tier: 'gold' }))).toBe('new_gold')
    expect(variantFor(greeting, asked({ score_stage: 'new', tier: 'platinum' }))).toBe('new')
  })

  it('says why, as data and in words of both languages', () => {
    const chosen = choose(greeting, asked({ score_stage: 'new', tier: 'gold' }))?.chosen
    expect(chosen?.why).toEqual({ code: 'labels', matched: { stage: 'new', tier: 'gold' } })
    expect(chosen && sayChosen(chosen)).toEqual({
      'zh-CN': 'new_gold（阶段：新客；等级：gold）',
      en: 'new_gold (Stage: New; Tier: gold)',
    })
  })

  it('asks the attributes that the brand has chosen', () => {
    const at = { ...asked({ level: 'gold' }), labels: { ...usualLabels, tier: 'level' } }
    expect(variantFor(greeting, at)).toBe('gold')
  })

  it('reads an attribute by its declared type, a list by its members', () => {
    const of = { tier: { type: 'list', format: '、' } } as const
    const customer = someone({ attributes: { tier: 'vip、gold' }, types: { of, zone, currency: 'CNY' } })
    expect(variantFor(greeting, { ...asked({}), customer })).toBe('gold')
  })
})

describe('an offer', () => {
  const offer = contentSchema.parse({
    ...{ key: 'gift', name: { en: 'Gift' }, kind: 'offer' },
    default: { name: { en: 'A gift' }, until: '2026-08-19' },
    variants: [
      { id: 'gold', labels: { tier: ['gold'] }, body: { name: { en: 'More' }, from: '2026-08-20' } },
    ],
  })

  it('is shown on its days alone, both included, by the day of the brand’s zone', () => {
    const night = Date.parse('2026-08-19T23:59:00+08:00')
    expect(variantFor(offer, asked({ tier: 'gold' }, night))).toBe('default')
    expect(variantFor(offer, asked({ tier: 'gold' }, night + 60_000))).toBe('gold')
    expect(variantFor(offer, asked({}, night + 60_000))).toBeNull()
  })
})

const values = { stage: ['new', 'active'], tier: ['gold', 'silver'], interest: ['tea'], persona: ['north'] }
const someLabels = fc
  .record({
    stage: fc.subarray(values.stage),
    tier: fc.subarray(values.tier),
    interest: fc.subarray(values.interest),
    persona: fc.subarray(values.persona),
  })
  .filter((given) => askedLabels(given).length > 0)
const contents = fc.array(someLabels, { maxLength: 6 }).map((all) =>
  contentSchema.parse({
    ...{ key: 'any', name: { en: 'Any' }, kind: 'text', default: text('-') },
    variants: all.map((labels, index) => ({ id: `v${index}`, labels, body: text(String(index)) })),
  }),
)
const maybe = (of: readonly string[]) => fc.option(fc.constantFrom(...of), { nil: undefined })
const people = fc
  .record({
    score_stage: maybe([...values.stage, 'lost']),
    tier: maybe([...values.tier, 'none']),
    score_category: maybe(values.interest),
    owner_team: maybe(values.persona),
  })
  .map((drawn) =>
    Object.fromEntries(
      Object.entries(drawn).flatMap(([name, one]) => (one === undefined ? [] : [[name, one]])),
    ),
  )

const labelsOf = (content: Content, id: string): VariantLabels =>
  content.variants.find((one) => one.id === id)?.labels ?? none

describe('whatever the library and the customer', () => {
  it('somebody is always shown the same, and something', () => {
    fc.assert(
      fc.property(contents, people, (content, attributes) => {
        const once = choose(content, asked(attributes))
        expect(once).not.toBeNull()
        expect(choose(content, asked(attributes))).toEqual(once)
      }),
    )
  })

  it('nothing that fits has more labels than what is shown', () => {
    fc.assert(
      fc.property(contents, people, (content, attributes) => {
        const shown = variantFor(content, asked(attributes)) ?? ''
        const alone = content.variants.filter(
          ({ id }) =>
            variantFor(
              { ...content, variants: content.variants.filter((one) => one.id === id) } as Content,
              asked(attributes),
            ) === id,
        )
        const most = Math.max(0, ...alone.map(({ labels }) => askedLabels(labels).length))
        expect(askedLabels(labelsOf(content, shown)).length).toBe(most)
        const first = alone.find(({ labels }) => askedLabels(labels).length === most)
        expect(shown).toBe(first?.id ?? 'default')
      }),
    )
  })

  it('the conditions of who gets which agree with what each is shown', () => {
    fc.assert(
      fc.property(contents, people, (content, attributes) => {
        const at = asked(attributes)
        const facts = {
          ...{ customer: at.customer, tags: new Set<string>(), audiences: new Map(), events: [] },
          ...{ history: noHistory, entry: {}, picks: null },
        }
        const moment = { now, zone, enteredAt: null, anchors: {} }
        const got = whoGets(content, usualLabels, '2026-08-19').filter(({ condition }) =>
          evaluate(condition, { ...facts, audiences: { has: () => false } }, moment),
        )
        expect(got.map(({ variant }) => variant)).toEqual([variantFor(content, at)])
      }),
    )
  })
})

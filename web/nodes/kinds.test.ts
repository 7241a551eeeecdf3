import { createInstance } from 'i18next'
import { describe, expect, test } from 'vitest'
import { compile } from '../../shared/compile/index.ts'
import { parseJourney } from '../../shared/journey/file.ts'
import { journeySchema } from '../../shared/journey/graph.ts'
import { type NodeTypeName, nodeTypes, registry } from '../../shared/nodes/index.ts'
import type { UntilKind } from '../../shared/nodes/wait/until.ts'
import { locales } from '../../shared/text.ts'
import en from '../locales/en/index.ts'
import zh from '../locales/zh-CN/index.ts'
import type { ConfigOf } from './card.ts'

/** One of the kinds that stand within a node, so that the palette stays short. */
interface Kind {
  readonly config: object
  /** What the form calls it. */
  readonly label: string
  /** Why no template is of this kind. */
  readonly unused?: string
}
type Kinds<Name extends string> = Readonly<Record<Name, Kind>>

const everybody = { kind: 'attribute', name: 'customer_id', op: 'is_set' }
const at = (kind: string, more: object = {}) => ({ audience: everybody, at: { kind, ...more } })
const until = (kind: string, more: object) => ({ until: { kind, ...more } })
const order = { event: 'order' }
const week = { amount: 1, unit: 'week' }
const itsDay = 'a template has no day of its own'

const groups = {
  audience_at: {
    festival: {
      config: at('festival', { festival: 'qixi', days: -14, time: '10:00' }),
      label: 'audienceAt.kinds.festival',
    },
    date: {
      config: at('date', { date: '2027-08-08', time: '10:00' }),
      label: 'audienceAt.kinds.date',
      unused: itsDay,
    },
    cron: { config: at('cron', { cron: '0 10 * * 1' }), label: 'audienceAt.kinds.cron' },
    join: { config: at('join'), label: 'audienceAt.ways.join' },
    leave: { config: at('leave'), label: 'audienceAt.ways.leave' },
  } satisfies Kinds<ConfigOf<'audience_at'>['at']['kind']>,
  customer_date: {
    yearly: {
      config: { attribute: 'birthday', days: -3, time: '10:00', repeat: 'yearly' },
      label: 'repeat.yearly',
    },
    once: {
      config: { attribute: 'registered_at', days: 100, time: '10:00', repeat: 'once' },
      label: 'repeat.once',
    },
  } satisfies Kinds<NonNullable<ConfigOf<'customer_date'>['repeat']>>,
  event: {
    now: { config: { filter: order, unless: null }, label: 'event.ways.now' },
    unless: {
      config: { filter: { event: 'add_to_cart' }, unless: { filter: order, within: week } },
      label: 'event.ways.unless',
    },
  },
  manual: { list: { config: {}, label: 'manual.list' } },
  from_journey: {
    left: { config: { journey: 'first', on: 'left', endings: ['stopped'] }, label: 'fromJourney.on.left' },
    entered: {
      config: { journey: 'first', on: 'entered' },
      label: 'fromJourney.on.entered',
      unused: 'what follows another journey begins where that one ends',
    },
  } satisfies Kinds<ConfigOf<'from_journey'>['on']>,
  wait: {
    duration: { config: until('duration', { span: week }), label: 'wait.kinds.duration' },
    time: { config: until('time', { time: '20:00' }), label: 'wait.kinds.time' },
    weekday: {
      config: until('weekday', { days: 'weekday', from: '09:00', to: '18:00' }),
      label: 'wait.kinds.weekday',
    },
    festival: {
      config: until('festival', { festival: 'qixi', days: -3, time: '10:00' }),
      label: 'wait.kinds.festival',
    },
    customer_date: {
      config: until('customer_date', { attribute: 'birthday', days: -3, time: '10:00', repeat: 'yearly' }),
      label: 'wait.kinds.customer_date',
    },
    date: {
      config: until('date', { date: '2027-08-08', time: '10:00' }),
      label: 'wait.kinds.date',
      unused: itsDay,
    },
  } satisfies Kinds<UntilKind>,
  wait_event: {
    one: { config: { filter: order, limit: week }, label: 'waitEvent.what' },
    any: {
      config: { filter: order, limit: week, also: [{ filter: { event: 'coupon_redeemed' } }] },
      label: 'waitEvent.also',
    },
    receipt: {
      config: { filter: { event: 'message_clicked' }, limit: week, message: 'word' },
      label: 'waitEvent.message',
    },
  },
  decision: { task: { config: {}, label: 'decision.buttons' } },
} satisfies Partial<Record<NodeTypeName, Kinds<string>>>

const all = Object.entries(groups).flatMap(([type, kinds]) =>
  Object.entries<Kind>(kinds).map(([kind, { config, ...more }]) => {
    const known = registry.get(type)
    if (known === undefined) throw new Error(`there is no type ${type}`)
    const whole = known.config.parse({ ...JSON.parse(JSON.stringify(known.defaults())), ...config })
    return { type, kind, known, config: whole, ...more }
  }),
)

const i18n = createInstance()
void i18n.init({
  resources: { 'zh-CN': zh, en },
  fallbackLng: false,
  initAsync: false,
  interpolation: { escapeValue: false },
})
const said = (one: (typeof all)[number], locale: (typeof locales)[number]) =>
  one.known.describe(one.config, { locale, currency: 'CNY' })

describe.each(all)('$type, $kind', (one) => {
  test('has a name in the form, help and a sentence, in both languages', () => {
    for (const words of [
      i18n.getFixedT('zh-CN', 'nodes')(one.label as 'manual.list'),
      one.known.help['zh-CN'],
      said(one, 'zh-CN'),
    ])
      expect(words).toMatch(/\p{Script=Han}/u)
    for (const words of [
      i18n.getFixedT('en', 'nodes')(one.label as 'manual.list'),
      one.known.help.en,
      said(one, 'en'),
    ])
      expect(words).toMatch(/^[^\p{Script=Han}]+$/u)
  })

  test('says in its sentence what tells it from the other kinds, and no word of the program', () => {
    for (const locale of locales) {
      const others = all.filter(({ type, kind }) => type === one.type && kind !== one.kind)
      const sentence = said(one, locale)
      expect(others.map((other) => said(other, locale))).not.toContain(sentence)
      expect(sentence).not.toMatch(/[a-z]_[a-z]|undefined|null|\[object/)
    }
  })

  test('can be published', () => {
    const name = { 'zh-CN': '名字', en: 'Name' }
    const entry = one.known.role === 'trigger'
    const ports = one.known.ports(one.config).map(({ id }) => [id, entry ? 'word' : 'done'])
    const journey = journeySchema.parse({
      format: 1,
      id: 'kind',
      name,
      settings: { reentry: { kind: 'after_days', days: 300 } },
      nodes: {
        ...(entry ? {} : { picked: { type: 'manual', name, config: {} } }),
        word: { type: 'send', name, config: { channel: 'in_app', text: { 'zh-CN': '您好' } } },
        one: { type: one.type, name, config: JSON.parse(JSON.stringify(one.config)) },
        done: { type: 'exit', name, config: {} },
      },
      edges: {
        ...(entry ? {} : { picked: { entered: 'word' } }),
        word: { sent: entry ? 'done' : 'one', not_sent: entry ? 'done' : 'one' },
        one: Object.fromEntries(ports),
      },
    })
    const options = { registry, now: Date.parse('2026-11-01'), zone: 'Asia/Shanghai', publishing: true }
    const { diagnostics } = compile(journey, options)
    expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([])
  })
})

const templates = Object.values(
  import.meta.glob<string>('../../templates/*.journey.json', {
    query: '?raw',
    import: 'default',
    eager: true,
  }),
).flatMap((text) => {
  const parsed = parseJourney(text)
  return parsed.ok ? [parsed.journey] : []
})

/** Of which kind a configuration is, as the table above names them. */
const kindOf: { readonly [Type in keyof typeof groups]: (config: ConfigOf<Type>) => string | string[] } = {
  audience_at: (config) => config.at.kind,
  customer_date: ({ repeat }) => repeat ?? 'yearly',
  event: ({ unless }) => (unless === null ? 'now' : 'unless'),
  manual: () => 'list',
  from_journey: ({ on }) => on,
  wait: (config) => config.until.kind,
  wait_event: ({ also, message }) => [
    also.length > 0 ? 'any' : 'one',
    ...(message === null ? [] : ['receipt']),
  ],
  decision: () => 'task',
}

test('each kind is used by a template, or it is said why by none', () => {
  const used = new Set(
    templates.flatMap(({ nodes }) =>
      Object.values(nodes).flatMap(({ type, config }) => {
        const tell = Object.entries(kindOf).find(([known]) => known === type)?.[1] as
          | ((config: unknown) => string | string[])
          | undefined
        const parsed = registry.get(type)?.config.parse(config)
        return tell === undefined ? [] : [tell(parsed)].flat().map((kind) => `${type} ${kind}`)
      }),
    ),
  )
  for (const { type, kind, unused } of all)
    expect([`${type} ${kind}`, used.has(`${type} ${kind}`)]).toEqual([
      `${type} ${kind}`,
      unused === undefined,
    ])
})

test('they stand within few nodes: what a journey can begin with are five things in the palette', () => {
  const entries = Object.values(nodeTypes).filter(({ role }) => role === 'trigger')
  expect(entries.map(({ type }) => type)).toEqual(Object.keys(groups).slice(0, 5))
})

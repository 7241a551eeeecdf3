import { describe, expect, test } from 'vitest'
import { unnamedSignature } from '../journey/brand.ts'
import type { Journey } from '../journey/graph.ts'
import { limits } from '../limits.ts'
import { registry } from '../nodes/index.ts'
import { send } from '../nodes/send.ts'
import { type Sketch, sketch } from '../testing/sketch.ts'
import { type CheckOptions, check } from './check.ts'
import { diagnosticTable } from './diagnostics.ts'

const now = Date.parse('2026-08-01T10:00:00+08:00')
const options = { registry, now, zone: 'Asia/Shanghai', publishing: false }

function found(journey: Journey, more: Partial<CheckOptions> = {}) {
  return check(journey, { ...options, ...more })
}

function codes(one: Sketch): string[] {
  return found(sketch(one)).map(({ code }) => code)
}

const text = (zh: string, more: Record<string, unknown> = {}): [string, Record<string, unknown>] => [
  'send',
  { channel: 'in_app', text: { 'zh-CN': zh }, ...more },
]

/** A list by hand, one node, and an exit; the node's ports all lead to the exit. */
function around(
  node: Sketch['nodes'][string],
  ports: readonly string[],
  more: Partial<Sketch> = {},
): Journey {
  return sketch({
    ...more,
    nodes: { in: ['manual'], it: node, out: ['exit'], ...more.nodes },
    edges: {
      'in.entered': 'it',
      ...Object.fromEntries(ports.map((port) => [`it.${port}`, 'out'])),
      ...more.edges,
    },
  })
}
const sent = ['sent', 'not_sent']

test('a journey in which all is well has nothing to tell', () => {
  expect(found(around(text('你好'), sent))).toEqual([])
})

describe('a value that nobody can read as it is kept', () => {
  const coupon = {
    it: ['coupon', { name: { 'zh-CN': '券' }, value: 2000, validDays: 7 }] as [
      string,
      Record<string, unknown>,
    ],
  }
  const journey = (zh: string) =>
    sketch({
      nodes: { in: ['manual'], ...coupon, note: text(zh), out: ['exit'] },
      edges: {
        ...{ 'in.entered': 'it', 'it.issued': 'note', 'it.not_issued': 'out' },
        ...{ 'note.sent': 'out', 'note.not_sent': 'out' },
      },
    })

  test('is a finding with its mend: minor units and milliseconds', () => {
    const told = found(
      journey('减 {{ coupon.value }}，满 {{ coupon.min_spend }}，至 {{ coupon.expires_at }}'),
    )
    expect(told.map(({ code, severity }) => [code, severity])).toEqual([
      ['bare-money', 'error'],
      ['bare-money', 'error'],
      ['bare-date', 'error'],
    ])
    expect(told[0]?.mend['zh-CN']).toContain('{{ coupon.value | money }}')
    expect(told[2]?.mend.en).toContain('{{ coupon.expires_at | date_local }}')
  })

  test('is none where it is written as money or as a date, or only asked about', () => {
    const texts = [
      '减 {{ coupon.value | money }}，至 {{ coupon.expires_at | date_local }}',
      "减 {{ coupon.value | divided_by: 100 }} 元，至 {{ coupon.expires_at | date: '%Y-%m-%d' }}",
      '{% if coupon.value > 1000 %}大额{% else %}小额{% endif %}券',
    ]
    for (const one of texts) expect([one, found(journey(one))]).toEqual([one, []])
  })

  test('a date format that is wrong is told with its place and its mend', () => {
    const [told] = found(journey("至 {{ coupon.expires_at | date: 'YYYY-MM-DD' }}"))
    expect(told).toMatchObject({
      code: 'template-syntax',
      node: 'note',
      field: 'text.zh-CN',
      severity: 'error',
    })
    expect(told?.message.en).toContain('"YYYY-MM-DD" at line 1, column 3')
    expect(told?.mend['zh-CN']).toContain('%Y')
  })
})

describe('a message that nobody has written', () => {
  const blank = { text: { 'zh-CN': ' ', en: '' } }

  test('does not go out', () => {
    expect(found(around(['send', { channel: 'sms', ...blank }], sent))).toMatchObject([
      { code: 'empty-text', node: 'it', field: 'text', severity: 'error' },
    ])
    expect(found(around(['send', { ...send.defaults() }], sent)).map(({ code }) => code)).toEqual([
      'empty-text',
    ])
  })

  test('needs its subject too, where it is an e-mail', () => {
    const mail = text('你好', { channel: 'email', subject: { 'zh-CN': '' } })
    expect(found(around(mail, sent))).toMatchObject([{ code: 'empty-subject', field: 'subject' }])
  })

  test('may lack one of the languages', () => {
    expect(found(around(['send', { channel: 'sms', text: { 'zh-CN': '你好', en: '' } }], sent))).toEqual([])
  })
})

test('what is told names nodes and ports as the marketer does', () => {
  const names = { 'zh-CN': '等一等', en: 'Rest' }
  const loop = around(['wait', { until: { kind: 'duration', span: { amount: 1, unit: 'day' } } }], [], {
    edges: { 'in.entered': 'it', 'it.done': 'it' },
  })
  const named = { ...loop, nodes: { ...loop.nodes, it: { ...loop.nodes.it, name: names } } }
  const told = found(named as Journey).map(({ code, message }) => [code, message['zh-CN'], message.en])
  expect(told).toContainEqual([
    'loop-without-wait',
    '循环「等一等 → 等一等」没有经过限定次数的等待，客户会不停地转',
    'The loop “Rest → Rest” passes no wait with a maximum of visits, so a customer could go round for ever',
  ])
  expect(told).toContainEqual(['no-end', '从「等一等」出发走不到结束', 'From “Rest” no exit can be reached'])
})

describe('the graph', () => {
  test('needs a trigger', () => {
    expect(codes({ nodes: { out: ['exit'] } })).toEqual(['no-trigger'])
  })

  test('is not said to have no end where the type of its end is unknown', () => {
    const open = sketch({ nodes: { in: ['manual'], out: ['teleport'] }, edges: { 'in.entered': 'out' } })
    expect(found(open).map(({ code }) => code)).toEqual(['unknown-node-type'])
  })

  test('has every port led somewhere, a trigger’s too', () => {
    const lists = found(sketch({ nodes: { in: ['manual'], out: ['exit'] } }))
    expect(lists).toMatchObject([
      { code: 'dangling-port', node: 'in', field: 'ports.entered', severity: 'error' },
      { code: 'unreachable-node', node: 'out' },
    ])
    const half = found(around(text('你好'), ['sent']))
    expect(half).toMatchObject([{ code: 'dangling-port', node: 'it', field: 'ports.not_sent' }])
    expect(half[0]?.message).toEqual({
      'zh-CN': '出口「未发送」没有连到任何节点',
      en: 'The port “Not sent” leads nowhere',
    })
  })

  test('has no line from a port or a node that is not there, nor to one', () => {
    expect(found(around(text('你好'), [...sent, 'opened']))).toMatchObject([
      { code: 'unknown-port', node: 'it', field: 'ports.opened' },
    ])
    const exit = around(text('你好'), sent, { edges: { 'out.done': 'it' } })
    expect(found(exit)).toMatchObject([{ code: 'unknown-port', node: 'out' }])
    const ghost = around(text('你好'), sent, { edges: { 'ghost.done': 'it' } })
    expect(found(ghost)).toMatchObject([{ code: 'unknown-source', node: null }])
    const lost = sketch({ nodes: { in: ['manual'] }, edges: { 'in.entered': 'nowhere' } })
    expect(found(lost).map(({ code }) => code)).toContain('unknown-target')
  })

  test('has no line into a trigger or a goal', () => {
    const back = sketch({
      nodes: {
        in: ['manual'],
        mark: ['tag', { add: ['a'] }],
        won: ['goal', { filter: { event: 'order' }, window: { kind: 'journey' } }],
      },
      edges: { 'in.entered': 'mark', 'mark.done': 'in' },
    })
    expect(found(back)).toMatchObject([
      { code: 'edge-into-trigger', node: 'mark', field: 'ports.done' },
      { code: 'no-end' },
    ])
    const goal: Journey = { ...back, edges: { in: { entered: 'mark' }, mark: { done: 'won' } } }
    expect(found(goal)).toMatchObject([{ code: 'edge-into-goal', node: 'mark' }, { code: 'no-end' }])
  })

  test('keeps the names that the machine needs for itself', () => {
    const journey = sketch({
      nodes: { start: ['manual'], left: ['exit'] },
      edges: { 'start.entered': 'left' },
    })
    expect(found(journey)).toMatchObject([
      { code: 'reserved-id', node: 'start' },
      { code: 'reserved-id', node: 'left' },
    ])
  })

  test('has no node that nobody gets to, but goals need no line', () => {
    const journey = around(text('你好'), sent, {
      nodes: {
        alone: ['tag', { add: ['a'] }],
        won: ['goal', { filter: { event: 'order' }, window: { kind: 'journey' } }],
      },
      edges: { 'alone.done': 'out' },
    })
    expect(found(journey)).toMatchObject([{ code: 'unreachable-node', node: 'alone' }])
  })

  test('leads everybody to an exit', () => {
    const wait = [
      'wait',
      { until: { kind: 'duration', span: { amount: 1, unit: 'day' } }, maxVisits: 3 },
    ] as const
    const trap = sketch({
      nodes: {
        in: ['manual'],
        ask: ['branch', { branches: [{ id: 'yes', name: { en: 'y' }, when: { kind: 'tag', tag: 'a' } }] }],
        a: wait,
        b: ['tag', { add: ['x'] }],
        out: ['exit'],
      },
      edges: {
        'in.entered': 'ask',
        'ask.yes': 'out',
        'ask.otherwise': 'a',
        'a.done': 'b',
        'a.limit': 'b',
        'b.done': 'a',
      },
    })
    const list = found(trap)
    expect(list.filter(({ code }) => code === 'no-end').map(({ node }) => node)).toEqual(['a', 'b'])
  })

  test('without any exit has no end', () => {
    expect(
      codes({ nodes: { in: ['manual'], mark: ['tag', { add: ['a'] }] }, edges: { 'in.entered': 'mark' } }),
    ).toEqual(['dangling-port', 'no-end'])
  })
})

describe('a loop', () => {
  const rest = (maxVisits: number | null) =>
    ['wait', { until: { kind: 'duration', span: { amount: 1, unit: 'day' } }, maxVisits }] as const
  const loop = (middle: Sketch['nodes'][string], edges: Record<string, string>) =>
    sketch({
      nodes: {
        in: ['manual'],
        ask: ['branch', { branches: [{ id: 'yes', name: { en: 'y' }, when: { kind: 'tag', tag: 'a' } }] }],
        middle,
        out: ['exit'],
      },
      edges: { 'in.entered': 'ask', 'ask.yes': 'out', 'ask.otherwise': 'middle', ...edges },
    })

  test('rule 11: a loop through a wait with a maximum of visits is legal', () => {
    expect(found(loop(rest(5), { 'middle.done': 'ask', 'middle.limit': 'out' }))).toEqual([])
  })

  test('rule 11: a loop without a maximum of visits is told with all its nodes', () => {
    const [told] = found(loop(rest(null), { 'middle.done': 'ask' }))
    expect(told).toMatchObject({ code: 'loop-without-wait', node: 'ask' })
    expect(told?.message.en).toContain('ask → middle → ask')
  })

  test('without any wait is told', () => {
    expect(found(loop(['tag', { add: ['a'] }], { 'middle.done': 'ask' }))).toMatchObject([
      { code: 'loop-without-wait' },
    ])
  })

  test.each([
    ['a day of a festival', { until: { kind: 'festival', festival: 'qixi', days: -3, time: '10:00' } }],
    ['a date', { until: { kind: 'date', date: '2099-01-01', time: '10:00' } }],
  ])('through %s, which may be past, is told as one that may not wait', (_, config) => {
    const [told] = found(
      loop(['wait', { ...config, maxVisits: 99 }], { 'middle.done': 'ask', 'middle.limit': 'out' }),
    )
    expect(told).toMatchObject({ code: 'loop-may-not-wait', node: 'middle', severity: 'error' })
    expect(told?.message.en).toContain('nobody is sure to wait at “middle”')
  })

  test('rule 11: a loop by the port of a day that was missed waits for nothing, and is told', () => {
    const missed = { until: { kind: 'date', date: '2099-01-01', time: '10:00' }, late: 'skip', maxVisits: 9 }
    const edges = { 'middle.done': 'out', 'middle.late': 'ask', 'middle.limit': 'out' }
    expect(found(loop(['wait', missed], edges))).toMatchObject([{ code: 'loop-may-not-wait' }])
  })

  describe('through a wait for an event', () => {
    const listen = (more: object = {}) =>
      [
        'wait_event',
        { filter: { event: 'order' }, limit: { amount: 2, unit: 'day' }, maxVisits: 9, ...more },
      ] as const
    const onward = { 'middle.happened': 'out', 'middle.timeout': 'out', 'middle.limit': 'out' }

    test('is legal where nothing has happened in all the time', () => {
      expect(found(loop(listen(), { ...onward, 'middle.timeout': 'ask' }))).toEqual([])
    })

    const back = { ...onward, 'middle.happened': 'ask' }

    test('is legal where each round needs another event', () => {
      expect(found(loop(listen(), back))).toEqual([])
    })

    test('is not where the event may have happened since entry', () => {
      expect(found(loop(listen({ since: 'entry' }), back))).toMatchObject([
        { code: 'loop-may-not-wait', node: 'middle' },
      ])
    })

    test('is told where every event would be answered with a message', () => {
      const answering = sketch({
        nodes: { in: ['manual'], middle: listen(), it: text('收到'), out: ['exit'] },
        edges: {
          'in.entered': 'middle',
          ...onward,
          'middle.happened': 'it',
          'it.sent': 'middle',
          'it.not_sent': 'middle',
        },
      })
      expect(found(answering)).toMatchObject([{ code: 'many-in-an-hour' }])
    })
  })

  test('of two ways is told where one of them may not wait', () => {
    const edges = { 'middle.done': 'ask', 'middle.limit': 'eve', 'eve.done': 'ask', 'eve.limit': 'out' }
    const eve = [
      'wait',
      { until: { kind: 'festival', festival: 'qixi', days: 0, time: '10:00' }, maxVisits: 3 },
    ]
    const both = loop(rest(5), edges)
    const nodes = { ...both.nodes, eve: { type: 'wait', name: { en: 'eve' }, config: eve[1] } }
    expect(found({ ...both, nodes } as Journey)).toMatchObject([{ code: 'loop-may-not-wait', node: 'eve' }])
  })

  test('that floods an hour is told, unless the journey allows for it', () => {
    const quick = [
      'wait',
      { until: { kind: 'duration', span: { amount: 10, unit: 'minute' } }, maxVisits: 9 },
    ]
    const flood = (settings: object) =>
      sketch({
        nodes: { in: ['manual'], it: text('你好'), rest: quick as never, out: ['exit'] },
        edges: {
          'in.entered': 'it',
          'it.sent': 'rest',
          'it.not_sent': 'rest',
          'rest.done': 'it',
          'rest.limit': 'out',
        },
        settings: { ...settings },
      })
    expect(found(flood({}))).toMatchObject([
      { code: 'many-in-an-hour', node: null, field: 'settings.mostPerHour', severity: 'warning' },
    ])
    expect(found(flood({}))[0]?.message.en).toContain('can get 6 marketing messages')
    expect(found(flood({ mostPerHour: 6 }))).toEqual([])
  })

  test('that goes back by the port for visits used up would never end', () => {
    expect(found(loop(rest(5), { 'middle.done': 'out', 'middle.limit': 'ask' }))).toMatchObject([
      { code: 'loop-without-wait', node: 'ask' },
    ])
  })

  test('of a node with itself is a loop too', () => {
    expect(found(loop(['tag', { add: ['a'] }], { 'middle.done': 'middle' })).map(({ code }) => code)).toEqual(
      ['no-end', 'loop-without-wait'],
    )
  })
})

describe('a configuration', () => {
  test('is told field by field, in both languages', () => {
    const list = found(around(['send', { channel: 'pigeon', text: {}, speed: 1 }], sent))
    expect(list.filter(({ code }) => code === 'invalid-config').map(({ field }) => field)).toEqual([
      'channel',
      'text',
      'speed',
    ])
    expect(list[0]?.message['zh-CN']).toBe('「channel」填写有误：应为：已有的渠道')
  })

  test('asks for a real date and a length above zero', () => {
    const until = (value: unknown) => found(around(['wait', { until: value }], ['done']))
    expect(until({ kind: 'date', date: '2026-02-30', time: '10:00' })).toMatchObject([
      { field: 'until.date' },
    ])
    expect(until({ kind: 'duration', span: { amount: 0, unit: 'day' } })).toMatchObject([
      { field: 'until.span.amount' },
    ])
    expect(until({ kind: 'duration', span: { amount: 999, unit: 'year' } })).toMatchObject([
      { field: 'until.span.amount' },
    ])
    expect(until({ kind: 'someday' })).toMatchObject([{ field: 'until.kind' }])
  })

  test('of a type that nobody knows is told as such', () => {
    expect(found(around(['teleport'], ['done']))).toMatchObject([{ code: 'unknown-node-type', node: 'it' }])
  })

  test('rule 10: shares that do not add up to 100 are told with their sum', () => {
    const variants = [40, 40].map((weight, at) => ({ id: `v${at}`, name: { en: 'v' }, weight }))
    const [told] = found(around(['split', { variants }], ['v0', 'v1']))
    expect(told).toMatchObject({ code: 'weights-not-100', field: 'variants' })
    expect(told?.message.en).toBe('The shares add up to 80%, not 100%')
  })
})

test('a variable that the journey gives no value is told where it stands, and once', () => {
  const when = { kind: 'attribute', name: 'points', op: 'gte', value: { variable: 'least' } }
  const branch = { branches: [{ id: 'yes', name: { en: 'Yes' }, when: { kind: 'all', of: [when] } }] }
  const journey = around(['branch', branch], ['yes', 'otherwise'])
  const told = (variables: Journey['variables']) =>
    found({ ...journey, variables })
      .filter(({ severity }) => severity === 'error')
      .map(({ code, node, field }) => ({ code, node, field }))
  expect(told({})).toEqual([{ code: 'value-missing', node: 'it', field: 'branches.0.when.of.0.value' }])
  expect(told({ least: { value: 100 } })).toEqual([])
})

describe('a past date', () => {
  const journey = sketch({
    nodes: {
      in: [
        'audience_at',
        { audience: { kind: 'tag', tag: 'a' }, at: { kind: 'date', date: '2026-07-31', time: '10:00' } },
      ],
      rest: ['wait', { until: { kind: 'date', date: '2026-08-01', time: '10:00' } }],
      out: ['exit'],
    },
    edges: { 'in.entered': 'rest', 'rest.done': 'out' },
  })

  test('is a warning where it runs already, so that a text can be corrected after the day', () => {
    const severities = found(journey, { publishing: true, published: journey }).map(
      ({ severity }) => severity,
    )
    expect(severities).toEqual(severities.map(() => 'warning'))
    expect(severities).not.toEqual([])
  })

  test('is a warning while drawing and an error when publishing', () => {
    const severities = (publishing: boolean) => found(journey, { publishing }).map(({ severity }) => severity)
    expect(severities(false)).toEqual(['warning', 'warning'])
    expect(severities(true)).toEqual(['error', 'error'])
  })

  test('is judged on the journey’s own clock', () => {
    const abroad: Journey = { ...journey, settings: { ...journey.settings, zone: 'America/New_York' } }
    expect(found(abroad).map(({ node }) => node)).toEqual(['in'])
  })
})

describe('a variable', () => {
  test('must be built in, declared, or known to the brand', () => {
    const typo = around(text('{{ customer.nmae }}'), sent)
    const [told] = found(typo)
    expect(told).toMatchObject({
      code: 'unknown-variable',
      node: 'it',
      field: 'text.zh-CN',
      severity: 'error',
    })
    expect(told?.message['zh-CN']).toContain('customer.nmae')
    const tier = around(text('{{ customer.tier | default: "会员" }}'), sent)
    expect(found(tier)).toMatchObject([{ code: 'unknown-variable' }])
    expect(found(tier, { knownVariables: ['customer.tier'] })).toEqual([])
    expect(found({ ...tier, variables: { 'customer.tier': {} } })).toEqual([])
  })

  test('that is declared covers its parts, and nothing that only begins like it', () => {
    const parts = around(
      text(
        '{% for i in entry.items %}{{ i.name | default: "" }}{% endfor %}{{ entry.items[0].name | default: "" }}',
      ),
      sent,
    )
    expect(found({ ...parts, variables: { 'entry.items': {} } })).toEqual([])
    expect(found({ ...parts, variables: { 'entry.item': {} } })[0]).toMatchObject({
      code: 'unknown-variable',
    })
  })

  test('that may be blank wants a default, but for the name', () => {
    expect(found(around(text('{{ customer.name }}，{{ brand.name }}'), sent))).toEqual([])
    expect(found(around(text('{{ customer.city }}'), sent))).toMatchObject([
      { code: 'missing-default', severity: 'warning' },
    ])
    expect(found(around(text('{{ customer.city | default: "远方" }}'), sent))).toEqual([])
  })

  test('that may be blank where a colleague is asked keeps from that, and no message', () => {
    const buttons = ['yes', 'no'].map((id) => ({ id, name: { en: id } }))
    const limit = { amount: 2, unit: 'day' }
    const asked = ['decision', { title: '{{ customer.city }}', buttons, limit }] as const
    expect(found(around(asked, ['yes', 'no', 'timeout'])).map(({ code }) => code)).toEqual([
      'missing-default-step',
    ])
  })

  test('of the festival has a value only for those who came in at one', () => {
    const message = text('{{ festival.name }}还有 {{ festival.days_left }} 天')
    expect(found(around(message, sent)).map(({ code }) => code)).toEqual([
      'missing-default',
      'missing-default',
    ])
    const at = { kind: 'festival', festival: 'qixi', days: -3, time: '10:00' }
    expect(
      found(
        around(message, sent, {
          settings: { reentry: { kind: 'after_days', days: 300 } },
          nodes: { in: ['audience_at', { audience: { kind: 'tag', tag: 'a' }, at }] },
        }),
      ),
    ).toEqual([])
  })

  const coupon = ['coupon', { name: { en: 'c' }, value: 100, validDays: 7 }] as const
  const ask = [
    'branch',
    { branches: [{ id: 'yes', name: { en: 'y' }, when: { kind: 'tag', tag: 'a' } }] },
  ] as const

  test('of a coupon needs a coupon before it', () => {
    expect(found(around(text('{{ coupon.code }}'), sent))).toMatchObject([{ code: 'unknown-variable' }])
    const given = around(text('{{ coupon.code }}'), sent, {
      nodes: { gift: coupon },
      edges: { 'in.entered': 'gift', 'gift.issued': 'it', 'gift.not_issued': 'it' },
    })
    expect(found(given)).toEqual([])
  })

  test('of a coupon that only some get is a warning', () => {
    const nodes = { ask, gift: coupon }
    const edges = {
      'in.entered': 'ask',
      'ask.yes': 'gift',
      'ask.otherwise': 'it',
      'gift.issued': 'it',
      'gift.not_issued': 'it',
    }
    expect(found(around(text('{{ coupon.code }}'), sent, { nodes, edges }))).toMatchObject([
      { code: 'variable-on-some-paths', severity: 'warning' },
    ])
    const both = { ...nodes, other: coupon }
    const all = { ...edges, 'ask.otherwise': 'other', 'other.issued': 'it', 'other.not_issued': 'it' }
    expect(found(around(text('{{ coupon.code }}'), sent, { nodes: both, edges: all }))).toEqual([])
  })

  test('of a coupon that comes later is unknown', () => {
    const journey = around(text('{{ coupon.code }}'), [], {
      nodes: { gift: coupon },
      edges: { 'it.sent': 'gift', 'it.not_sent': 'gift', 'gift.issued': 'out', 'gift.not_issued': 'out' },
    })
    expect(found(journey)).toMatchObject([{ code: 'unknown-variable' }])
  })
})

describe('a text', () => {
  test('that cannot be read is told with its place', () => {
    const [told] = found(around(text('你好 {{ customer.name'), sent))
    expect(told).toMatchObject({ code: 'template-syntax', field: 'text.zh-CN', severity: 'error' })
  })

  test('that takes more steps than a text may is told with what it takes, also where only some would get there', () => {
    const limit = limits.templateSteps.value
    const loop = '{% for i in (1..1000) %}{% for j in (1..1000) %}{{ j }}{% endfor %}{% endfor %}'
    for (const heavy of [loop, `{% if customer.city == '上海' %}${loop}{% else %}您好{% endif %}`]) {
      const [told] = found(around(text(heavy), sent))
      expect(told).toMatchObject({
        code: 'template-over-budget',
        node: 'it',
        field: 'text.zh-CN',
        severity: 'error',
      })
      expect(told?.message.en).toMatch(new RegExp(`about 200\\d+ steps .+ and ${limit} is the most`))
    }
    const doubled = `{% assign s = '好好好好' %}${'{% assign s = s | append: s %}'.repeat(30)}{{ s }}`
    expect(found(around(text(doubled), sent))).toMatchObject([{ code: 'template-syntax', severity: 'error' }])
    const broken = '{% for i in (1..30000) %}{{ i }}{% if i > 2 %}{% break %}{% endif %}{% endfor %}'
    expect(found(around(text(broken), sent))).toEqual([])
  })

  test('that goes through lists in lists may be published, and the doubt is told unless they are limited', () => {
    const loops = (limit: string) =>
      `{% for a in entry.items${limit} %}{% for b in a.parts${limit} %}{{ b.name }}、{% endfor %}{% endfor %}`
    const declared = { variables: { 'entry.items': {} } }
    const codes = (limit: string) => found(around(text(loops(limit)), sent, declared)).map(({ code }) => code)
    expect(codes('')).toContain('template-maybe-over-budget')
    expect(codes(' limit: 50')).not.toContain('template-maybe-over-budget')
  })

  test('with a prohibited word may not be published, one with a doubtful word may', () => {
    const blocked = found(around(text('全国第一的礼物'), sent)).filter(
      ({ code }) => code === 'prohibited-word',
    )
    expect(blocked[0]).toMatchObject({ severity: 'error', field: 'text.zh-CN' })
    expect(blocked[0]?.mend.en).not.toContain('{')
  })

  test('of an SMS that is an essay is a warning', () => {
    const essay = ['send', { channel: 'sms', text: { 'zh-CN': '礼'.repeat(300) } }] as const
    expect(found(around(essay, sent))).toMatchObject([
      { code: 'sms-long', severity: 'warning', field: 'text.zh-CN' },
    ])
    expect(found(around(text('礼'.repeat(300)), sent))).toEqual([])
  })
})

describe('a message', () => {
  test('has a text in one language at least, and no language that is blank', () => {
    expect(found(around(text(''), sent))).toMatchObject([
      { code: 'empty-text', severity: 'error', node: 'it', field: 'text' },
    ])
    const spaces = text('你好', { text: { 'zh-CN': '你好', en: ' \n' } })
    expect(found(around(spaces, sent))).toMatchObject([{ code: 'empty-text', field: 'text.en' }])
    const email = text('你好', { channel: 'email', subject: { en: '' } })
    expect(found(around(email, sent))).toMatchObject([{ code: 'empty-subject', field: 'subject' }])
    const hook = text('', { channel: 'webhook', url: 'https://example.com/hook' })
    expect(found(around(hook, sent))).toEqual([])
  })
})

describe('a schedule', () => {
  const at = (cron: string) =>
    sketch({
      settings: { reentry: { kind: 'after_leaving' } },
      nodes: {
        in: ['audience_at', { audience: { kind: 'tag', tag: 'a' }, at: { kind: 'cron', cron } }],
        out: ['exit'],
      },
      edges: { 'in.entered': 'out' },
    })

  test('names a day that comes', () => {
    expect(found(at('0 10 29 2 *'))).toEqual([])
    expect(found(at('0 10 30 2 *'))).toMatchObject([
      { code: 'never-fires', severity: 'error', node: 'in', field: 'at.cron' },
    ])
  })
})

describe('a trigger that comes again, where nobody may come in again', () => {
  const at = (trigger: Sketch['nodes'][string], settings = {}) =>
    codes({ settings, nodes: { in: trigger, out: ['exit'] }, edges: { 'in.entered': 'out' } })
  const audience = { kind: 'tag', tag: 'a' }
  const festival = { kind: 'festival', festival: 'qixi', days: -3, time: '10:00' }
  const day = { attribute: 'birthday', days: 0, time: '10:00' }

  test.each<[string, Sketch['nodes'][string]]>([
    ['every Monday', ['audience_at', { audience, at: { kind: 'cron', cron: '0 10 * * 1' } }]],
    ['at a festival', ['audience_at', { audience, at: festival }]],
    ['on each birthday', ['customer_date', day]],
    ['with each order', ['event', { filter: { event: 'order' } }]],
  ])('%s is a warning', (_when, trigger) => {
    expect(at(trigger)).toEqual(['recurs-only-once'])
    expect(at(trigger, { reentry: { kind: 'after_leaving' } })).toEqual([])
  })

  test.each<[string, Sketch['nodes'][string]]>([
    ['on one day', ['audience_at', { audience, at: { kind: 'date', date: '2026-08-19', time: '10:00' } }]],
    ['at an expiry', ['customer_date', { ...day, attribute: '到期日', repeat: 'once' }]],
    ['on registering', ['event', { filter: { event: 'registered' } }]],
  ])('what comes once, %s, is none', (_when, trigger) => {
    expect(at(trigger)).toEqual([])
  })
})

describe('what the brand’s attributes hold', () => {
  const attributes = {
    zone: 'Asia/Shanghai',
    currency: 'CNY',
    customers: 100,
    of: {
      points: { type: 'number', format: null },
      code: { type: 'text', format: null },
      到期日: { type: 'date', format: null },
      纪念日: { type: 'date', format: null },
    },
    filled: { 到期日: { filled: 60, unreadable: 1 }, 纪念日: { filled: 60, unreadable: 40 } },
  } as const
  const branch = (test: object) =>
    around(
      ['branch', { branches: [{ id: 'yes', name: { en: 'y' }, when: { kind: 'attribute', ...test } }] }],
      ['yes', 'otherwise'],
    )
  const ofBranch = (test: object) => found(branch(test), { attributes }).map(({ code }) => code)

  test('says which comparisons fit', () => {
    expect(ofBranch({ name: 'points', op: 'gt', value: '1,000' })).toEqual([])
    expect(ofBranch({ name: 'points', op: 'contains', value: '1' })).toEqual(['operator-unfit'])
    expect(ofBranch({ name: 'points', op: 'eq', value: 'many' })).toEqual(['operand-unfit'])
    expect(ofBranch({ name: 'code', op: 'gt', value: 5 })).toEqual(['operator-unfit'])
    expect(ofBranch({ name: 'code', op: 'eq', value: '010' })).toEqual([])
    expect(ofBranch({ name: 'birthday', op: 'lt', value: 'soon' })).toEqual(['operand-unfit'])
    expect(ofBranch({ name: 'unknown', op: 'gt', value: 5 })).toEqual([])
    const [told] = found(branch({ name: 'code', op: 'gt', value: 5 }), { attributes })
    expect(told?.message).toEqual({
      'zh-CN': '「code」是文本，不能用“大于”比较，这个条件对谁都不成立',
      en: '“code” is of type Text, which cannot be compared by “is over”: the test holds for nobody',
    })
  })

  test('says whether a trigger goes by a date that customers have', () => {
    const by = (attribute: string) =>
      found(
        sketch({
          nodes: {
            in: ['customer_date', { attribute, days: 0, time: '10:00', repeat: 'once' }],
            out: ['exit'],
          },
          edges: { 'in.entered': 'out' },
        }),
        { attributes },
      )
    expect(by('到期日')).toEqual([])
    expect(by('纪念日')).toMatchObject([{ code: 'date-scarce', field: 'attribute' }])
    expect(by('纪念日')[0]?.message.en).toBe('“纪念日” holds a date that can be read for 20 of 100 customers')
    expect(by('code').map(({ message }) => message.en)).toEqual([
      '“code” holds a date that can be read for 0 of 100 customers',
    ])
  })

  test('a date that may come yearly or once is asked about', () => {
    const by = (attribute: string) =>
      ({
        nodes: { in: ['customer_date', { attribute, days: 0, time: '10:00' }], out: ['exit'] },
        edges: { 'in.entered': 'out' },
        settings: { reentry: { kind: 'after_days', days: 300 } },
      }) satisfies Sketch
    expect(codes(by('到期日'))).toEqual(['date-once-unsaid'])
    expect(codes(by('纪念日'))).toEqual(['date-yearly-unsaid'])
    expect(codes(by('birthday'))).toEqual([])
  })
})

describe('a condition', () => {
  const branch = (when: unknown) =>
    around(['branch', { branches: [{ id: 'yes', name: { en: 'y' }, when }] }], ['yes', 'otherwise'])
  const order = (window: unknown) =>
    branch({ kind: 'events', event: 'order', measure: 'count', window, op: 'gte', value: 1 })

  test('that is empty somewhere is a warning, as it holds for nobody', () => {
    expect(found(branch({ kind: 'all', of: [] }))).toMatchObject([
      { code: 'empty-condition', severity: 'warning', field: 'branches.0.when' },
    ])
    expect(
      found(
        branch({
          kind: 'any',
          of: [
            { kind: 'tag', tag: 'a' },
            { kind: 'not', of: { kind: 'any', of: [] } },
          ],
        }),
      ),
    ).toHaveLength(1)
  })

  test('has no more tests than a database can plan', () => {
    const anyOf = (count: number) => ({
      kind: 'any',
      of: Array.from({ length: count }, (_, index) => ({ kind: 'tag', tag: `tag ${index}` })),
    })
    const wide = (groups: number) =>
      branch({ kind: 'not', of: { kind: 'any', of: Array(groups).fill(anyOf(50)) } })
    expect(found(wide(4))).toEqual([])
    expect(found(wide(5))).toMatchObject([{ code: 'invalid-config', field: 'branches.0.when.of' }])
    expect(found(wide(5))[0]?.message['zh-CN']).toContain('最多 200 项判断')
  })

  test('has a value for each of its tests, and so have the filters of events', () => {
    const city = (more: object) => branch({ kind: 'attribute', name: 'city', ...more })
    for (const more of [{ op: 'eq' }, { op: 'eq', value: '' }, { op: 'in', value: [] }])
      expect(found(city(more))).toMatchObject([
        { code: 'missing-operand', severity: 'warning', node: 'it', field: 'branches.0.when' },
      ])
    expect(found(city({ op: 'is_set' }))).toEqual([])
    expect(found(city({ op: 'eq', value: 0 }))).toEqual([])
    const filter = { event: 'order', where: [{ property: 'amount', op: 'gt' }] }
    const wait = { filter, limit: { amount: 1, unit: 'day' } }
    expect(
      found(
        around(['wait_event', wait], ['happened', 'timeout'], {
          settings: { exitWhen: [filter] },
        }),
      ),
    ).toMatchObject([
      { code: 'missing-operand', node: null, field: 'settings.exitWhen.0.where.0' },
      { code: 'missing-operand', node: 'it', field: 'filter.where.0' },
    ])
  })

  test('asks at the trigger for nothing that nobody has before coming in', () => {
    const filter = { event: 'order', where: [] }
    const at = { kind: 'cron', cron: '0 10 * * *' }
    const entry = { kind: 'entry', property: 'order_id', op: 'is_set' }
    const since = { kind: 'events', event: 'order', window: { kind: 'since_entry' }, op: 'gte', value: 1 }
    const early = (type: string, config: Record<string, unknown>) =>
      found(around(text('你好'), sent, { nodes: { in: [type, config] } })).filter(
        ({ code }) => code === 'asks-before-entry',
      )
    expect(early('audience_at', { audience: entry, at })).toMatchObject([{ node: 'in', field: 'audience' }])
    expect(early('audience_at', { audience: since, at })).toHaveLength(1)
    expect(early('event', { filter, audience: entry })).toEqual([])
    expect(early('event', { filter, audience: since })).toHaveLength(1)
    const own = { event: 'order', where: [{ property: 'order_id', op: 'eq', value: { entry: 'order_id' } }] }
    expect(early('event', { filter: own })).toMatchObject([{ node: 'in', field: 'filter' }])
  })

  test('on the journey’s history names a node and port that exist', () => {
    const history = (node: string, port?: string) =>
      found(branch({ kind: 'history', node, ...(port ? { port } : {}), op: 'gte', value: 1 }))
    expect(history('in')).toEqual([])
    expect(history('ghost')).toMatchObject([{ code: 'unknown-node-reference', field: 'branches.0.when' }])
    expect(history('in', 'opened')[0]?.message.en).toContain('in.opened')
  })

  test('asks of a channel what it has: of an in-app message nobody has agreed to anything', () => {
    const contact = (channel: string, state: string) => found(branch({ kind: 'contact', channel, state }))
    expect(contact('sms', 'agreed')).toEqual([])
    expect(contact('in_app', 'blacklisted')).toEqual([])
    for (const state of ['agreed', 'refused', 'unasked'])
      expect(contact('in_app', state)).toMatchObject([
        { code: 'contact-unfit', severity: 'warning', node: 'it', field: 'branches.0.when' },
      ])
    expect(contact('webhook', 'agreed')[0]?.message.en).toContain('“has agreed to marketing by webhook”')
    expect(contact('in_app', 'agreed')[0]?.mend['zh-CN']).toContain('换成短信或邮件')
  })

  test('has windows that can hold something', () => {
    expect(found(order({ kind: 'between', from: '2026-01-01', to: '2026-02-01' }))).toEqual([])
    expect(found(order({ kind: 'between', from: 'Monday' }))).toMatchObject([{ code: 'bad-window' }])
    expect(found(order({ kind: 'between', from: '2026-02-01', to: '2026-01-01' }))).toMatchObject([
      { code: 'bad-window' },
    ])
    expect(found(order({ kind: 'last', span: { amount: -3, unit: 'day' } }))).toMatchObject([
      { code: 'bad-window' },
    ])
    const festival = (from: number, to: number) =>
      order({ kind: 'festival', festival: 'qixi', from: { days: from }, to: { days: to } })
    expect(found(festival(-14, 0))).toEqual([])
    expect(found(festival(0, 0))).toMatchObject([{ code: 'bad-window' }])
  })
})

test('a wait for a coupon’s redemption names a node that gives one', () => {
  const wait = (coupon: string) =>
    found(
      around(
        ['wait_event', { filter: { event: 'coupon_redeemed' }, limit: { amount: 7, unit: 'day' }, coupon }],
        ['happened', 'timeout'],
      ),
    )
  expect(wait('ghost')).toMatchObject([{ code: 'unknown-node-reference', field: 'coupon' }])
  expect(wait('in')).toMatchObject([{ code: 'unknown-node-reference', field: 'coupon' }])
})

test('a goal’s days at a festival end after they begin', () => {
  const goal = [
    'goal',
    { filter: { event: 'order' }, window: { kind: 'festival', festival: 'qixi', from: 1, to: 1 } },
  ] as const
  expect(found(around(text('你好'), sent, { nodes: { won: goal } }))).toMatchObject([
    { code: 'bad-window', node: 'won' },
  ])
})

test('a channel that nobody has set up is warned of once, and leads to its settings', () => {
  const sms = ['send', { channel: 'sms', text: { 'zh-CN': '你好' } }] as const
  const edges = { 'it.sent': 'more', 'it.not_sent': 'more', 'more.sent': 'out', 'more.not_sent': 'out' }
  const journey = around(sms, [], { nodes: { more: sms }, edges })
  expect(found(journey)).toEqual([])
  expect(found(journey, { absentChannels: new Set(['email']) })).toEqual([])
  const [told, ...others] = found(journey, { absentChannels: new Set(['sms', 'email']) })
  expect(told).toMatchObject({
    code: 'channel-not-set-up',
    severity: 'warning',
    node: null,
    field: 'channels.sms',
  })
  expect([told?.message['zh-CN'], told?.message.en]).toEqual([
    expect.stringContaining('短信还没有设置'),
    expect.stringContaining('SMS is not set up'),
  ])
  expect(others).toEqual([])
})

test('a signature that nobody has chosen is told of where SMS leave, and only there', () => {
  const unnamed = { signature: unnamedSignature }
  const journey = around(text('你好', { channel: 'sms' }), sent)
  expect(found(journey, unnamed)).toMatchObject([
    { code: 'signature-not-set', severity: 'warning', node: null, field: 'signature' },
  ])
  expect(found(journey, { signature: '鹊桥礼物' })).toEqual([])
  expect(found(journey, { signature: null })).toEqual([])
  const mail = around(text('你好', { channel: 'email', subject: { en: 'Hello' } }), sent)
  expect(found(mail, unnamed)).toEqual([])
})

test('errors stand before warnings', () => {
  const journey = around(text('{{ customer.city }}'), ['sent'])
  expect(found(journey).map(({ severity }) => severity)).toEqual(['error', 'warning'])
})

test('every diagnostic is worded in both languages', () => {
  for (const { message, mend } of Object.values(diagnosticTable))
    for (const words of [message['zh-CN'], message.en, mend['zh-CN'], mend.en]) expect(words).not.toBe('')
})

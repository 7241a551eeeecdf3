import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { registry } from '../nodes/index.ts'
import { sketch } from '../testing/sketch.ts'
import { journeyJsonSchema, parseJourney, parseJourneyFile, printJourney } from './file.ts'
import { upgraded } from './upgrade.ts'

const journey = sketch({
  nodes: {
    picked: ['manual'],
    hello: ['send', { channel: 'in_app', text: { 'zh-CN': '你好', en: 'Hello' } }],
    done: ['exit'],
  },
  edges: { 'picked.entered': 'hello', 'hello.sent': 'done', 'hello.not_sent': 'done' },
})

function problemsOf(input: unknown) {
  const parsed = parseJourney(input)
  return parsed.ok ? [] : parsed.problems
}

function changed(change: (file: Record<string, unknown>) => void): unknown {
  const file: Record<string, unknown> = JSON.parse(printJourney(journey))
  change(file)
  return file
}

describe('a file that is not JSON', () => {
  test('is told with the line and column at which it breaks off', () => {
    const [problem] = problemsOf('{\n  "format": 1,\n  "id": "a" "b"\n}')
    expect(problem).toMatchObject({ code: 'journey-not-json', details: { line: 3, column: 13 } })
    expect(problem?.message['zh-CN']).toContain('第 3 行第 13 列')
  })

  test.each([
    ['', 1, 1],
    ['{', 1, 2],
    ['{"a": 01}', 1, 8],
    ['{"a": "x\ny"}', 1, 9],
    ['{"a": "\\x"}', 1, 8],
    ['[1,]', 1, 4],
    ['{} {}', 1, 4],
    ["{'a': 1}", 1, 2],
    ['{"a": NaN}', 1, 7],
  ])('%j breaks at line %i, column %i', (text, line, column) => {
    expect(problemsOf(text)[0]?.details).toMatchObject({ line, column })
  })

  test('is told when it ends too early, in both languages', () => {
    const [problem] = problemsOf('{"format": 1')
    expect(problem?.message.en).toContain('the end of the file')
    expect(problem?.message['zh-CN']).toContain('文件到此为止')
  })

  test('is read as UTF-8, with a byte order mark or without', () => {
    const written = new TextEncoder().encode(printJourney(journey))
    expect(parseJourneyFile(written)).toEqual({ ok: true, journey })
    expect(parseJourneyFile(new Uint8Array([0xef, 0xbb, 0xbf, ...written]))).toEqual({ ok: true, journey })
  })

  test('is refused in another encoding, which would spoil its names, with the line', () => {
    const gb18030 = Uint8Array.from([
      ...new TextEncoder().encode('{"format": 1,\n"id": "a",\n"name": {"zh-CN": "'),
      ...[0xc6, 0xdf, 0xcf, 0xa6],
      ...new TextEncoder().encode('"},\n"nodes": {}}'),
    ])
    const utf16 = Uint8Array.from(
      [...'\uFEFF{}'].flatMap((char) => [char.charCodeAt(0) & 255, char.charCodeAt(0) >> 8]),
    )
    for (const [bytes, line] of [
      [gb18030, 3],
      [utf16, 1],
    ] as const) {
      const parsed = parseJourneyFile(bytes)
      expect(parsed).toMatchObject({ ok: false, problems: [{ code: 'journey-encoding', details: { line } }] })
    }
  })

  test('is refused when a key stands twice, as one of the values would be lost', () => {
    expect(problemsOf('{"format": 1, "id": "a",\n "id": "b"}')[0]).toMatchObject({
      code: 'journey-duplicate-key',
      details: { line: 2, column: 2, key: 'id' },
    })
  })

  test('is refused when it is nested without end', () => {
    expect(problemsOf('['.repeat(5000))[0]?.code).toBe('journey-too-deep')
    const circle: Record<string, unknown> = {}
    circle.again = circle
    expect(problemsOf(circle)[0]?.code).toBe('journey-too-deep')
  })
})

describe('a file that is no journey', () => {
  test.each([['[]'], ['null'], ['"journey"'], ['7']])('%s is refused', (text) => {
    expect(problemsOf(text)[0]?.code).toBe('invalid-journey')
  })

  test('says that a newer format needs a newer Magpie', () => {
    expect(problemsOf(changed((file) => Object.assign(file, { format: 2 })))).toMatchObject([
      { code: 'journey-newer', path: 'format', details: { format: 2, known: 1 } },
    ])
  })

  test.each([[undefined], [0], ['1'], [0.5], [-1]])('has no format %j', (format) => {
    const file = changed((one) => Object.assign(one, { format }))
    expect(problemsOf(JSON.stringify(file))[0]).toMatchObject({ path: 'format', code: 'invalid-journey' })
  })

  test('keeps no unknown key silently, wherever it stands', () => {
    const file = changed((one) => {
      one.colour = 'red'
      one.settings = { speed: 3 }
      one.nodes = { a: { type: 'manual', name: { en: 'a', fr: 'b' }, config: {}, extra: 1 } }
    })
    expect(problemsOf(file).map(({ path, code }) => [path, code])).toEqual(
      expect.arrayContaining([
        ['colour', 'journey-unknown-key'],
        ['settings.speed', 'journey-unknown-key'],
        ['nodes.a.extra', 'journey-unknown-key'],
        ['nodes.a.name.fr', 'journey-unknown-key'],
      ]),
    )
  })

  test('cannot hide anything under __proto__', () => {
    const text = printJourney(journey).replace('"picked":', '"__proto__":')
    expect(problemsOf(text)[0]).toMatchObject({ path: 'nodes.__proto__', code: 'journey-unknown-key' })
  })

  test('is refused for an id that could not be a state, with the rule in both languages', () => {
    const file = changed((one) => {
      one.nodes = { 'Big Node': { type: 'manual', name: { en: 'a' }, config: {} } }
    })
    const [problem] = problemsOf(file)
    expect(problem?.path).toBe('nodes.Big Node')
    expect(problem?.message.en).toContain('a lower-case letter')
    expect(problem?.message['zh-CN']).toContain('小写字母开头')
  })

  test('names each missing part', () => {
    const problems = problemsOf({ format: 1 })
    expect(problems.map(({ path }) => path)).toEqual(['id', 'name', 'nodes'])
    expect(problems[0]?.message.en).toContain('id: it is missing; a text is needed')
    expect(problems[2]?.message['zh-CN']).toContain('nodes：缺少这一项')
  })
})

describe('a journey file', () => {
  test('may begin with a byte order mark', () => {
    expect(parseJourney(`\uFEFF${printJourney(journey)}`).ok).toBe(true)
  })

  test('may have a node that is called constructor', () => {
    const id: string = 'constructor'
    const strange = sketch({
      nodes: { [id]: ['manual'], done: ['exit'] },
      edges: { [`${id}.entered`]: 'done' },
    })
    expect(parseJourney(printJourney(strange))).toEqual({ ok: true, journey: strange })
  })

  test('comes out as it went in', () => {
    expect(parseJourney(printJourney(journey))).toEqual({ ok: true, journey })
  })

  test('is printed the same however its keys were ordered', () => {
    const { nodes, id, ...rest } = journey
    expect(printJourney({ nodes, ...rest, id })).toBe(printJourney(journey))
  })

  test('is printed for people: $schema first, small groups on a line, a newline at the end', () => {
    const text = printJourney({ ...journey, $schema: './journey.schema.json' })
    expect(text.split('\n').slice(0, 5)).toEqual([
      '{',
      '  "$schema": "./journey.schema.json",',
      '  "format": 1,',
      '  "id": "sketch",',
      '  "name": { "zh-CN": "草图", "en": "Sketch" },',
    ])
    expect(text).toContain('    "hello": { "sent": "done", "not_sent": "done" }')
    expect(text.endsWith('}\n')).toBe(true)
  })

  test('of an older format is upgraded step by step', () => {
    const older = [
      (file: Readonly<Record<string, unknown>>) => ({ ...file, format: 2, a: 1 }),
      (file: Readonly<Record<string, unknown>>) => ({ ...file, format: 3, b: file.a }),
    ]
    expect(upgraded({ format: 1 }, 1, older)).toEqual({ format: 3, a: 1, b: 1 })
    expect(upgraded({ format: 2, a: 5 }, 2, older)).toEqual({ format: 3, a: 5, b: 5 })
  })
})

describe('the JSON Schema of a journey file', () => {
  const schema = z.fromJSONSchema(journeyJsonSchema(registry))

  test('accepts what a person writes, without the parts that have defaults', () => {
    const { $schema: _none, edges: _edges, layout: _layout, ...short } = journey
    expect(schema.safeParse(short).success).toBe(true)
  })

  test('knows the configuration of each node type', () => {
    const wrong = changed((file) => {
      file.nodes = { hello: { type: 'send', name: { en: 'a' }, config: { chanel: 'sms' } } }
    })
    const foreign = changed((file) => {
      file.nodes = { hello: { type: 'teleport', name: { en: 'a' }, config: {} } }
    })
    expect(schema.safeParse(wrong).success).toBe(false)
    expect(schema.safeParse(foreign).success).toBe(false)
  })
})

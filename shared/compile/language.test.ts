import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { parseJourney } from '../journey/file.ts'
import type { Journey } from '../journey/graph.ts'
import { registry } from '../nodes/index.ts'
import { sketch } from '../testing/sketch.ts'
import { check } from './check.ts'

const options = {
  registry,
  now: Date.parse('2026-08-01T10:00:00+08:00'),
  zone: 'Asia/Shanghai',
  publishing: true,
}

const templates = readdirSync('templates')
  .filter((name) => name.endsWith('.journey.json'))
  .map((name) => {
    const parsed = parseJourney(readFileSync(`templates/${name}`, 'utf8'))
    if (!parsed.ok) throw new Error(`${name} is no journey`)
    return parsed.journey
  })

const wrongs = [
  undefined,
  null,
  '',
  'x y',
  '{{ a b | nix: }}',
  -1,
  1.5,
  1e9,
  true,
  [],
  {},
  ['x'],
  { kind: 'x' },
]

/** A value with one of its parts, however deep, put wrong. */
function* broken(value: unknown): Generator<unknown> {
  yield* wrongs
  if (typeof value !== 'object' || value === null) return
  for (const [key, part] of Object.entries(value))
    for (const wrong of broken(part))
      yield Array.isArray(value) ? value.with(Number(key), wrong) : { ...value, [key]: wrong }
}

/** What a Chinese sentence may hold of other languages: what it quotes, and single names. */
const quotes = /“[^”]*”|「[^」]*」|"[^"]*"|\{\{.*?\}\}|\{%.*?%\}|《[^》]*》|（[^）]*）/g
const english = /[A-Za-z]{2,} [A-Za-z]{2,}/

/** Sentences of the problems list that a reader of Chinese is told in English. */
function untold(journey: Journey): string[] {
  return check(journey, options)
    .flatMap(({ message, mend }) => [message['zh-CN'], mend['zh-CN']])
    .filter((text) => english.test(text.replaceAll(quotes, '')) || !/\p{Script=Han}/u.test(text))
}

/** Every type of node once, in the journey of a template. */
const examples = new Map(
  templates.flatMap((journey) =>
    Object.entries(journey.nodes).map(([id, node]) => [node.type, { journey, id, node }] as const),
  ),
)

test('whatever is wrong with a node is told in Chinese to who reads Chinese', () => {
  const found = new Set<string>()
  for (const { journey, id, node } of examples.values())
    for (const config of broken(node.config)) {
      const nodes = { ...journey.nodes, [id]: { ...node, config: { ...Object(config) } } }
      for (const text of untold({ ...journey, nodes })) found.add(text)
    }
  expect([...found]).toEqual([])
})

test.each([
  '{{ a',
  '{{ a | nix }}',
  '{% nix %}',
  '{% if a %}x',
  '{% if %}x{% endif %}',
  '{{ | x }}',
  '{% assign %}',
  '{% assign a %}',
  '{{ a[1 }}',
  '{{ (1..3 }}',
  '{% for x in %}{% endfor %}',
  '{% endif %}',
  '{% if a %}{% else %}{% elsif b %}{% endif %}',
  '{%  %}',
  '{% raw %}x',
  '{{ “a” }}',
  '{{ a | money: 1 2 }}',
  '{% if a = 1 %}{% endif %}',
  '{% cycle %}',
  '{% capture %}{% endcapture %}',
  '{{ a || b }}',
  '{{ 1 + 1 }}',
])('that %s cannot be read is told in Chinese', (text) => {
  const journey = sketch({
    nodes: {
      in: ['manual'],
      note: ['send', { channel: 'in_app', text: { 'zh-CN': `你好 ${text}` } }],
      out: ['exit'],
    },
    edges: { 'in.entered': 'note', 'note.sent': 'out', 'note.not_sent': 'out' },
  })
  expect(untold(journey)).toEqual([])
  expect(check(journey, options).map(({ code }) => code)).not.toEqual([])
})

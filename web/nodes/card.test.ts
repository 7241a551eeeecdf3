import { createInstance } from 'i18next'
import { describe, expect, test } from 'vitest'
import { check } from '../../shared/compile/check.ts'
import { journeySchema } from '../../shared/journey/graph.ts'
import { nodeTypes, registry } from '../../shared/nodes/index.ts'
import type { locales } from '../../shared/text.ts'
import en from '../locales/en/index.ts'
import zh from '../locales/zh-CN/index.ts'
import { fieldName } from './card.ts'
import { allCards, cards } from './index.ts'

const i18n = createInstance()
void i18n.init({
  resources: { 'zh-CN': zh, en },
  fallbackLng: false,
  initAsync: false,
  interpolation: { escapeValue: false },
})
const words = (locale: (typeof locales)[number]) => i18n.getFixedT(locale, 'nodes')

describe('fields by the words of their form', () => {
  test.each(Object.entries(nodeTypes))('of %s all have some, in both languages', (type, { defaults }) => {
    const card = allCards.get(type)
    if (card === undefined) throw new Error(`there is no card for ${type}`)
    for (const field of Object.keys(defaults())) {
      expect(fieldName(card, field, words('en')), field).toMatch(/^[A-Z](?!.*\.)(?!.*\{\{)/)
      expect(fieldName(card, field, words('zh-CN')), field).toMatch(/^(?!.*\{\{).*\p{Script=Han}/u)
    }
  })

  test('say which entry of a list is meant', () => {
    expect(fieldName(cards.branch.erased, 'branches.0.when.value', words('en'))).toBe('Path 1')
    expect(fieldName(cards.branch.erased, 'branches.0.when.value', words('zh-CN'))).toContain('1')
    expect(fieldName(cards.branch.erased, 'ports.no', words('en'))).toBeNull()
  })

  test('stand for the path that the compiler names in its message', () => {
    const node = (type: string, config: object) => ({ type, name: { en: type }, config })
    const nodes = { ask: node('branch', { branches: [{ id: 'a', name: { en: 'A' }, when: {} }] }) }
    const journey = journeySchema.parse({ format: 1, id: 'x', name: { en: 'X' }, nodes })
    const options = { registry, now: 0, zone: 'UTC', publishing: false }
    const [wrong] = check(journey, options).filter(({ code }) => code === 'invalid-config')
    expect(wrong?.message.en).toContain(`“${wrong?.field}”`)
    expect(wrong?.message['zh-CN']).toContain(`「${wrong?.field}」`)
  })
})

import { existsSync, readFileSync } from 'node:fs'
import { Liquid } from 'liquidjs'
import { describe, expect, test } from 'vitest'
import { render } from './render.ts'

const missesFile = new URL('golden-misses.json', import.meta.url)
const file = new URL('../../../shared/data/conformance/golden_liquid.json', import.meta.url)

interface Case {
  name: string
  template: string
  data?: Record<string, unknown>
  result?: string
  results?: string[]
  invalid?: boolean
  templates?: Record<string, string>
}

function cases(): Case[] {
  const suite: { tests: Case[] } = JSON.parse(readFileSync(file, 'utf8'))
  return suite.tests
}

/** The engine's text with LiquidJS's default options, or undefined where it refuses. */
function plain({ template, data, templates }: Case): string | undefined {
  try {
    const engine = new Liquid(templates === undefined ? {} : { templates })
    return engine.parseAndRenderSync(template, structuredClone(data ?? {}))
  } catch (error) {
    if (error instanceof Error) return undefined
    throw error
  }
}

function passes(item: Case, text: string | undefined): boolean {
  if (item.invalid === true) return text === undefined
  return item.results === undefined ? text === item.result : text !== undefined && item.results.includes(text)
}

/** Our engine's text, or undefined where it refuses. */
function ours({ template, data }: Case): string | undefined {
  const rendered = render(template, data ?? {}, { now: 0, zone: 'UTC', locale: 'en', currency: 'USD' })
  return rendered.ok ? rendered.text : undefined
}

/**
 * Messages use the same engine with these options changed: strictFilters on; limits of length, memory and
 * time; no include, render, layout or block; an allowlist of filters; dates by the context's clock and zone;
 * decimals and whole characters; blank and unreadable values refused.
 */
describe.skipIf(!existsSync(file))('the golden Liquid cases (skipped without ../shared/data)', () => {
  test('the plain engine passes at least the 809 that its default options pass', () => {
    expect(cases().filter((item) => passes(item, plain(item))).length).toBeGreaterThanOrEqual(809)
  })

  test('ours passes as many, and of each that it misses the reason is written down', () => {
    const list: Record<string, string[]> = JSON.parse(readFileSync(missesFile, 'utf8'))
    const missed = cases().filter((item) => !passes(item, ours(item)))
    const passed = cases().length - missed.length
    const reasons = Object.entries(list).map(([reason, names]) => `${names.length} ${reason}`)
    console.info(`Liquid: ${passed} of ${cases().length} cases pass; the others:\n${reasons.join('\n')}`)
    expect(passed).toBeGreaterThanOrEqual(809)
    expect(missed.map(({ name }) => name).toSorted()).toEqual(Object.values(list).flat().toSorted())
  })
})

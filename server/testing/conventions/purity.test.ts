import { describe, expect, test } from 'vitest'
import { impurities } from './impurity.ts'
import { isTest, sources } from './source.ts'

describe('shared is pure', () => {
  test('no file of shared asks the clock, chance, a timer or the network', () => {
    const problems = sources
      .filter(({ path }) => path.startsWith('shared/') && !isTest(path))
      .flatMap((source) => impurities(source).map((problem) => `${source.path}: ${problem}`))
    expect(problems).toEqual([])
  })

  test.each([
    'Date.now()',
    'const clock = Date.now',
    'new Date()',
    'globalThis.Date.now()',
    'Date()',
    'Math.random()',
    'performance.now()',
    'crypto.randomUUID()',
    'setTimeout(f, 1)',
    'globalThis.setInterval(f, 1)',
    "fetch('x')",
    'Temporal.Now.instant()',
  ])('%s is found', (text) => {
    expect(impurities({ path: 'sample.ts', text })).not.toEqual([])
  })

  test.each([
    'new Date(now)',
    'Date.UTC(2026, 0)',
    'Math.floor(x)',
    "// Date.now() is forbidden here\nconst text = 'Math.random()'",
    'port.fetch(ids)',
  ])('%s is allowed', (text) => {
    expect(impurities({ path: 'sample.ts', text })).toEqual([])
  })
})

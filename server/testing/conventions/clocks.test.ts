import { describe, expect, test } from 'vitest'
import { clockReadings } from './impurity.ts'
import { isTest, sources } from './source.ts'

/** Where a clock is read in the product, and why. Everything else is given `WallTime` or `Elapsed`. */
const readers = {
  'server/clock/machine.ts': 'the one place that reads the clocks of the machine',
  'server/cli/': 'a command runs once, and what it checks or writes is of that moment',
} as const satisfies Record<string, string>

const mayRead = (path: string) => Object.keys(readers).some((place) => path.startsWith(place))

describe('time of day and elapsed time', () => {
  const read = sources.filter(({ path }) => path.startsWith('server/') && !isTest(path))

  test('nobody in the server reads a clock but those who are named', () => {
    const found = read
      .filter(({ path }) => !mayRead(path))
      .flatMap((source) => clockReadings(source).map((what) => `${source.path}: ${what}`))
    expect(found).toEqual([])
  })

  test('whoever is named reads one', () => {
    const idle = Object.keys(readers).filter(
      (place) => !read.some((source) => source.path.startsWith(place) && clockReadings(source).length > 0),
    )
    expect(idle).toEqual([])
  })

  test.each([
    'Date.now()',
    'const clock = Date.now',
    'new Date()',
    'performance.now()',
    'process.hrtime()',
    'process.hrtime.bigint()',
    'process.uptime()',
  ])('%s is found', (text) => {
    expect(clockReadings({ path: 'sample.ts', text })).not.toEqual([])
  })

  test.each(['setTimeout(f, 1)', 'new Date(at)', 'Math.random()', 'deps.now()'])('%s reads none', (text) => {
    expect(clockReadings({ path: 'sample.ts', text })).toEqual([])
  })
})

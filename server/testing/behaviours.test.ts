import { describe, expect, test } from 'vitest'
import { readBehaviours, sayBehaviours } from '../setup/behaviours.mjs'
import { files } from './conventions/source.ts'

const behaviours = readBehaviours()
const [text = ''] = files.flatMap((file) => (file.path === 'server/testing/behaviours.md' ? [file.text] : []))
const sources = new Map(files.map((file) => [file.path, file.text]))

describe('the behaviours of other journey builders', () => {
  test('each stands once, adopted or with a reason that says something', () => {
    const rows = text.split('\n').filter((line) => /^\| \d/.test(line))
    expect(behaviours).toHaveLength(rows.length)
    const numbers = behaviours.map(({ number }) => number)
    expect(numbers).toEqual([...new Set(numbers)].sort((a, b) => a - b))
    for (const { number, adopted, reason } of behaviours)
      expect(adopted !== null || (reason ?? '').length > 60, String(number)).toBe(true)
  })

  test('what is adopted is shown by a test that there is', () => {
    const missing = behaviours.flatMap(({ number, adopted }) =>
      adopted === null || sources.get(adopted.file)?.includes(`test('${adopted.test}'`) ? [] : [number],
    )
    expect(missing).toEqual([])
  })

  test('the command that runs the tests says how many', () => {
    const adopted = behaviours.filter((one) => one.adopted !== null).length
    expect(sayBehaviours()).toContain(`${adopted} adopted, ${behaviours.length - adopted} not`)
  })
})

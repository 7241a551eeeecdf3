import { expect, test } from 'vitest'
import { files } from './source.ts'

/** What a journey means stands in so many rules, which tests are named by. */
const rules = 30

const named = /^\s*test\((['"`])(rule (\d+): .+?)\1,/

const titles = files
  .filter(({ path }) => path.endsWith('.test.ts'))
  .flatMap(({ path, text }) =>
    text.split('\n').flatMap((line) => {
      const [, , title, rule] = named.exec(line) ?? []
      return title === undefined ? [] : [{ path, title, rule: Number(rule) }]
    }),
  )

test('each rule of what a journey means is shown by tests that are named by it', () => {
  const shown = new Set(titles.map(({ rule }) => rule))
  expect(Array.from({ length: rules }, (_, index) => index + 1).filter((rule) => !shown.has(rule))).toEqual(
    [],
  )
  expect([...shown].filter((rule) => rule < 1 || rule > rules)).toEqual([])
})

test('what it is named by is a sentence of its own, and no other test’s', () => {
  const short = titles.filter(({ title }) => title.replace(/^rule \d+: /, '').split(' ').length < 4)
  expect(short).toEqual([])
  const all = titles.map(({ title }) => title)
  expect(all.filter((title, index) => all.indexOf(title) !== index)).toEqual([])
})

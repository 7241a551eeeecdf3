import { describe, expect, test } from 'vitest'
import { files, importsOf, sources } from './source.ts'

const languages = ['zh-CN', 'en'] as const
const index = (language: string) => sources.find(({ path }) => path === `web/locales/${language}/index.ts`)

const namespaces = (language: string) =>
  files
    .flatMap(({ path }) => path.match(`^web/locales/${language}/([\\w-]+)\\.ts$`)?.[1] ?? [])
    .filter((name) => name !== 'index')
    .sort()

// That the keys within are equal is held beside them, in web/locales.
describe('the files of words', () => {
  test('are the same in both languages', () => {
    expect(namespaces('zh-CN')).toEqual(namespaces('en'))
    expect(namespaces('en')).not.toEqual([])
  })

  test.each(languages)('are all listed in the index of %s', (language) => {
    const source = index(language)
    const listed = source === undefined ? [] : importsOf(source).map(({ from }) => from.slice(2, -3))
    expect(listed.filter((name) => namespaces(language).includes(name)).sort()).toEqual(namespaces(language))
  })
})

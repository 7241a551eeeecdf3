import { describe, expect, test } from 'vitest'
import { files, type Source } from './source.ts'

// Put together from parts, so that this file does not contain what it looks for.
const folders = ['work', 'root', 'home', 'Users'].join('|')
const machinePath = new RegExp(`(^|[^\\w.)\\]}-])/(${folders})/`)
const registry = /https?:\/\/(registry\.|[\w.-]*(npmjs|npmmirror|yarnpkg)\.)/
const resolved = /"resolved":\s*"https?:/

/** Lines that know of one machine or of where packages came from, as `path:line`. */
function strayLines({ path, text }: Source): string[] {
  return text
    .split('\n')
    .flatMap((line, index) =>
      machinePath.test(line) || registry.test(line) || resolved.test(line) ? [`${path}:${index + 1}`] : [],
    )
}

describe('the project speaks of itself alone', () => {
  test('no file names a place on one machine or a package registry', () => {
    expect(files.flatMap(strayLines)).toEqual([])
  })

  test.each([
    `see /${'work'}/data`,
    `"/${'home'}/me/magpie"`,
    `"${'resolved'}": "https://packages.example/zod.tgz"`,
    `https://${'registry'}.example.org/zod`,
  ])('%s is found', (text) => {
    expect(strayLines({ path: 'sample', text })).toEqual(['sample:1'])
  })

  test('a folder of the project of that name is allowed', () => {
    expect(strayLines({ path: 'sample', text: `./${'work'}/plan.ts and web/${'home'}/x.tsx` })).toEqual([])
  })
})

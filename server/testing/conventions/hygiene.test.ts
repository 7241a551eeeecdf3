import { describe, expect, test } from 'vitest'
import { duplicateTestNames, emptyCatches, isTooLong, silencedTests } from './hygiene.ts'
import { files, isTest, type Source, sources } from './source.ts'

const tests = sources.filter(({ path }) => /\.test\.tsx?$/.test(path))
const sample = (text: string): Source => ({ path: 'sample.ts', text })
const problems = (of: readonly Source[], find: (source: Source) => readonly (string | number)[]) =>
  of.flatMap((source) => find(source).map((problem) => `${source.path}: ${problem}`))

describe('nothing is swallowed', () => {
  test('no catch is empty', () => {
    const code = files.filter(({ path }) => /\.(tsx?|mjs)$/.test(path))
    expect(problems(code, emptyCatches)).toEqual([])
  })

  test('an empty catch is found, a comment in it or not', () => {
    expect(emptyCatches(sample('try { f() } catch {}\ntry { f() } catch (error) { /* why */ }'))).toEqual([
      1, 2,
    ])
    expect(emptyCatches(sample('try { f() } catch (error) { report(error) }'))).toEqual([])
  })
})

describe('every test runs', () => {
  test('no test is singled out or turned off', () => {
    expect(problems(tests, silencedTests)).toEqual([])
  })

  test('a silenced test is found, a condition is allowed', () => {
    const silenced =
      "test.skip('a', () => {})\ndescribe.only('b', () => {})\ntest.only.each([1])('c', () => {})"
    expect(silencedTests(sample(silenced))).toEqual([1, 2, 3])
    expect(silencedTests(sample("test.skipIf(absent)('a', () => {})\nrows.skip(2)"))).toEqual([])
  })

  test('no two tests of a file bear one name', () => {
    expect(problems(tests, duplicateTestNames)).toEqual([])
  })

  test('a name borne twice is found, under another heading it is another name', () => {
    const twice = "test('a', () => {})\ntest.each([1])('a', () => {})"
    const apart = "describe('x', () => { test('a', () => {}) })\ndescribe('y', () => { test('a', () => {}) })"
    expect(duplicateTestNames(sample(twice))).toEqual(['a'])
    expect(duplicateTestNames(sample(apart))).toEqual([])
  })
})

describe('a file holds one idea', () => {
  test('no file is longer than 400 lines, but tests and words', () => {
    const words = /^(web\/locales\/|shared\/errors\.ts$)/
    const long = sources.filter(({ path }) => !isTest(path) && !words.test(path))
    expect(long.filter(isTooLong).map(({ path }) => path)).toEqual([])
  })

  test('a file of 401 lines is found', () => {
    expect(isTooLong(sample('x\n'.repeat(401)))).toBe(true)
    expect(isTooLong(sample('x\n'.repeat(400)))).toBe(false)
  })
})

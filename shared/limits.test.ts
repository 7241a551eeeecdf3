import { expect, it } from 'vitest'
import { limitNames, limits, sayLimit } from './limits.ts'

it('says sizes in megabytes and kilobytes, and counts with their unit', () => {
  expect(sayLimit('eventsBodySize')).toEqual({ 'zh-CN': '16 MB', en: '16 MB' })
  expect(sayLimit('propertySize').en).toBe('64 KB')
  expect(sayLimit('eventsAtOnce')).toEqual({ 'zh-CN': '10,000 项', en: '10,000 entries' })
})

it('holds whole numbers above zero, each with its words', () => {
  for (const name of limitNames) {
    const { value, what } = limits[name]
    expect(Number.isSafeInteger(value) && value > 0, name).toBe(true)
    expect(what['zh-CN'].length * what.en.length, name).toBeGreaterThan(0)
  }
})

it('leaves room for a journey in a request', () => {
  expect(limits.jsonDepth.value).toBeGreaterThan(limits.journeyDepth.value)
  expect(limits.journeyBodySize.value).toBeGreaterThan(limits.journeyFileLength.value)
})

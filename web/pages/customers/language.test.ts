import { expect, test } from 'vitest'
import { sayLanguage } from './language.ts'

test('a language is said by its name, and what is none as it was written', () => {
  expect(sayLanguage('en', 'zh-CN')).toBe('英语')
  expect(sayLanguage('zh-CN', 'en')).toBe('Chinese (China)')
  expect(sayLanguage('zh_CN', 'en')).toBe('zh_CN')
  expect(sayLanguage('普通话', 'zh-CN')).toBe('普通话')
})

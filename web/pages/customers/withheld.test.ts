import { createInstance } from 'i18next'
import { expect, test } from 'vitest'
import en from '../../locales/en/index.ts'
import zh from '../../locales/zh-CN/index.ts'
import { sayWithheld } from './withheld.ts'

const i18n = createInstance()
void i18n.init({
  resources: { 'zh-CN': zh, en },
  lng: 'zh-CN',
  fallbackLng: false,
  initAsync: false,
  interpolation: { escapeValue: false },
})
const [chinese, english] = [i18n.getFixedT('zh-CN', 'customers'), i18n.getFixedT('en', 'customers')]

test('a message that was held back says by which gate, in the reader’s language', () => {
  expect(sayWithheld({ status: 'held', error: 'held: unsubscribed' }, chinese)).toBe('客户已退订这个渠道')
  expect(sayWithheld({ status: 'held', error: 'held: no_address' }, english)).toBe('no address that works')
  expect(sayWithheld({ status: 'held', error: 'held: restored' }, english)).toMatch(/waits for a person/)
})

test('one that was taken back says so, one in doubt what is doubtful, and one that was sent nothing', () => {
  expect(sayWithheld({ status: 'cancelled', error: null }, chinese)).toMatch(/收回/)
  expect(sayWithheld({ status: 'unknown', error: 'in doubt: lost: no answer' }, english)).toMatch(
    /nobody can say.*lost: no answer/,
  )
  expect(sayWithheld({ status: 'failed', error: 'refused: no such number' }, chinese)).toBe(
    'refused: no such number',
  )
  expect(sayWithheld({ status: 'sent', error: null }, chinese)).toBeNull()
})

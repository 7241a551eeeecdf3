import { expect, test } from 'vitest'
import { readAiSettings } from '../ai/settings.ts'
import { inForce } from '../ports/settings.ts'
import { aiSettingsOf, pricedFor } from './settings.ts'

test('a model’s prices count for the brands of their currency, which is yuan unless it is said', () => {
  const yuan = readAiSettings({ AI_INPUT_PRICE: '2', AI_OUTPUT_PRICE: '8' })
  expect(pricedFor({ currency: 'CNY' }, yuan)).toMatchObject({ pricePerMillionInputMilli: 200_000 })
  expect(pricedFor({ currency: 'JPY' }, yuan)).toMatchObject({ pricePerMillionInputMilli: undefined })
  const dollars = readAiSettings({ AI_INPUT_PRICE: '2', AI_PRICE_CURRENCY: 'usd' })
  expect(pricedFor({ currency: 'USD' }, dollars)).toMatchObject({ pricePerMillionInputMilli: 200_000 })
  expect(pricedFor({ currency: 'CNY' }, dollars)).toMatchObject({ pricePerMillionInputMilli: undefined })
  expect(() => readAiSettings({ AI_PRICE_CURRENCY: '元' })).toThrow(/AI_PRICE_CURRENCY/)
})

test('a model that was chosen before one could say so may stand on one’s own network, and a new one only by leave', () => {
  const saved = { baseUrl: 'https://models.example.com/v1', model: 'm', apiKey: null }
  expect(aiSettingsOf(saved, {}).allowPrivate).toBe(true)
  expect(aiSettingsOf({ ...saved, allowPrivate: false }, {}).allowPrivate).toBe(false)
  expect(aiSettingsOf({ ...saved, allowPrivate: false }, { model: 'given' }).allowPrivate).toBe(true)
})

test('so may a relay', () => {
  const email = { host: 'smtp.example.com', port: 25 }
  expect(inForce('email', email).allowPrivate).toBe(true)
  expect(inForce('email', { ...email, allowPrivate: false }).allowPrivate).toBe(false)
  expect(inForce('webhook', {})).toEqual({})
})

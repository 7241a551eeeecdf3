import { expect, test } from 'vitest'
import type { Customer } from '../../conditions/customer.ts'
import { factsFor } from './given.ts'

const customer = (attributes: Customer['attributes']): Customer => ({
  ...{ id: 'm1', name: '王芳', phone: '13800000001', email: 'wang@example.com', gender: 'female' },
  ...{ birthday: null, city: '杭州', registeredAt: null, timezone: null, language: null },
  ...{ consentSms: null, consentEmail: null, blacklisted: false, unsubscribed: [], closed: {} },
  attributes,
})

test('a model is told what was chosen and nothing else', () => {
  expect(factsFor(customer({ tier: '金卡', points: 1280 }), ['name', 'tier'])).toEqual({
    name: '王芳',
    tier: '金卡',
  })
})

test('what tells who somebody is stays here, under whichever name and however it is written', () => {
  const hidden = {
    备注: '13800000001',
    note: '１３８ ００００ ０００１',
    contact: '138.0000.0001',
    more: '330106 19900101 123X',
    bank: '6222 0212 3456 7890 123',
    mail: 'wang@example.com',
    身份证: '330106199001011234',
    phone: '1',
  }
  expect(factsFor(customer(hidden), Object.keys(hidden))).toEqual({})
})

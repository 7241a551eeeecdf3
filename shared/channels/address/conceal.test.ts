import { expect, test } from 'vitest'
import { concealed } from './conceal.ts'

const own = ['13800001234', 'wang.fang@example.com', '+14155550100']

test('masks a phone and a mailbox wherever an answer says them', () => {
  const answer = {
    customer: { phone: '13800001234', email: 'wang.fang@example.com', city: '苏州' },
    timeline: [
      { text: '您的号码 13800001234 已登记，回信到 Wang.Fang@example.com', at: 13800001234 },
      { reason: { seen: [{ value: '+8613800001234' }, { value: '+14155550100' }] } },
    ],
  }
  expect(concealed(answer, own)).toEqual({
    customer: { phone: '138****1234', email: 'w***@example.com', city: '苏州' },
    timeline: [
      { text: '您的号码 138****1234 已登记，回信到 W***@example.com', at: 13800001234 },
      { reason: { seen: [{ value: '138****1234' }, { value: '+14****0100' }] } },
    ],
  })
})

test('masks what calls itself a phone or a mailbox, whoever’s it is', () => {
  const properties = {
    backup_phone: '139 0000 5678',
    收件邮箱: 'li@example.com',
    mobile: 13900005678,
    phone_kind: 'own',
  }
  expect(concealed({ properties }, [])).toEqual({
    properties: {
      backup_phone: '139****5678',
      收件邮箱: 'l***@example.com',
      mobile: '139****5678',
      phone_kind: 'own',
    },
  })
})

test('leaves other numbers as they are, and the id by which links lead', () => {
  const answer = { customer: { id: '13800001234' }, text: '订单 9138000012349', customerId: '13800001234' }
  expect(concealed(answer, own)).toEqual(answer)
})

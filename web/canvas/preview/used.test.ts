import { expect, test } from 'vitest'
import { sayMoney } from '../../../shared/money.ts'
import { sayTime } from '../../ui/time.ts'
import { sayUsed } from './used.ts'

const say = {
  money: (minor: number) => sayMoney(minor, 'CNY'),
  day: (at: number) => sayTime(at, 'Asia/Shanghai', 'zh-CN', 'date'),
}

test('the values of a coupon are money and a day, as the message says them', () => {
  expect(sayUsed('coupon.value', '5000', say)).toBe('¥50')
  expect(sayUsed('coupon.min_spend', '19900', say)).toBe('¥199')
  expect(sayUsed('entry.price', '9900', say)).toBe('¥99')
  const lastMoment = Date.parse('2027-08-25T23:59:59.999+08:00')
  expect(sayUsed('coupon.expires_at', String(lastMoment), say)).toBe('2027 年 8 月 25 日')
})

test('other values stay as they are, numbers too', () => {
  expect(sayUsed('customer.points', '1537', say)).toBe('1537')
  expect(sayUsed('coupon.code', '20270825', say)).toBe('20270825')
  expect(sayUsed('coupon.value', '', say)).toBe('')
})

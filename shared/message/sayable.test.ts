import { expect, test } from 'vitest'
import { unsayable } from './sayable.ts'

/** By the standard's own words for them, one after the other: no range can be forgotten. */
const mayNotLeave = (character: string) =>
  (/[\p{Cc}\p{Surrogate}]/u.test(character) && !/[\t\n\r]/.test(character)) ||
  /[\u202a-\u202e\ufffd\ufffe\uffff]/.test(character)

test('of all characters just the broken, the invisible and those that turn the direction may not leave', () => {
  const wrong: string[] = []
  for (let unit = 0; unit <= 0xffff; unit += 1) {
    const character = String.fromCharCode(unit)
    const said = unsayable(`给您${character}`, '', 'text') === null
    if (said === mayNotLeave(character)) wrong.push(unit.toString(16))
  }
  expect(wrong).toEqual([])
  expect(unsayable('给您😀🎁', '', 'text')).toBeNull()
})

test.for([
  'undefined，您好',
  '您好，null',
  'NULL 您好',
  '优惠 NaN 元',
  '[object Object]，您好',
  '截止 Invalid Date',
  '您好 {{ customer.name }}',
  '您好 {% if %}',
])('“%s” may not leave, unless it was written so', (text) => {
  expect(unsayable(text, '', 'text')?.code).toBe('leaked-value')
  expect(unsayable(text, `${text} {% raw %}`, 'text')).toBeNull()
})

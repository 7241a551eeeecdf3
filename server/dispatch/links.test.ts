import { expect, test } from 'vitest'
import { addressMark, publicIdOf, signUnsubscribe, verifyUnsubscribe } from './links.ts'

const target = { brand: 'own', customerId: '王芳-7', channel: 'email' } as const
const secretOf = () => 'secret'

test('a token names whom it unsubscribes, and is the same each time', () => {
  const token = signUnsubscribe('secret', target)
  expect(verifyUnsubscribe(token, secretOf)).toEqual(target)
  expect(signUnsubscribe('secret', target)).toBe(token)
  expect(token).toMatch(/^[\w-]+\.[\w-]+$/)
})

test('a token knows the address that it was sent to, and does not tell it', () => {
  const mark = addressMark('wang@example.com')
  const token = signUnsubscribe('secret', { ...target, mark })
  expect(verifyUnsubscribe(token, secretOf)).toEqual({ ...target, mark })
  expect(Buffer.from(token.split('.')[0] ?? '', 'base64url').toString()).not.toContain('wang')
  expect(addressMark('wang@example.org')).not.toBe(mark)
})

test('a token that was changed in any place, or signed by another, is none', () => {
  const token = signUnsubscribe('secret', target)
  const [payload = '', signature = ''] = token.split('.')
  const other = signUnsubscribe('secret', { ...target, customerId: '李雷' }).split('.')[0]
  for (const wrong of [
    `${other}.${signature}`,
    `${payload}.${signature.slice(1)}`,
    `${token}.x`,
    payload,
    '',
    signUnsubscribe('another', target),
  ])
    expect(verifyUnsubscribe(wrong, secretOf)).toBeNull()
})

test('a brand without a secret here has no links', () => {
  expect(verifyUnsubscribe(signUnsubscribe('secret', target), () => null)).toBeNull()
})

test('the public id of an installation does not tell its secret', () => {
  expect(publicIdOf('secret')).toMatch(/^[0-9a-f]{12}$/)
  expect(publicIdOf('secret')).not.toBe(publicIdOf('secret2'))
})

import { describe, expect, test } from 'vitest'
import { Problem } from '../../../shared/errors/index.ts'
import { isLoopback, readEnvironment } from '../../environment.ts'

function problemOf(env: Record<string, string>): Problem {
  try {
    readEnvironment(env)
  } catch (error) {
    if (error instanceof Problem) return error
    throw error
  }
  throw new Error('it was accepted')
}

describe('the environment', () => {
  test('needs nothing: a sandbox on this machine alone', () => {
    expect(readEnvironment({})).toMatchObject({
      port: 3000,
      host: '127.0.0.1',
      loopback: true,
      dataDir: './data',
      mode: 'sandbox',
      password: null,
      publicUrl: null,
      logLevel: 'info',
      graceMs: 10_000,
    })
  })

  test('an empty variable is one that is not set', () => {
    expect(readEnvironment({ PORT: '', MAGPIE_PASSWORD: ' ', HOST: '' })).toEqual(readEnvironment({}))
  })

  test('an address that others reach demands a password', () => {
    expect(problemOf({ HOST: '0.0.0.0' })).toMatchObject({
      code: 'password-needed',
      details: { host: '0.0.0.0' },
    })
    expect(readEnvironment({ HOST: '0.0.0.0', MAGPIE_PASSWORD: 'eight chars' })).toMatchObject({
      loopback: false,
    })
  })

  test.each([
    ['PORT', 'eighty'],
    ['PORT', '70000'],
    ['MAGPIE_MODE', 'production'],
    ['MAGPIE_PASSWORD', 'short'],
    ['PUBLIC_URL', 'shop.example.com'],
    ['LOG_LEVEL', 'loud'],
    ['SHUTDOWN_GRACE', 'soon'],
    ['SHUTDOWN_GRACE', '-1'],
  ])('a wrong %s is named, and its value not told', (name, value) => {
    const problem = problemOf({ [name]: value })
    expect(problem).toMatchObject({ code: 'setting-invalid', place: name })
    expect(problem.message).not.toContain(value)
  })

  test.each([
    ['AI_BASE_URL', 'https://me:secret@model.example'],
    ['AI_API_KEY', 'sk-1\nHost: evil'],
    ['AI_API_KEY', '密钥'],
    ['AI_TIMEOUT_SECONDS', 'soon'],
    ['AI_INPUT_PRICE', '-1'],
  ])('a wrong %s leaves the model out and keeps nothing from starting', (name, value) => {
    const { ai, unusable } = readEnvironment({ AI_MODEL: 'small', [name]: value })
    expect(ai).toEqual({})
    expect(unusable).toMatchObject([{ code: 'ai-settings-invalid', place: name }])
    expect(unusable[0]?.message).not.toContain(value)
  })

  test('the address for links has no slash at its end', () => {
    expect(readEnvironment({ PUBLIC_URL: 'https://shop.example.com/magpie/' }).publicUrl).toBe(
      'https://shop.example.com/magpie',
    )
  })
})

test.each([
  ['localhost', true],
  ['127.0.0.1', true],
  ['127.8.8.8', true],
  ['::1', true],
  ['0.0.0.0', false],
  ['::', false],
  ['127.0.0.1.example.com', false],
  ['192.168.1.4', false],
])('%s is loopback: %s', (host, loopback) => expect(isLoopback(host)).toBe(loopback))

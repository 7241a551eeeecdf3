import { expect } from 'vitest'
import type { KeyKind, KeyMade } from '../../../shared/api/keys.ts'
import type { TestApp } from './harness.ts'

/** Makes a key as a person would, and answers what is told of it once. */
export async function keyFor(
  { ask }: Pick<TestApp, 'ask'>,
  kind: KeyKind,
  name = `For ${kind}`,
): Promise<string> {
  const { status, body } = await ask<KeyMade>('POST', '/keys', { name, kind })
  expect(status).toBe(201)
  return body.secret
}

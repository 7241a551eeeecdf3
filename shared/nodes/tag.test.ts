import { expect, test } from 'vitest'
import { decideWith } from '../testing/deciding.ts'
import { tag } from './tag.ts'

test('a tag node adds and removes its tags and goes on', () => {
  expect(decideWith(tag, { add: ['已唤醒'], remove: ['沉睡'] })).toEqual({
    kind: 'leave',
    port: 'done',
    effects: [{ kind: 'tag', add: ['已唤醒'], remove: ['沉睡'] }],
    reason: { code: 'tagged', add: ['已唤醒'], remove: ['沉睡'] },
  })
})

test('a tag node with nothing to add or remove is not finished', () => {
  expect(tag.config.safeParse({}).success).toBe(false)
  expect(tag.config.safeParse({ remove: ['a'] }).success).toBe(true)
})

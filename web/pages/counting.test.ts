import { expect, test } from 'vitest'
import type { Condition } from '../../shared/conditions/schema.ts'
import { ApiProblem } from '../api/problem.ts'
import { counter } from './counting.ts'

const condition: Condition = { kind: 'audience', audience: 'gone', member: true }

function refusing(status: number, code: string) {
  const body = {
    ...{ type: 'about:blank', title: code, status, code },
    message: { 'zh-CN': `${code}：说不清`, en: `${code}: nobody can say` },
    mend: { 'zh-CN': '改这里', en: 'Mend this' },
  }
  return counter({ post: () => Promise.reject(new ApiProblem(body)) })
}

test.each([
  [422, 'audience-unknown', false],
  [409, 'copy-building', true],
  [503, 'work-busy', true],
  [500, 'internal', false],
])('a refusal of %i %s is said in its own words where the count would be', async (status, code, soon) => {
  expect(await refusing(status, code)(condition, new AbortController().signal)).toEqual({
    ...{ why: { 'zh-CN': `${code}：说不清`, en: `${code}: nobody can say` }, soon },
    how: { 'zh-CN': '改这里', en: 'Mend this' },
  })
})

test('nothing is said of a count that nobody waits for any more', async () => {
  const stop = new AbortController()
  stop.abort()
  await expect(refusing(422, 'audience-unknown')(condition, stop.signal)).rejects.toThrow(ApiProblem)
})

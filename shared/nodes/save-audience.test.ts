import { expect, test } from 'vitest'
import { decideWith } from '../testing/deciding.ts'
import { saveAudience } from './save-audience.ts'

test('who gets to it is kept under the audience’s stable key, and goes on', () => {
  const name = { 'zh-CN': '七夕客户', en: 'Qixi buyers' }
  expect(decideWith(saveAudience, { audience: 'qixi-day-buyers', name })).toEqual({
    kind: 'leave',
    port: 'done',
    effects: [{ kind: 'join', audience: 'qixi-day-buyers', name }],
    reason: { code: 'saved', audience: 'qixi-day-buyers' },
  })
})

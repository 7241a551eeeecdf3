import { expect, test } from 'vitest'
import type { JourneySummary } from '../../../shared/api/journeys.ts'
import { countByStatus, findJourneys } from './find.ts'

const journey = (id: string, zh: string, en: string, status: JourneySummary['status']): JourneySummary => ({
  id,
  name: { 'zh-CN': zh, en },
  status,
  revision: 1,
  liveVersion: null,
  breaker: null,
  changed: false,
  unreadable: false,
  entered: 0,
  inFlight: 0,
  stuck: 0,
  sent: 0,
  createdAt: 0,
  updatedAt: 0,
  nextFiringAt: null,
})

const journeys = [
  journey('qixi-gift-box', '七夕大礼盒', 'Qixi gift box', 'live'),
  journey('birthday-gift', '生日礼遇', 'Birthday gift', 'draft'),
]
const ids = (search: string, status: Parameters<typeof findJourneys>[2] = 'all') =>
  findJourneys(journeys, search, status).map(({ id }) => id)

test('a journey is found by a part of its name in either language', () => {
  expect(ids('礼盒')).toEqual(['qixi-gift-box'])
  expect(ids('GIFT box')).toEqual(['qixi-gift-box'])
  expect(ids('gift')).toEqual(['qixi-gift-box', 'birthday-gift'])
})

test('a status narrows the list', () => {
  expect(ids('gift', 'draft')).toEqual(['birthday-gift'])
  expect(countByStatus(journeys)).toEqual({ all: 2, draft: 1, live: 1, paused: 0, stopped: 0 })
})

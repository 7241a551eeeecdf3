import { describe, expect, test } from 'vitest'
import type { PreviewAnswer } from '../../../shared/api/preview.ts'
import { drive, type JourneyDriver } from '../../testing/journey-driver.ts'
import { by, type NodeSketch, type Sketch, sketch } from '../../testing/sketch.ts'
import { preview } from './index.ts'

const told = (trigger: NodeSketch, text = '您好'): Sketch => ({
  id: 'told',
  nodes: { in: trigger, days: by.rest('3 days'), hello: by.sms(text), done: by.exit() },
  flow: ['in -> days', 'days -> hello', 'hello -> done'],
  variables: ['entry.product', 'entry.outcome', 'entry.tier'],
})

async function look(
  { brand }: JourneyDriver,
  drawn: Sketch,
  customerId: string | null = null,
): Promise<PreviewAnswer> {
  const asked = { journey: sketch(drawn), customerId, move: 'none', node: null, polish: false } as const
  return preview(brand, asked)
}

const carted = (unless: object | null = null) => by.event('add_to_cart', unless === null ? {} : { unless })
const noOrder = {
  filter: { event: 'order', where: [] },
  within: { amount: 1, unit: 'hour' },
  restart: false,
}

describe('a preview says what brings this customer in', () => {
  test('something that they did: with the values of then, and those are gone through who did it', () =>
    drive()
      .members('李雷', '王芳')
      .event('王芳', 'add_to_cart', { properties: { product: '茶' } })
      .advance('1 day')
      .do(async (story) => {
        const answer = await look(story, told(carted(), '还要{{ entry.product }}吗'))
        expect(answer.customer?.id).toBe('王芳')
        expect(answer.position).toEqual({ index: 1, of: 1 })
        expect(answer.entry).toEqual({
          ...{ node: 'in', by: 'done', at: story.brand.now() },
          event: { name: 'add_to_cart', at: story.brand.now() - 86_400_000 },
        })
        expect(answer.messages[0]?.text).toContain('还要茶吗')
        const other = await look(story, told(carted(), '还要{{ entry.product }}吗'), '李雷')
        expect(other.entry).toMatchObject({ by: 'not_done', event: null })
      })
      .run())

  test('where nobody has done it yet, everybody can be looked at', () =>
    drive()
      .members('王芳')
      .do(async (story) => {
        const answer = await look(story, told(carted()))
        expect(answer).toMatchObject({ customer: { id: '王芳' }, position: null, entry: { by: 'not_done' } })
      })
      .run())

  test('one thing without another in time, or that the other was done too', () =>
    drive()
      .event('王芳', 'add_to_cart')
      .event('李雷', 'add_to_cart')
      .advance('10 minutes')
      .event('李雷', 'order', { amount: 100 })
      .advance('2 hours')
      .do(async (story) => {
        const drawn = told(carted(noOrder))
        expect((await look(story, drawn, '王芳')).entry).toMatchObject({ by: 'lacking' })
        expect((await look(story, drawn, '李雷')).entry).toMatchObject({ by: 'not_lacking' })
      })
      .run())

  test('joining or leaving an audience, and whether they are of it now', () =>
    drive()
      .member('王芳', { city: '杭州' })
      .member('李雷', { city: '北京' })
      .do(async (story) => {
        const audience = { kind: 'attribute', name: 'city', op: 'eq', value: '杭州' }
        const joins = told(['audience_at', { audience, at: { kind: 'join', present: false } }])
        const leaves = told(['audience_at', { audience, at: { kind: 'leave' } }])
        expect(await look(story, joins)).toMatchObject({
          ...{ customer: { id: '王芳' }, position: { index: 1, of: 1 }, entry: { by: 'is_of_join' } },
        })
        expect((await look(story, joins, '李雷')).entry?.by).toBe('not_of_join')
        expect(await look(story, leaves)).toMatchObject({
          customer: { id: '李雷' },
          entry: { by: 'not_of_leave' },
        })
        expect((await look(story, leaves, '王芳')).entry?.by).toBe('is_of_leave')
      })
      .run())

  test('another journey, by how it was left', () =>
    drive()
      .members('李雷')
      .publish({ id: 'first', nodes: { in: by.hand(), done: by.exit() }, flow: ['in -> done'] })
      .enter('王芳')
      .do(async (story) => {
        const drawn = (endings: readonly string[]) =>
          told(['from_journey', { journey: 'first', on: 'left', endings }], '{{ entry.outcome }}')
        const answer = await look(story, drawn([]), '王芳')
        expect(answer.entry).toMatchObject({ by: 'passed', event: { name: 'journey_left' } })
        expect(answer.messages[0]?.text).toContain('done')
        expect((await look(story, drawn([]), '李雷')).entry?.by).toBe('not_passed')
        expect((await look(story, drawn(['elsewhere']), '王芳')).entry?.by).toBe('not_passed')
      })
      .run())

  test('by hand, or a list by file with its other columns', () =>
    drive()
      .members('王芳', '李雷')
      .publish(told(by.hand(), '{{ entry.tier }}'))
      .do(async (story) => {
        const { brand, db } = story
        expect((await look(story, told(by.hand()), '王芳')).entry?.by).toBe('by_hand')
        const event = {
          id: 'row 2',
          name: 'list_entry',
          at: brand.now(),
          amount: null,
          properties: { tier: '金卡' },
        }
        db.sqlite
          .prepare(
            `insert into coming (journey_id, node, customer_id, cause, shard, noted_at, due_at, event)
             values ('told', 'in', '王芳', 'list 1', magpie_shard('王芳'), ?, ?, ?)`,
          )
          .run(brand.now(), brand.now(), JSON.stringify(event))
        await brand.settle()
        const answer = await look(story, told(by.hand(), '{{ entry.tier }}'), '王芳')
        expect(answer.entry).toMatchObject({ by: 'listed', event: { name: 'list_entry' } })
        expect(answer.messages[0]?.text).toContain('金卡')
      })
      .run())

  test('a time, and what is waited for between the messages', () =>
    drive()
      .members('王芳')
      .do(async (story) => {
        const at = { kind: 'date', date: '2027-03-02', time: '10:00' }
        const audience = { kind: 'attribute', name: 'phone', op: 'is_set' }
        const drawn = told(['audience_at', { audience, at }])
        const from = Date.parse('2027-03-02T10:00:00+08:00')
        const answer = await look(story, drawn)
        expect(answer.entry).toEqual({ node: 'in', by: 'time', at: from, event: null })
        expect(answer.stays).toEqual([{ node: 'days', from, until: from + 3 * 86_400_000 }])
        const asked = { ...drawn, nodes: { ...drawn.nodes, days: by.until('order', '2 days') } }
        expect((await look(story, asked)).stays).toMatchObject([
          { node: 'days', until: from + 2 * 86_400_000 },
        ])
      })
      .run())
})

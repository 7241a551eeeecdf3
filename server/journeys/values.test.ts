import { describe, expect, test } from 'vitest'
import { terminalActor } from '../../shared/audit/actor.ts'
import { valuesOf } from '../../shared/journey/values.ts'
import { drive, type JourneyDriver } from '../testing/journey-driver.ts'
import { by } from '../testing/sketch.ts'
import { changeValues, readValues } from './values.ts'

/** A text and a condition that go by values of the journey. */
const valued = (own: Readonly<Record<string, string | number>> = { gift: '杯子', least: 100 }) => ({
  id: 'valued',
  nodes: {
    in: by.hand(),
    rest: by.rest('1 hour'),
    rich: [
      'branch',
      {
        branches: [
          {
            id: 'yes',
            name: { 'zh-CN': '够' },
            when: { kind: 'attribute', name: 'points', op: 'gte', value: { variable: 'least' } },
          },
        ],
      },
    ] as const,
    hello: by.sms('送您{{ gift }}，满 {{ least }} 积分即可'),
    out: by.exit(),
  },
  flow: ['in -> rest', 'rest -> rich', 'rich.yes -> hello', 'rich.otherwise -> out', 'hello -> out'],
  values: own,
})

const change = (values: Record<string, string | number | boolean>) => async (story: JourneyDriver) =>
  void (await changeValues(story.brand, terminalActor, { id: 'valued', values }))

const story = () =>
  drive({ brand: { quietHours: null, caps: [] } })
    .member('王芳', { attributes: { points: 80 } })
    .publish(valued())

describe('values of a running journey', () => {
  test('stand in texts and conditions', () =>
    story()
      .enter('王芳')
      .advance('2 hours')
      .expectNotSent('hello')
      .member('李雷', { attributes: { points: 120 } })
      .enter('李雷')
      .advance('2 hours')
      .do((told) =>
        expect(told.rows<{ body: string }>('select body from messages')[0]?.body).toContain(
          '送您杯子，满 100 积分',
        ),
      )
      .run())

  test('change without a new version, for whoever has not come to them yet', () =>
    story()
      .enter('王芳')
      .do(change({ least: 50, gift: '雨伞' }))
      .advance('2 hours')
      .expectSent('hello', '王芳')
      .do((told) => {
        expect(told.rows<{ body: string }>('select body from messages')[0]?.body).toContain(
          '送您雨伞，满 50 积分',
        )
        expect(told.rows('select number from versions')).toHaveLength(1)
      })
      .run())

  test('are told with what they were before, and stand in the log', () =>
    story()
      .do(change({ least: 50 }))
      .do(async ({ brand }) => {
        const { values, given } = await readValues(brand, 'valued')
        expect(values.find(({ name }) => name === 'least')).toMatchObject({ value: 50, own: 100 })
        expect(given).toMatchObject([{ name: 'least', value: 50, from: brand.now() }])
      })
      .do((told) => {
        const [row] = told.rows<{ detail: string; actor: string }>(
          `select detail, actor_kind as actor from audit where action = 'journey.value_changed'`,
        )
        expect(row?.actor).toBe('person')
        expect(JSON.parse(row?.detail ?? '{}')).toEqual({ variable: 'least', before: 100, after: 50 })
      })
      .run())

  test('of another kind, of nobody, or that do not fit where they are used, are refused', () =>
    story()
      .do(({ brand }) =>
        Promise.all([
          expect(
            changeValues(brand, terminalActor, { id: 'valued', values: { least: 'many' } }),
          ).rejects.toMatchObject({ code: 'value-type' }),
          expect(
            changeValues(brand, terminalActor, { id: 'valued', values: { other: 1 } }),
          ).rejects.toMatchObject({ code: 'value-unknown' }),
        ]),
      )
      .do(async ({ brand }) => {
        const { values } = await readValues(brand, 'valued')
        expect(values.map(({ value }) => value)).toEqual(['杯子', 100])
      })
      .run())

  test('stay when a version is published that does not change them, and follow one that does', () =>
    story()
      .do(change({ least: 50 }))
      .publish({ ...valued(), flow: [...valued().flow] })
      .do(async ({ brand }) =>
        expect((await readValues(brand, 'valued')).values.find(({ name }) => name === 'least')?.value).toBe(
          50,
        ),
      )
      .publish(valued({ gift: '杯子', least: 70 }))
      .do(async ({ brand }) => {
        const { journey } = await brand.store.version('valued', 2)
        expect(valuesOf(journey)).toEqual({ gift: '杯子', least: 70 })
      })
      .run())
})

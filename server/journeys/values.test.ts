import { describe, expect, test } from 'vitest'
import { terminalActor } from '../../shared/audit/actor.ts'
import { valuesOf } from '../../shared/journey/values.ts'
import { fakeChannel } from '../testing/fake-channel.ts'
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
        const detail = { variable: 'least', before: 100, after: 50, reached: 0 }
        expect(JSON.parse(row?.detail ?? '{}')).toEqual(detail)
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

describe('values of a running journey that change while messages wait', () => {
  const bodiesOf = (told: JourneyDriver) =>
    told.rows<{ body: string }>('select body from messages order by id').map(({ body }) => body)
  const gift = (text: string) => ({
    id: 'valued',
    nodes: { in: by.hand(), hello: by.sms(text), plain: by.sms('祝您开心'), out: by.exit() },
    flow: ['in -> hello', 'hello -> plain', 'plain -> out'],
    values: { gift: '杯子', other: 1 },
  })
  /** A brand whose SMS reach nobody until a channel is there. */
  const muted = (more: { batchSize?: number } = {}) => {
    const open = new Map<string, ReturnType<typeof fakeChannel>>()
    const sms = fakeChannel('sms')
    const told = drive({ channels: () => open, brand: { quietHours: null, caps: [] }, ...more })
    return { told, sms, opens: () => void open.set('sms', sms) }
  }

  test('are said by what waits in the outbox too, and the answer says how many that is', () => {
    const { told, sms, opens } = muted()
    return told
      .publish(gift('送您{{ gift }}'))
      .enter('王芳', '李雷')
      .do(async ({ brand }) => {
        const { values } = await readValues(brand, 'valued')
        expect(values).toMatchObject([
          { name: 'gift', waiting: 2 },
          { name: 'other', waiting: 0 },
        ])
        const asked = { id: 'valued', values: { gift: '雨伞' } }
        expect(await changeValues(brand, terminalActor, asked)).toEqual({ reached: 2 })
      })
      .do(opens)
      .advance('1 minute')
      .do(() => {
        const handed = sms.handed.map(({ text }) => text.replace(/^.*】|拒收.*$/g, '')).sort()
        expect(handed).toEqual(['祝您开心', '祝您开心', '送您雨伞', '送您雨伞'])
      })
      .do((driver) =>
        expect(driver.rows('select kind, reworded, concerned, done_at is null as open from moves')).toEqual([
          { kind: 'values', reworded: 2, concerned: 2, open: 0 },
        ]),
      )
      .run()
  })

  test('reach messages of an earlier version, whose people finish there', () => {
    const { told } = muted()
    return told
      .publish(gift('您好，送您{{ gift }}'))
      .enter('王芳')
      .publish(gift('送您{{ gift }}'), { fate: 'finish', mapping: {} })
      .enter('李雷')
      .do(change({ gift: '雨伞' }))
      .do((driver) => {
        const said = bodiesOf(driver).filter((body) => body.includes('送您'))
        expect(said).toEqual([
          expect.stringContaining('您好，送您雨伞'),
          expect.stringContaining('】送您雨伞'),
        ])
        expect(driver.rows(`select version from messages where node = 'hello' order by id`)).toEqual([
          { version: 1 },
          { version: 2 },
        ])
      })
      .run()
  })

  test('go on where the process was ended, nothing leaves before, and nobody is written to twice', () => {
    const { told, sms, opens } = muted({ batchSize: 2 })
    return told
      .publish(gift('送您{{ gift }}'))
      .enter('a', 'b', 'c', 'd', 'e')
      .do(async ({ brand }) => {
        const cutOff = { ...brand, settle: async () => undefined }
        await changeValues(cutOff, terminalActor, { id: 'valued', values: { gift: '雨伞' } })
        await brand.engine.batch(brand.now())
      })
      .do((driver) => expect(bodiesOf(driver).filter((body) => body.includes('雨伞'))).toHaveLength(2))
      .do(opens)
      .restart()
      .do((driver) => driver.brand.settle())
      .do((driver) => {
        expect(bodiesOf(driver).filter((body) => body.includes('雨伞'))).toHaveLength(5)
        expect(driver.rows('select reworded from moves')).toEqual([{ reworded: 5 }])
        expect(sms.handed.filter(({ text }) => text.includes('雨伞'))).toHaveLength(5)
        expect(sms.handed).toHaveLength(10)
      })
      .run()
  })

  test('that leave a message without its words hold it, with the reason', () => {
    const { told } = muted()
    return told
      .publish(gift('送您{{ gift }}'))
      .enter('王芳')
      .do(change({ gift: ' ' }))
      .expectMessages('hello', 'held')
      .expectMessages('plain', 'queued')
      .expectFigure('hello', 'message:held:render', 1)
      .run()
  })

  test('change while another version takes everybody over: the last word holds', () => {
    const { told } = muted({ batchSize: 2 })
    return told
      .publish(gift('送您{{ gift }}'))
      .enter('a', 'b', 'c')
      .plans(gift('敬赠{{ gift }}'))
      .do(change({ gift: '雨伞' }))
      .do((driver) => {
        const said = bodiesOf(driver).filter((body) => body.includes('雨伞'))
        expect(said).toEqual(Array.from({ length: 3 }, () => expect.stringContaining('敬赠雨伞')))
        expect(driver.rows('select 1 from moves where done_at is null')).toEqual([])
      })
      .run()
  })

  test('stand in the task of a colleague who has not decided yet', () =>
    story()
      .publish({
        id: 'asking',
        nodes: {
          in: by.hand(),
          ask: ['decision', { title: '送{{ gift }}吗', text: '值 {{ price }} 元' }] as const,
          out: by.exit(),
        },
        flow: ['in -> ask', 'ask -> out'],
        values: { gift: '杯子', price: 20 },
      })
      .enter('王芳')
      .do(async ({ brand }) => {
        const asked = { id: 'asking', values: { price: 30 } }
        expect(await changeValues(brand, terminalActor, asked)).toEqual({ reached: 1 })
        const { tasks } = await brand.stores.tasks.list(
          { status: 'open', whose: 'all', limit: 10 },
          brand.now(),
          null,
        )
        expect(tasks).toMatchObject([{ title: '送杯子吗', text: '值 30 元', status: 'open' }])
      })
      .run())

  test('two who change different values at once: both hold', () =>
    story()
      .do(async ({ brand }) => {
        await Promise.all([
          changeValues(brand, terminalActor, { id: 'valued', values: { gift: '雨伞' } }),
          changeValues(brand, terminalActor, { id: 'valued', values: { least: 60 } }),
        ])
        const { values } = await readValues(brand, 'valued')
        expect(values.map(({ value }) => value)).toEqual(['雨伞', 60])
      })
      .run())
})

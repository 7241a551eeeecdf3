import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  attributeDeclared,
  attributeEntry,
  attributeList,
  unreadableList,
} from '../../../shared/api/attributes.ts'
import { countAnswer } from '../../../shared/api/customers.ts'
import { surveyAttributes } from '../../store/sqlite/customers/attributes.ts'
import { addCustomers } from '../../store/sqlite/seed.ts'
import { giftJourney, openTestApp, publishJourney, startAt, type TestApp } from './harness.ts'

let http: TestApp
beforeAll(async () => {
  http = await openTestApp()
  const values = [
    { 门店编码: '010', 积分: '1,280.00', 纪念日: '2020/8/19' },
    { 门店编码: '10', 积分: '300', 纪念日: '20200819' },
    { 门店编码: '0010', 积分: '无', 纪念日: '46253' },
  ]
  addCustomers(
    http.db,
    values.map((attributes, index) => ({
      ...{
        id: `v${index + 1}`,
        name: null,
        phone: null,
        email: null,
        gender: null,
        birthday: null,
        city: null,
      },
      ...{ registeredAt: null, timezone: null, language: null, consentSms: null, consentEmail: null },
      ...{ blacklisted: false, attributes },
    })),
    startAt,
  )
  surveyAttributes(http.db, startAt)
})
afterAll(() => http.close())

const fields = async () => attributeList.parse((await http.ask('GET', '/attributes')).body)
const field = async (name: string) => (await fields()).attributes.find((one) => one.name === name)
const path = (name: string) => `/attributes/${encodeURIComponent(name)}`

async function holding(name: string, op: string, value: unknown): Promise<string[]> {
  const answer = await http.ask('POST', '/audiences/count', {
    condition: { kind: 'attribute', name, op, value },
  })
  return countAnswer.parse(answer.body).sample.map(({ id }) => id)
}

describe('the fields of the customers', () => {
  test('bear the types that their values speak for, and tell what cannot be read', async () => {
    expect(await field('门店编码')).toMatchObject({ type: 'text', chosen: false, filled: 3, unreadable: 0 })
    expect(await field('积分')).toMatchObject({ type: 'number', filled: 2, unreadable: 0 })
    expect(await field('纪念日')).toMatchObject({ type: 'date', format: null, filled: 3, unreadable: 1 })
    expect(await field('birthday')).toMatchObject({ type: 'date', builtIn: true })
    const answer = await http.ask('GET', `${path('纪念日')}/unreadable`)
    expect(unreadableList.parse(answer.body)).toMatchObject({
      values: [{ id: 'v3', value: '46253', code: 'not-a-date' }],
      next: null,
    })
  })

  test('are compared as their types have them', async () => {
    expect(await holding('门店编码', 'eq', '010')).toEqual(['v1'])
    expect(await holding('积分', 'gt', 1000)).toEqual(['v1'])
    expect(await holding('纪念日', 'eq', '2020年8月19日')).toEqual(['v1', 'v2'])
  })

  test('change their type, and nothing that was imported is lost', async () => {
    const serial = await http.ask('PUT', path('纪念日'), { type: 'date', format: 'serial' })
    expect(attributeEntry.parse(serial.body)).toMatchObject({ chosen: true, format: 'serial', unreadable: 0 })
    expect(await holding('纪念日', 'eq', '2026-08-19')).toEqual(['v3'])
    await http.ask('PUT', path('积分'), { type: 'text' })
    expect(await holding('积分', 'eq', '1,280.00')).toEqual(['v1'])
    const back = await http.ask('PUT', path('积分'), { type: null })
    expect(attributeEntry.parse(back.body)).toMatchObject({ type: 'number', chosen: false })
    expect(await holding('积分', 'gte', 300)).toEqual(['v1', 'v2'])
  })

  test('keep a chosen type when the values are looked at anew', async () => {
    await http.ask('PUT', path('门店编码'), { type: 'number' })
    surveyAttributes(http.db, startAt)
    expect(await field('门店编码')).toMatchObject({ type: 'number', chosen: true })
    await http.ask('PUT', path('门店编码'), { type: null })
    expect(await field('门店编码')).toMatchObject({ type: 'text', chosen: false })
  })

  test('of the product itself stand, as do fields that nobody has, and formats of other types', async () => {
    expect((await http.ask('PUT', path('birthday'), { type: 'text' })).status).toBe(409)
    expect((await http.ask('PUT', path('nothing'), { type: 'text' })).status).toBe(404)
    expect((await http.ask('PUT', path('积分'), { type: 'number', format: 'serial' })).status).toBe(422)
  })

  test('that running journeys ask of are not changed without a word about them', async () => {
    const rich = { kind: 'attribute', name: '积分', op: 'gte', value: 300 } as const
    const { id } = await publishJourney(http, {
      ...giftJourney(),
      nodes: {
        hand: { type: 'manual', name: { en: 'By hand' }, config: {} },
        rich: {
          type: 'branch',
          name: { en: 'Rich' },
          config: { branches: [{ id: 'yes', name: { en: 'Yes' }, when: rich }] },
        },
        out: { type: 'exit', name: { en: 'Out' }, config: {} },
      },
      edges: { hand: { entered: 'rich' }, rich: { yes: 'out', otherwise: 'out' } },
    })
    const put = async (type: string | null) =>
      attributeDeclared.parse((await http.ask('PUT', path('积分'), { type })).body).journeys
    expect(await put('text')).toMatchObject([{ id, node: 'rich', message: { en: expect.any(String) } }])
    expect(await put(null)).toEqual([])
  })
})

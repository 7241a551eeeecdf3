import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { AttributeList } from '../../../shared/api/attributes.ts'
import type { GivingPreview, Ownership, StaffFileAnswer, StaffList } from '../../../shared/api/staff.ts'
import { openTestApp, type TestApp } from './harness.ts'

let server: TestApp
beforeEach(async () => {
  server = await openTestApp()
})
afterEach(() => server.close())

const hire = (id: string, more: object = {}) =>
  server.ask('PUT', `/staff/${id}`, { name: `员工${id}`, ...more })
const rules = (...list: object[]) => server.ask('PUT', '/assignment-rules', { rules: list })
const turns = { id: 'all', name: '轮流', to: {} }
const staff = async () => (await server.ask<StaffList>('GET', '/staff')).body
const owners = async (customer: string) =>
  (await server.ask<{ owners: Ownership[] }>('GET', `/customers/${customer}/owners`)).body.owners
const ownerOf = async (customer: string) =>
  (await owners(customer)).find(({ until }) => until === null)?.staff
const loads = async () =>
  Object.fromEntries((await staff()).staff.map(({ id, customers }) => [id, customers]))
const settle = () => server.own.settle()
const who = (value: string) => ({
  condition: { kind: 'attribute', name: 'owner', op: 'eq', value },
})

/** What the page of fields says of one. */
const field = async (name: string) =>
  (await server.ask<AttributeList>('GET', '/attributes')).body.attributes.find((one) => one.name === name)

describe('customers of a brand with staff', () => {
  test('belong to nobody until a rule is saved; then new ones are given by turns as they come', async () => {
    await hire('a')
    await hire('b')
    await server.ask('POST', '/customers', { id: 'n0', name: '早' })
    await settle()
    expect(await staff()).toMatchObject({ unowned: 7, waiting: 0 })
    await rules(turns)
    for (const id of ['n1', 'n2', 'n3']) await server.ask('POST', '/customers', { id, name: id })
    await settle()
    expect(await Promise.all(['n0', 'n1', 'n2', 'n3'].map(ownerOf))).toEqual([undefined, 'a', 'b', 'a'])
    expect(await owners('n1')).toMatchObject([{ staff: 'a', by: 'rule', rule: 'all', until: null }])
  })

  test('are counted among the fields by who has them, which nobody declares', async () => {
    expect(await field('owner')).toBeUndefined()
    await hire('a', { phone: '13800000001' })
    await rules(turns)
    for (const id of ['n1', 'n2']) await server.ask('POST', '/customers', { id, name: id })
    await settle()
    expect(await field('owner')).toMatchObject({ type: 'text', builtIn: true, filled: 2, examples: ['a'] })
    expect(await field('owner_phone')).toMatchObject({ builtIn: true, filled: 2 })
    expect(await field('owner_team')).toMatchObject({ builtIn: true, filled: 0 })
    const declared = await server.ask<{ code: string }>('PUT', '/attributes/owner', {
      type: 'number',
      format: null,
    })
    expect([declared.status, declared.body.code]).toEqual([409, 'attribute-built-in'])
  })

  test('are given by region, then by score, then to whoever has room', async () => {
    await hire('sh', { regions: ['上海'] })
    await hire('vip', { ceiling: 1 })
    await hire('rest')
    await rules(
      { id: 'region', name: '区域', to: { region: 'city' } },
      {
        id: 'gold',
        name: '金牌',
        when: { kind: 'attribute', name: 'tier', op: 'eq', value: 'gold' },
        to: { staff: ['vip'] },
      },
      { id: 'rest', name: '其他', to: { staff: ['rest'] } },
    )
    const asked = { only: 'unowned' }
    const preview = await server.ask<GivingPreview>('POST', '/owners/preview', asked)
    expect(preview.body).toMatchObject({
      ...{ customers: 6, counted: 6, nobody: 0 },
      staff: [
        { id: 'rest', customers: 3 },
        { id: 'sh', customers: 2 },
        { id: 'vip', customers: 1 },
      ],
    })
    expect((await loads()).sh).toBe(0)
    expect((await server.ask('POST', '/owners/assign', asked)).body).toEqual({ customers: 6 })
    await settle()
    expect(await loads()).toEqual({ rest: 3, sh: 2, vip: 1 })
    expect(await ownerOf('m1')).toBe('sh')
    expect(await ownerOf('m2')).toBe('vip')
  })

  test('are asked for by who has them, as any other attribute', async () => {
    await hire('a', { phone: '13800000000', team: null })
    await server.ask('PUT', '/customers/m1/owner', { staff: 'a' })
    expect((await server.ask('POST', '/audiences/count', who('a'))).body).toMatchObject({ count: 1, of: 6 })
    expect((await server.ask('POST', '/audiences/count', who('b'))).body).toMatchObject({ count: 0 })
    await server.ask('PUT', '/teams/east', { name: '华东' })
    await hire('a', { team: 'east' })
    const team = { condition: { kind: 'attribute', name: 'owner_team', op: 'eq', value: 'east' } }
    expect((await server.ask('POST', '/audiences/count', team)).body).toMatchObject({
      count: 1,
      findings: [],
    })
    const { body } = await server.ask<{ attributes: { name: string; examples: unknown[] }[] }>(
      'GET',
      '/vocabulary',
    )
    expect(body.attributes.find(({ name }) => name === 'owner')?.examples).toEqual(['a'])
  })

  test('of somebody who leaves are handed over, with counts before and the story after', async () => {
    for (const id of ['a', 'b', 'c']) await hire(id, { team: null })
    await server.ask('PUT', '/teams/east', { name: '华东', leader: 'a' })
    for (const id of ['a', 'b', 'c']) await hire(id, { team: 'east' })
    for (const id of ['m1', 'm2', 'm3', 'm4'])
      await server.ask('PUT', `/customers/${id}/owner`, { staff: 'a' })
    const way = { way: { kind: 'team', team: 'east' } }
    const preview = await server.ask<GivingPreview>('POST', '/staff/a/hand-over/preview', way)
    expect(preview.body).toMatchObject({
      customers: 4,
      staff: [
        { id: 'b', customers: 2 },
        { id: 'c', customers: 2 },
      ],
    })
    expect((await server.ask('DELETE', '/staff/a')).status).toBe(409)
    expect((await server.ask('POST', '/staff/a/hand-over', way)).status).toBe(202)
    await settle()
    expect(await loads()).toEqual({ a: 0, b: 2, c: 2 })
    expect((await staff()).staff.find(({ id }) => id === 'a')?.active).toBe(false)
    expect(await owners('m1')).toMatchObject([
      { by: 'left', until: null },
      { staff: 'a', by: 'person', ended: 'left' },
    ])
    expect((await server.ask('DELETE', '/staff/a')).status).toBe(204)
  })

  test('come to their owners by a file, line by line', async () => {
    const file = await server.ask<StaffFileAnswer>('POST', '/staff/file', {
      csv: '\uFEFF工号,姓名,电话,区域,上限\na,李娜,13800000001,上海;杭州,50\nb,,,,\n',
    })
    expect(file.body).toMatchObject({ saved: 1, left: 1, refused: [{ line: 3 }] })
    expect((await staff()).staff).toMatchObject([
      { id: 'a', name: '李娜', regions: ['上海', '杭州'], ceiling: 50 },
    ])
    const assigned = await server.ask<StaffFileAnswer>('POST', '/owners/file', {
      csv: 'customer_id,staff_id\nm1,a\nm2,zz\nxx,a\n',
    })
    expect(assigned.body).toMatchObject({ saved: 1, left: 2, refused: [{ line: 3 }, { line: 4 }] })
    expect(await ownerOf('m1')).toBe('a')
    const wrong = await server.ask<{ code: string }>('POST', '/owners/file', { csv: 'one,two\n1,2\n' })
    expect([wrong.status, wrong.body.code]).toEqual([422, 'staff-file-unreadable'])
  })
})

test('what is not there is said before anything is done', async () => {
  const code = async (method: 'PUT' | 'POST', path: string, body: object) =>
    (await server.ask<{ code: string }>(method, path, body)).body.code
  expect(await code('PUT', '/staff/a', { name: 'A', team: 'none' })).toBe('no-such-team')
  expect(await code('PUT', '/customers/m1/owner', { staff: 'none' })).toBe('no-such-staff')
  await hire('a')
  expect(await code('PUT', '/customers/none/owner', { staff: 'a' })).toBe('unknown-customer')
  expect(await code('POST', '/staff/a/hand-over', { way: { kind: 'staff', staff: 'none' } })).toBe(
    'no-such-staff',
  )
  expect(await code('PUT', '/assignment-rules', { rules: [{ ...turns, to: { team: 'none' } }] })).toBe(
    'no-such-team',
  )
  expect(await code('POST', '/owners/preview', { audience: 'none' })).toBe('not-found')
})

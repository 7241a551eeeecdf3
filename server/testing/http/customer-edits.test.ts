import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { CustomerAddress } from '../../../shared/api/addresses.ts'
import type { CustomerAnswer } from '../../../shared/api/customers.ts'
import { expectProblem, giftJourney, openTestApp, publishJourney, type TestApp } from './harness.ts'

const phone = '13800001234'
const inPage = { 'sec-fetch-site': 'same-origin' }
let server: TestApp
beforeEach(async () => {
  server = await openTestApp()
  await server.ask('PUT', '/customers/c1', { name: '王芳', phone, birthday: '1990-05-01', points: 120 })
})
afterEach(() => server.close())

const edit = (body: object) => server.ask('POST', '/customers/c1/edits', body, inPage)
const known = async () => (await server.ask<CustomerAnswer>('GET', '/customers/c1')).body
const lastEntry = async () => (await server.own.stores.audit.page({ limit: 1 })).entries[0]

describe('a person who edits a customer', () => {
  test('changes one value, of the profile or an attribute, and the log says which', async () => {
    expect((await edit({ of: 'attribute', name: 'points', value: 150, was: 120 })).status).toBe(204)
    expect(await lastEntry()).toMatchObject({
      ...{ action: 'customer.edited', object: { id: 'c1' }, detail: { fields: 'points' } },
      actor: { kind: 'person', via: 'browser' },
    })
    expect((await edit({ of: 'profile', name: 'city', value: '苏州', was: null })).status).toBe(204)
    expect((await edit({ of: 'profile', name: 'birthday', value: null, was: '1990-05-01' })).status).toBe(204)
    expect((await edit({ of: 'attribute', name: 'shoe_size', value: '38', was: null })).status).toBe(204)
    expect((await known()).customer).toMatchObject({
      ...{ city: '苏州', birthday: null, name: '王芳', attributes: { points: 150 } },
    })
  })

  test('is told what it is where somebody else has changed it, and nothing is lost', async () => {
    await server.ask('PATCH', '/customers/c1', { points: 500 })
    const answer = await edit({ of: 'attribute', name: 'points', value: 150, was: 120 })
    expectProblem(answer, 409, 'customer-changed')
    expect(answer.body).toMatchObject({ place: 'points', details: { now: '500' } })
    expect((await known()).customer.attributes.points).toBe(500)
    expect((await edit({ of: 'attribute', name: 'points', value: 150, was: 500 })).status).toBe(204)
  })

  test('changes a phone that is seen masked', async () => {
    const next = { of: 'profile', name: 'phone', value: '139 0000 5678' }
    expect((await edit({ ...next, was: '138****1234' })).status).toBe(204)
    expect((await known()).customer.phone).toBe('13900005678')
    const answer = await edit({ ...next, value: phone, was: '138****1234' })
    expectProblem(answer, 409, 'customer-changed')
    expect(JSON.stringify(answer.body)).not.toContain('13900005678')
  })

  test.each([
    [
      'a birthday that no calendar has',
      { of: 'profile', name: 'birthday', value: '1990-13-40', was: '1990-05-01' },
    ],
    ['a phone with letters', { of: 'profile', name: 'phone', value: 'call me', was: phone }],
  ])('is told at its field of %s', async (_, body) => {
    const answer = await edit(body)
    expectProblem(answer, 422, 'record-refused')
    expect(answer.body).toMatchObject({ place: body.name })
    expect((await known()).customer).toMatchObject({ birthday: '1990-05-01', phone })
  })

  test('writes no score, no field of the product’s own, and nobody who is not there', async () => {
    const score = { of: 'attribute', name: 'score_propensity', value: 99, was: null }
    expectProblem(await edit(score), 422, 'edit-fixed')
    expectProblem(await edit({ of: 'profile', name: 'shard', value: 1, was: null }), 422, 'edit-fixed')
    const stranger = { of: 'profile', name: 'city', value: '苏州', was: null }
    expectProblem(await server.ask('POST', '/customers/nobody/edits', stranger), 404, 'not-found')
  })

  test('gives tags and takes them away', async () => {
    await server.ask('POST', '/customers/c1/tags', { add: ['VIP', '老客'] })
    expect((await server.ask('POST', '/customers/c1/tags', { remove: ['VIP'] })).status).toBe(204)
    expect((await known()).tags).toEqual(['老客'])
  })
})

describe('consent that a customer tells a person', () => {
  const place = { kind: 'phone', address: phone, channel: 'sms' }
  const say = (given: boolean, reason: string, more: object = {}) =>
    server.ask('POST', '/customers/c1/consents', { ...place, given, reason, ...more })
  const state = async () => {
    const path = '/customers/c1/addresses'
    const { body } = await server.ask<{ addresses: CustomerAddress[] }>('GET', path)
    return body.addresses[0]?.states[0]
  }

  test('holds with its reason; withdrawn, it takes back what is queued; given again, it holds again', async () => {
    expect((await say(true, '门店签字')).status).toBe(204)
    expect(await state()).toMatchObject({ consent: true, consentSource: 'person', consentProof: '门店签字' })
    const journey = giftJourney('您好')
    await publishJourney(server, { ...journey, edges: { ...journey.edges, picked: { entered: 'greet' } } })
    expect((await say(false, '电话里说不要了')).status).toBe(204)
    expect(await state()).toMatchObject({ consent: false, closedWhy: 'opted_out', note: '电话里说不要了' })
    expect((await known()).customer).toMatchObject({ consentSms: false, unsubscribed: ['sms'] })
    expect(await lastEntry()).toMatchObject({
      action: 'customer.consent_withdrawn',
      detail: { channel: 'sms' },
    })
    await say(true, '又同意了')
    expect(await state()).toMatchObject({ consent: true, closedWhy: null })
    expect((await known()).customer).toMatchObject({ consentSms: true, unsubscribed: [] })
  })

  test('is of an address that they bear, on a channel that writes to it, with a reason', async () => {
    expectProblem(await say(true, 'x', { address: '13900000000' }), 404, 'not-found')
    expectProblem(await say(true, 'x', { channel: 'email' }), 404, 'not-found')
    expectProblem(await say(true, ' '), 400, 'invalid-request')
  })
})

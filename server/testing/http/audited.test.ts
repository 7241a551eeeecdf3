import { readFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { SessionList } from '../../../shared/api/system.ts'
import type { AuditAction } from '../../../shared/audit/actions.ts'
import { type Actor, terminalActor } from '../../../shared/audit/actor.ts'
import { signUnsubscribe } from '../../dispatch/links.ts'
import { inboxWriter } from '../../store/sqlite/messages/inbox.ts'
import { sources } from '../conventions/source.ts'
import { fakeChannel } from '../fake-channel.ts'
import {
  formOf,
  giftJourney,
  linkSecret,
  openTestApp,
  publishJourney,
  startAt,
  type TestApp,
} from './harness.ts'
import { keyFor } from './keys.ts'
import { askFor, giveByHand, giveTask } from './tasks.ts'

const password = 'correct horse battery'
const guess = { password: 'guess' }
let server: TestApp
beforeEach(async () => {
  const sms = { ...fakeChannel('sms'), registered: async () => ({ templates: [], signatures: [] }) }
  server = await openTestApp({ brand: { channels: () => new Map([['sms', sms]]) } })
})
afterEach(() => server.close())

/** What a route does to the brand or the installation, the row of the log that says so, and by whom. */
interface Change {
  readonly action: AuditAction
  readonly actor?: Actor['kind']
  /** Where nobody but who has logged in may come. */
  readonly locked?: true
  readonly make: () => Promise<{ readonly status: number }>
}

const audience = {
  key: 'gold',
  name: { en: 'Gold' },
  condition: { kind: 'attribute', name: 'tier', op: 'eq', value: 'gold' },
}
const saved = () => server.ask('POST', '/audiences', audience)
const hello = { key: 'hello', name: { en: 'Hello' }, kind: 'text', default: { text: { en: 'Hello' } } }
const coupon = { key: 'gift', name: { en: 'Gift' }, kind: 'amount', value: 1000, validDays: 7 }
const makeCoupon = () => server.ask('PUT', '/coupons/gift', { coupon, revision: null })
const referral = { key: 'friends', name: { en: 'Friends' }, asks: 'join', counts: 'anyone' }
const makeReferral = () => server.ask('PUT', '/referrals/friends', { referral, revision: null })
/** The code by which m1 invites. */
const invites = async () => {
  await makeReferral()
  const link = await server.ask<{ code: string }>('POST', '/referrals/friends/links', { customerId: 'm1' })
  return link.body.code
}
const phone = { kind: 'phone', address: '19900000001' }
const closed = { ...phone, channel: 'sms' }
/** A call to an address that the guard refuses, so that nobody is reached. */
const callNode = {
  type: 'webhook_call',
  name: { en: 'Ask' },
  config: { url: 'http://127.0.0.1:9/', body: '{}', path: '', cases: [] },
}

const cloud = { provider: 'aliyun', keyId: 'an id', keySecret: 'a secret' }
const typeTemplate = async () => {
  await server.ask('PUT', '/settings/channels/sms', cloud)
  const template = { name: '发货', text: '您的订单已发出', kind: 'notification', state: 'approved' }
  return server.ask('PUT', '/settings/sms/templates/SMS_1', template)
}
const provider = { url: 'https://gateway.example/send', secret: 'a secret of sixteen or more' }
const fittedGroup = {
  ...{ rfm: null, stage: null, 'bg-nbd': null, 'gamma-gamma': null, propensity: null, habits: null },
  groups: { means: [], spreads: [], groups: [{ id: 'g1', name: 'often', named: false, centre: [] }] },
}
const hook = { name: 'CRM', url: 'https://crm.example/in', kinds: ['message.sent'], inSandbox: true }
const hooked = async () =>
  (await server.ask<{ webhook: { id: string } }>('POST', '/webhooks', hook)).body.webhook.id
const draft = async () =>
  (
    await server.ask<{ journey: { id: string }; revision: number }>('POST', '/journeys', {
      name: { en: 'New' },
    })
  ).body
const onJourney = async (verb: string, body?: object) =>
  server.ask('POST', `/journeys/${(await publishJourney(server)).id}/${verb}`, body)
/** Somebody who stands on a node, and what is done with all who do. */
async function withPeople(verb: string, more: object = {}) {
  const { id } = await publishJourney(server)
  await server.ask('POST', `/journeys/${id}/enter`, { customerIds: ['m1'] })
  return server.ask('POST', `/journeys/${id}/nodes/rest/people/${verb}`, { who: { all: true }, ...more })
}
const importOne = () => {
  const { payload, headers } = formOf('id,name\nc1,A\n', {
    kind: 'customers',
    mapping: '{"id":"customer_id"}',
  })
  return server.ask<{ id: string }>('POST', '/imports', payload, headers)
}

/** A reply of which it is not sure whether it opts out. */
async function doubtful(): Promise<number> {
  const reply = { id: 'r1', name: 'message_replied', at: startAt, amount: null }
  const properties = { channel: 'sms', text: 'how do I unsubscribe?' }
  await server.own.ingest([{ customerId: 'm1', event: { ...reply, properties } }])
  const { body } = await server.ask<{ open: { id: number }[] }>('GET', '/opt-outs/doubtful')
  return body.open[0]?.id ?? 0
}

const consent = (given: boolean) =>
  server.ask('POST', '/customers/m1/consents', {
    ...{ kind: 'customer', address: 'm1', channel: 'in_app', given, reason: '电话中说的' },
  })

/** The id of a message on the on-screen phone. */
async function onPhone(): Promise<string> {
  const message = { key: 'k1', messageId: '0', customerId: 'm1', channel: 'sms' }
  inboxWriter(server.db)([{ ...message, subject: null, text: '您好', html: null, attachments: [] }], startAt)
  const { body } = await server.ask<{ messages: { id: string }[] }>('GET', '/inbox')
  return body.messages[0]?.id ?? ''
}

/** The smallest picture there is. */
const dot = Buffer.from('R0lGODlhAQABAIAAAP///wAAACH5BAAAAAAALAAAAAABAAEAAAICRAEAOw==', 'base64')
const picture = (method: 'POST' | 'PUT', path: string) => {
  const { payload, headers } = formOf(dot, {})
  return server.ask(method, path, payload, headers)
}

const login = (given: object) => server.ask('POST', '/api/v1/session', given)
async function loggedIn() {
  const { headers } = await login({ password })
  return { cookie: String(headers['set-cookie']).split(';')[0] ?? '' }
}
async function logout() {
  return server.ask('DELETE', '/api/v1/session', undefined, await loggedIn())
}

const hire = () => server.ask('PUT', '/staff/a', { name: '李娜' })
const inTeam = () => server.ask('PUT', '/teams/east', { name: '华东' })
const hired = async (method: 'PUT' | 'POST' | 'DELETE', path: string, body?: object) => {
  await hire()
  return server.ask(method, path, body)
}

/** Every route that changes something; several ways where one route says several things. */
const changes: Readonly<Record<string, Change | readonly Change[]>> = {
  'POST /tasks/:task/assign': {
    action: 'task.assigned',
    async make() {
      const task = await giveTask(server, ['m1'])
      return hired('POST', `/tasks/${task}/assign`, { staff: 'a' })
    },
  },
  'POST /delivery/:channel/pause': {
    action: 'channel.paused',
    make: () => server.ask('POST', '/delivery/sms/pause', { reason: 'the signature is being filed' }),
  },
  'POST /delivery/:channel/continue': {
    action: 'channel.continued',
    make: () => server.ask('POST', '/delivery/sms/continue'),
  },
  'POST /delivery/:channel/test': {
    action: 'message.tested',
    make: () => server.ask('POST', '/delivery/sms/test', { to: '19900000001' }),
  },
  'POST /tasks': { action: 'task.made', make: async () => (await giveByHand(server, 'm1')).answer },
  'POST /tasks/:task/cancel': {
    action: 'task.cancelled',
    async make() {
      const { id } = await giveByHand(server, 'm1')
      return server.ask('POST', `/tasks/${id}/cancel`)
    },
  },
  'PUT /staff/:id': { action: 'staff.saved', make: hire },
  'DELETE /staff/:id': { action: 'staff.removed', make: () => hired('DELETE', '/staff/a') },
  'PUT /staff/:id/login': [
    {
      action: 'staff.login_given',
      make: () => hired('PUT', '/staff/a/login', { password: 'long enough' }),
    },
    { action: 'staff.login_taken', make: () => hired('PUT', '/staff/a/login', { password: null }) },
  ],
  'POST /staff/file': {
    action: 'staff.saved',
    make: () => server.ask('POST', '/staff/file', { csv: 'id,name\na,A' }),
  },
  'PUT /teams/:id': { action: 'team.saved', make: inTeam },
  'DELETE /teams/:id': {
    action: 'team.removed',
    async make() {
      await inTeam()
      return server.ask('DELETE', '/teams/east')
    },
  },
  'PUT /assignment-rules': {
    action: 'rules.saved',
    make: () => server.ask('PUT', '/assignment-rules', { rules: [] }),
  },
  'POST /owners/assign': {
    action: 'staff.giving',
    make: () => hired('POST', '/owners/assign', { way: { kind: 'staff', staff: 'a' } }),
  },
  'POST /owners/file': {
    action: 'customer.assigned',
    make: () => hired('POST', '/owners/file', { csv: 'customer_id,staff_id\nm1,a' }),
  },
  'POST /staff/:id/hand-over': {
    action: 'staff.handed_over',
    make: () => hired('POST', '/staff/a/hand-over', { way: { kind: 'rules' } }),
  },
  'PUT /customers/:id/owner': {
    action: 'customer.owned',
    make: () => hired('PUT', '/customers/m1/owner', { staff: 'a' }),
  },
  'POST /journeys': {
    action: 'journey.created',
    make: () => server.ask('POST', '/journeys', { name: { en: 'New' } }),
  },
  'PUT /journeys/:id/draft': {
    action: 'journey.saved',
    async make() {
      const { journey, revision } = await draft()
      return server.ask('PUT', `/journeys/${journey.id}/draft`, { journey, revision })
    },
  },
  'DELETE /journeys/:id': {
    action: 'journey.removed',
    make: async () => server.ask('DELETE', `/journeys/${(await draft()).journey.id}`),
  },
  'PUT /journeys/:id/values': {
    action: 'journey.value_changed',
    async make() {
      const journey = giftJourney('满 {{ least }} 元包邮')
      const valued = { ...journey, variables: { least: { value: 99 } } }
      const { id } = await publishJourney(server, valued)
      return server.ask('PUT', `/journeys/${id}/values`, { values: { least: 88 } })
    },
  },
  'DELETE /open-work/:id': {
    action: 'work.ended',
    make() {
      const { id } = server.own.workshop.open.open({
        brand: 'own',
        kind: 'count',
        what: '',
        actor: terminalActor,
      })
      return server.ask('DELETE', `/open-work/${id}`)
    },
  },
  'POST /journeys/:id/publish': {
    action: 'journey.published',
    make: async () => ({ status: (await publishJourney(server)).id === '' ? 500 : 200 }),
  },
  'POST /journeys/:id/versions/:version/restore': {
    action: 'journey.restored',
    async make() {
      const { id, revision } = await publishJourney(server)
      return server.ask('POST', `/journeys/${id}/versions/1/restore`, { revision })
    },
  },
  'POST /journeys/:id/pause': { action: 'journey.paused', make: () => onJourney('pause') },
  'POST /journeys/:id/resume': {
    action: 'journey.resumed',
    async make() {
      const { id } = await publishJourney(server)
      await server.ask('POST', `/journeys/${id}/pause`)
      return server.ask('POST', `/journeys/${id}/resume`)
    },
  },
  'POST /journeys/:id/stop': { action: 'journey.stopped', make: () => onJourney('stop') },
  'POST /journeys/:id/enter': {
    action: 'journey.entered',
    make: () => onJourney('enter', { customerIds: ['m1'] }),
  },
  'POST /journeys/:id/retry': { action: 'journey.retried', make: () => onJourney('retry') },
  'POST /journeys/:id/nodes/:node/people/move': {
    action: 'journey.people_moved',
    make: () => withPeople('move', { to: 'week' }),
  },
  'POST /journeys/:id/nodes/:node/people/remove': {
    action: 'journey.people_removed',
    make: () => withPeople('remove'),
  },
  'POST /journeys/:id/nodes/:node/people/retry': {
    action: 'journey.retried',
    make: () => withPeople('retry'),
  },
  'POST /journeys/:id/nodes/:node/people/save': {
    action: 'audience.filled',
    make: () => withPeople('save', { key: 'waiting', name: { en: 'Waiting' } }),
  },
  'POST /audiences': { action: 'audience.created', make: saved },
  'PUT /audiences/:key': {
    action: 'audience.changed',
    async make() {
      await saved()
      return server.ask('PUT', '/audiences/gold', audience)
    },
  },
  'POST /audiences/:key/freeze': {
    action: 'audience.frozen',
    make: async () => {
      await saved()
      return server.ask('POST', '/audiences/gold/freeze')
    },
  },
  'POST /audiences/:key/thaw': {
    action: 'audience.thawed',
    make: async () => {
      await saved()
      await server.ask('POST', '/audiences/gold/freeze')
      return server.ask('POST', '/audiences/gold/thaw')
    },
  },
  'POST /audiences/:key/list': {
    action: 'audience.created',
    make: () => {
      const { payload, headers } = formOf('customer_id\nm1\n', { name: '{"en":"By file"}' })
      return server.ask('POST', '/audiences/by-file/list', payload, headers)
    },
  },
  'POST /audiences/:key/look': {
    action: 'audience.looked',
    make: async () => {
      await saved()
      return server.ask('POST', '/audiences/gold/look')
    },
  },
  'DELETE /audiences/:key': {
    action: 'audience.removed',
    async make() {
      await saved()
      return server.ask('DELETE', '/audiences/gold')
    },
  },
  'PUT /attributes/:name': {
    action: 'attribute.declared',
    make: () => server.ask('PUT', '/attributes/tier', { type: 'text' }),
  },
  'PUT /customers/:id': {
    action: 'customer.saved',
    make: () => server.ask('PUT', '/customers/m1', { city: '广州' }),
  },
  'PATCH /customers/:id': {
    action: 'customer.saved',
    make: () => server.ask('PATCH', '/customers/m1', { city: '广州' }),
  },
  'DELETE /customers/:id': { action: 'erasure.asked', make: () => server.ask('DELETE', '/customers/m1') },
  'POST /customers/:id/identifiers': {
    action: 'customer.identified',
    make: () => server.ask('POST', '/customers/m1/identifiers', { kind: 'card', value: 'V1' }),
  },
  'DELETE /customers/:id/identifiers/:kind/:value': {
    action: 'customer.unidentified',
    async make() {
      await server.ask('POST', '/customers/m1/identifiers', { kind: 'card', value: 'V1' })
      return server.ask('DELETE', '/customers/m1/identifiers/card/V1')
    },
  },
  'POST /customers/merge': {
    action: 'customer.merged',
    make: () => server.ask('POST', '/customers/merge', { from: 'm2', into: 'm1' }),
  },
  'POST /merges/:id/undo': {
    action: 'customer.unmerged',
    async make() {
      const merging = { from: 'm2', into: 'm1' }
      const { body } = await server.ask<{ merge: { id: string } }>('POST', '/customers/merge', merging)
      return server.ask('POST', `/merges/${body.merge.id}/undo`)
    },
  },
  'POST /tracking/keys': {
    action: 'tracking.made',
    make: () => server.ask('POST', '/tracking/keys', { name: 'Shop', origins: ['https://shop.example'] }),
  },
  'DELETE /tracking/keys/:id': {
    action: 'tracking.revoked',
    async make() {
      const made = { name: 'Shop', origins: ['https://shop.example'] }
      const { body } = await server.ask<{ id: string }>('POST', '/tracking/keys', made)
      return server.ask('DELETE', `/tracking/keys/${body.id}`)
    },
  },
  'POST /duplicates/apart': {
    action: 'customer.kept_apart',
    make: () => server.ask('POST', '/duplicates/apart', { customers: ['m1', 'm2'] }),
  },
  'POST /customers': [
    { action: 'records.taken', make: () => server.ask('POST', '/customers', [{ id: 'c1' }]) },
    {
      action: 'records.taken',
      actor: 'key',
      make: async () =>
        server.ask(
          'POST',
          '/customers',
          { id: 'c1' },
          { authorization: `Bearer ${await keyFor(server, 'write')}` },
        ),
    },
  ],
  'POST /orders': {
    action: 'records.taken',
    make: () => server.ask('POST', '/orders', { id: 'n1', customerId: 'm1', amount: 100 }),
  },
  'POST /products': {
    action: 'records.taken',
    make: () => server.ask('POST', '/products', { id: 'BOX', title: '礼盒' }),
  },
  'DELETE /products/:id': {
    action: 'product.removed',
    async make() {
      await server.ask('POST', '/products', { id: 'BOX' })
      return server.ask('DELETE', '/products/BOX')
    },
  },
  'POST /assets': { action: 'asset.added', make: () => picture('POST', '/assets') },
  'PUT /assets/:key': {
    action: 'asset.renamed',
    async make() {
      await picture('POST', '/assets')
      return server.ask('PUT', '/assets/members', { name: { en: 'Box' }, alt: { en: 'A box' } })
    },
  },
  'PUT /assets/:key/file': {
    action: 'asset.replaced',
    async make() {
      await picture('POST', '/assets')
      return picture('PUT', '/assets/members/file')
    },
  },
  'DELETE /assets/:key': {
    action: 'asset.removed',
    async make() {
      await picture('POST', '/assets')
      return server.ask('DELETE', '/assets/members')
    },
  },
  'PUT /contents/:key': {
    action: 'content.saved',
    make: () => server.ask('PUT', '/contents/hello', { content: hello, revision: null }),
  },
  'DELETE /contents/:key': {
    action: 'content.removed',
    async make() {
      await server.ask('PUT', '/contents/hello', { content: hello, revision: null })
      return server.ask('DELETE', '/contents/hello')
    },
  },
  'PUT /coupons/:key': { action: 'coupon.saved', make: makeCoupon },
  'DELETE /coupons/:key': {
    action: 'coupon.removed',
    async make() {
      await makeCoupon()
      return server.ask('DELETE', '/coupons/gift')
    },
  },
  'PUT /referrals/:key': { action: 'referral.saved', make: makeReferral },
  'DELETE /referrals/:key': {
    action: 'referral.removed',
    make: async () => {
      await makeReferral()
      return server.ask('DELETE', '/referrals/friends')
    },
  },
  'POST /referrals/joins': {
    action: 'referral.joined',
    make: async () => server.ask('POST', '/referrals/joins', { code: await invites(), customerId: 'm2' }),
  },
  'POST /r/:code': {
    action: 'referral.joined',
    actor: 'customer',
    make: async () =>
      server.ask('POST', `/r/${await invites()}`, 'agree=yes&phone=13800138000', {
        'content-type': 'application/x-www-form-urlencoded',
      }),
  },
  'POST /referrals/:key/invitations/:id/decision': {
    action: 'referral.decided',
    make: async () => {
      await server.ask('POST', '/referrals/joins', { code: await invites(), customerId: 'm1' })
      const held = await server.ask<{ invitations: { id: string }[] }>(
        'GET',
        '/referrals/friends/invitations',
      )
      const id = held.body.invitations[0]?.id ?? ''
      return server.ask('POST', `/referrals/friends/invitations/${id}/decision`, { accept: true })
    },
  },
  'POST /coupons/:key/codes': {
    action: 'coupon.codes_added',
    async make() {
      await makeCoupon()
      return server.ask('POST', '/coupons/gift/codes', { make: 3 })
    },
  },
  'POST /coupons/:key/codes/file': {
    action: 'coupon.codes_added',
    async make() {
      await makeCoupon()
      const { payload, headers } = formOf('GIFT-0001\n', {})
      return server.ask('POST', '/coupons/gift/codes/file', payload, headers)
    },
  },
  'POST /keys': {
    action: 'key.made',
    make: () => server.ask('POST', '/keys', { name: 'Shop', kind: 'write' }),
  },
  'DELETE /keys/:id': {
    action: 'key.revoked',
    async make() {
      await keyFor(server, 'read')
      const { body } = await server.ask<{ keys: { id: string }[] }>('GET', '/keys')
      return server.ask('DELETE', `/keys/${body.keys[0]?.id}`)
    },
  },
  'POST /webhooks': { action: 'webhook.made', make: () => server.ask('POST', '/webhooks', hook) },
  'PUT /webhooks/:id': {
    action: 'webhook.changed',
    make: async () => server.ask('PUT', `/webhooks/${await hooked()}`, { ...hook, on: false }),
  },
  'DELETE /webhooks/:id': {
    action: 'webhook.removed',
    make: async () => server.ask('DELETE', `/webhooks/${await hooked()}`),
  },
  'POST /webhooks/:id/secret': {
    action: 'webhook.secret_renewed',
    make: async () => server.ask('POST', `/webhooks/${await hooked()}/secret`),
  },
  'POST /webhooks/:id/test': {
    action: 'webhook.tested',
    make: async () => server.ask('POST', `/webhooks/${await hooked()}/test`),
  },
  'POST /webhooks/:id/deliveries/:delivery/resend': {
    action: 'webhook.resent',
    async make() {
      const id = await hooked()
      const { body } = await server.ask<{ id: number }>('POST', `/webhooks/${id}/test`)
      return server.ask('POST', `/webhooks/${id}/deliveries/${body.id}/resend`)
    },
  },
  'POST /webhooks/:id/replay': {
    action: 'webhook.resent',
    make: async () => server.ask('POST', `/webhooks/${await hooked()}/replay`, { since: 0 }),
  },
  'PUT /customers/:id/events/:name/:event': {
    action: 'event.corrected',
    make: () => server.ask('PUT', '/customers/m1/events/order/o1', { amount: 5_000 }),
  },
  'DELETE /customers/:id/events/:name/:event': {
    action: 'event.removed',
    make: () => server.ask('DELETE', '/customers/m1/events/order/o1'),
  },
  'PUT /unreadable': {
    action: 'row.mended',
    make: () => {
      server.db.sqlite.exec(`update customers set attributes = '{' where id = 'm1'`)
      return server.ask('PUT', '/unreadable', { place: 'customers.attributes', id: '["m1"]', text: '{}' })
    },
  },
  'DELETE /unreadable': {
    action: 'row.dropped',
    make: () => {
      server.db.sqlite.exec(`update customers set attributes = '{' where id = 'm1'`)
      const row = encodeURIComponent('["m1"]')
      return server.ask('DELETE', `/unreadable?place=customers.attributes&id=${row}`)
    },
  },
  'POST /erasures': [
    { action: 'erasure.asked', make: () => server.ask('POST', '/erasures', { customerIds: ['m1'] }) },
    {
      action: 'customer.erased',
      actor: 'engine',
      make: () => server.ask('POST', '/erasures', { customerIds: ['m1'] }),
    },
  ],
  'POST /customers/:id/edits': {
    action: 'customer.edited',
    make: () =>
      server.ask('POST', '/customers/m1/edits', { of: 'attribute', name: 'size', value: 38, was: null }),
  },
  'POST /customers/:id/tags': {
    action: 'customer.edited',
    make: () => server.ask('POST', '/customers/m1/tags', { add: ['VIP'] }),
  },
  'POST /customers/:id/points': {
    action: 'points.adjusted',
    make: () => server.ask('POST', '/customers/m1/points', { key: 'sorry', points: 100, reason: '补发' }),
  },
  'POST /customers/:id/consents': [
    { action: 'customer.consent_given', make: () => consent(true) },
    { action: 'customer.consent_withdrawn', make: () => consent(false) },
  ],
  'POST /customers/:id/reveal': {
    action: 'customer.revealed',
    make: () => server.ask('POST', '/customers/m1/reveal', { kind: 'phone' }),
  },
  'POST /customers/:id/addresses': {
    action: 'address.added',
    make: () => server.ask('POST', '/customers/m1/addresses', { ...phone, address: '13900000009' }),
  },
  'POST /addresses/:change': [
    { action: 'address.closed', make: () => server.ask('POST', '/addresses/close', closed) },
    {
      action: 'address.opened',
      async make() {
        await server.ask('POST', '/addresses/close', closed)
        return server.ask('POST', '/addresses/open', closed)
      },
    },
  ],
  'POST /tasks/:task': {
    action: 'task.decided',
    make: async () => server.ask('POST', `/tasks/${await askFor(server, ['m1'])}`, { button: 'gift' }),
  },
  'PUT /models/groups/:id': {
    action: 'group.named',
    async make() {
      server.db.sqlite
        .prepare(`insert or replace into model_runs (id, fitted, report, last_event) values (1, ?, '{}', 0)`)
        .run(JSON.stringify(fittedGroup))
      return server.ask('PUT', '/models/groups/g1', { name: '夜猫子' })
    },
  },
  'POST /models/fit': { action: 'scores.asked', make: () => server.ask('POST', '/models/fit') },
  'POST /opt-outs/doubtful/:id': {
    action: 'address.reply_decided',
    make: async () => server.ask('POST', `/opt-outs/doubtful/${await doubtful()}`, { decision: 'opt_out' }),
  },
  'POST /blacklist': {
    action: 'address.blacklisted',
    make: () => server.ask('POST', '/blacklist', { entries: [phone] }),
  },
  'POST /blacklist/csv': {
    action: 'address.blacklisted',
    make: () => server.ask('POST', '/blacklist/csv', { text: '19900000001\n' }),
  },
  'DELETE /blacklist/:kind/:address': {
    action: 'address.unblacklisted',
    async make() {
      await server.ask('POST', '/blacklist', { entries: [phone] })
      return server.ask('DELETE', '/blacklist/phone/19900000001')
    },
  },
  'POST /u/:token': {
    action: 'customer.unsubscribed',
    actor: 'customer',
    make: () =>
      server.ask(
        'POST',
        `/u/${signUnsubscribe(linkSecret, { brand: 'own', customerId: 'm1', channel: 'sms' })}`,
        '',
      ),
  },
  'POST /journeys/:id/list': {
    action: 'import.started',
    async make() {
      const { id } = await publishJourney(server)
      const { payload, headers } = formOf('customer_id\nm1\n', {})
      return server.ask('POST', `/journeys/${id}/list`, payload, headers)
    },
  },
  'POST /imports': { action: 'import.started', make: importOne },
  'DELETE /imports/:id': {
    action: 'import.cancelled',
    async make() {
      const { body } = await importOne()
      return server.ask('DELETE', `/imports/${body.id}`)
    },
  },
  'POST /inbox/reply': {
    action: 'message.answered',
    make: async () =>
      server.ask('POST', '/inbox/reply', { customerId: 'm1', messageId: await onPhone(), text: '好的' }),
  },
  'POST /test-send': {
    action: 'message.tested',
    make: () =>
      server.ask('POST', '/test-send', {
        journey: giftJourney(),
        node: 'greet',
        customerId: 'm1',
        to: '13800000000',
      }),
  },
  'POST /test-call': {
    action: 'message.tested',
    async make() {
      await server.ask('PUT', '/settings/channels/webhook', { secret: 'a secret of twenty letters' })
      const journey = { ...giftJourney(), nodes: { ask: callNode }, edges: {} }
      return server.ask('POST', '/test-call', { journey, node: 'ask', customerId: 'm1' })
    },
  },
  'PUT /settings/brand': {
    action: 'brand.changed',
    make: () => server.ask('PUT', '/settings/brand', { ...server.own.brand(), signature: '新签名' }),
  },
  'PUT /settings/channels/:id': {
    action: 'channel.changed',
    make: () => server.ask('PUT', '/settings/channels/sms', provider),
  },
  'POST /settings/sms/sync': {
    action: 'sms.synchronised',
    async make() {
      await server.ask('PUT', '/settings/channels/sms', cloud)
      return server.ask('POST', '/settings/sms/sync')
    },
  },
  'PUT /settings/sms/templates/:code': { action: 'sms.template_saved', make: typeTemplate },
  'DELETE /settings/sms/templates/:code': {
    action: 'sms.template_removed',
    async make() {
      await typeTemplate()
      return server.ask('DELETE', '/settings/sms/templates/SMS_1')
    },
  },
  'POST /settings/channels/email/dkim': {
    action: 'channel.changed',
    async make() {
      const relay = { host: 'smtp.shop.example', port: 465, secure: true, from: 'gifts@shop.example' }
      await server.ask('PUT', '/settings/channels/email', relay)
      return server.ask('POST', '/settings/channels/email/dkim', { domain: 'shop.example', selector: 'm1' })
    },
  },
  'POST /settings/channels/:id/resume': {
    action: 'channel.resumed',
    make: () => server.ask('POST', '/settings/channels/sms/resume', {}),
  },
  'POST /messages/restored': {
    action: 'message.dropped',
    make: () => server.ask('POST', '/messages/restored', { decision: 'drop' }),
  },
  'DELETE /settings/channels/:id': {
    action: 'channel.removed',
    async make() {
      await server.ask('PUT', '/settings/channels/sms', provider)
      return server.ask('DELETE', '/settings/channels/sms')
    },
  },
  'PUT /settings/ai': {
    action: 'model.changed',
    make: () => server.ask('PUT', '/settings/ai', { baseUrl: null, model: 'm', apiKey: 'k' }),
  },
  'POST /clock/advance': {
    action: 'clock.moved',
    make: () => server.ask('POST', '/clock/advance', { by: 'hour' }),
  },
  'POST /session': [
    { action: 'session.opened', locked: true, make: () => login({ password }) },
    { action: 'session.refused', locked: true, make: () => login(guess) },
  ],
  'DELETE /session': { action: 'session.closed', locked: true, make: logout },
  'DELETE /sessions': {
    action: 'session.all_closed',
    locked: true,
    make: async () => server.ask('DELETE', '/api/v1/sessions', undefined, await loggedIn()),
  },
  'DELETE /sessions/:id': {
    action: 'session.closed',
    locked: true,
    async make() {
      const mine = await loggedIn()
      const { body } = await server.ask<SessionList>('GET', '/api/v1/sessions', undefined, mine)
      return server.ask('DELETE', `/api/v1/sessions/${body.sessions[0]?.id}`, undefined, mine)
    },
  },
}

/** Routes that write no row, and why. */
const without: Readonly<Record<string, string>> = {
  'POST /journeys/:id/check': 'reads',
  'POST /journeys/:id/publish/preview': 'reads',
  'POST /audiences/count': 'reads',
  'POST /audiences/overlap': 'reads',
  'POST /journeys/:id/enrollments/:enrollment/what-if': 'writes nothing',
  'POST /preview': 'reads',
  'POST /mails/layout': 'writes nothing',
  'POST /contents/count': 'reads',
  'POST /contents/preview': 'reads',
  'POST /owners/preview': 'reads',
  'POST /staff/:id/hand-over/preview': 'reads',
  'POST /imports/inspect': 'reads a file and drops it',
  'POST /rehearsals': 'writes nothing',
  'DELETE /rehearsals/:id': 'writes nothing',
  'POST /settings/channels/:id/test': 'asks the provider, sends nothing',
  'POST /settings/channels/email/dkim/check': 'asks the name servers',
  'POST /hooks/:brand/:channel/raw':
    'what mail servers report is kept as such, and by whom an address was closed',
  'POST /hooks/:brand/email/sendgrid': 'the same, from SendGrid',
  'POST /settings/ai/test': 'asks the model for one word',
  'POST /collect': 'what visitors did is kept as such, with its key',
  'POST /events': 'what customers did is kept as such, with its source',
  'POST /referrals/:key/links': 'a code of chance for whoever is asked for; it says nothing of anybody',
  'POST /points': 'a line of the ledger, counted in the log: shown in points.test.ts',
  'POST /coupons/redemptions': 'the same: a code that was used is an event',
  'POST /hooks/:brand/wechat': 'what WeChat tells is kept as such; whom it makes stands in the log',
  'POST /hooks/:brand/wecom': 'what WeCom tells is kept as such; whom it makes stands in the log',
  'POST /wecom/sync': 'shown in wecom.test.ts, beside a WeCom',
  'POST /wecom/broadcasts/:broadcast/remind': 'shown in wecom.test.ts, beside a WeCom',
  'POST /wecom/broadcasts/:broadcast/confirm': 'shown in wecom-sandbox.test.ts, beside a broadcast',
  'POST /wecom/broadcasts/:broadcast/cancel': 'shown in wecom.test.ts, beside a WeCom',
  'POST /wecom/tags': 'shown in wecom-tags.test.ts, beside a WeCom',
  'DELETE /wecom/tags/:tagId': 'the same',
  'POST /wecom/ways': 'shown in wecom-ways.test.ts, beside a WeCom',
  'PUT /wecom/ways/:way': 'the same',
  'POST /wecom/ways/:way/mend': 'the same',
  'DELETE /wecom/ways/:way': 'the same',
  'POST /hooks/:brand/:channel': 'what providers report is kept as such, and by whom an address was closed',
  'POST /hooks/:brand/sms/:token': 'the same, pushed by a provider that signs nothing',
  'POST /upkeep': 'shown in upkeep.test.ts, of an installation',
  'POST /brands': 'shown in brands.test.ts, of an installation',
  'POST /brands/:brand/archive': 'shown in brands.test.ts, of an installation',
}

/** The routes that are not there to read, as the code has them. */
const routes = sources
  .filter(({ path }) => path.startsWith('server/routes/') && !path.endsWith('.test.ts'))
  .flatMap(({ path }) => [
    ...readFileSync(path, 'utf8').matchAll(/app\.(post|put|patch|delete)\(\s*'([^']+)'/g),
  ])
  .map(([, method = '', path = '']) => `${method.toUpperCase()} ${path}`)

/** The last row that was written of the brand, or of the installation. */
const rows = async () => [
  ...(await server.own.stores.audit.page({ limit: 50 })).entries,
  ...(await server.installation.audit.page({ limit: 50 })).entries,
]

describe('the log of changes', () => {
  test('is written by every route that changes something, or there is a reason why not', () => {
    expect(routes.length).toBeGreaterThan(40)
    expect([...Object.keys(changes), ...Object.keys(without)].sort()).toEqual([...routes].sort())
  })

  const told = Object.entries(changes).flatMap(([route, change]) =>
    [change].flat().map((one) => [one.action, route, one] as const),
  )
  test.each(told)('has %s after %s', async (action, _route, { actor = 'person', locked, make }) => {
    if (locked) await server.restart(password)
    const before = await rows()
    const { status } = await make()
    expect(status).toBe(action === 'session.refused' ? 401 : status >= 200 && status < 300 ? status : 200)
    const fresh = (await rows()).filter(
      ({ id, object }) => !before.some((one) => one.id === id && one.object.kind === object.kind),
    )
    expect(fresh.map((entry) => `${entry.action} by ${entry.actor.kind}`)).toContain(`${action} by ${actor}`)
  })
})

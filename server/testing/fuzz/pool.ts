import { readdirSync, readFileSync } from 'node:fs'
import { giftJourney } from '../http/harness.ts'
import type { Pool } from './values.ts'

const gift = giftJourney()
const templates = readdirSync('templates')
  .filter((name) => name.endsWith('.journey.json'))
  .map((name) => readFileSync(`templates/${name}`, 'utf8'))

/** What the brand of the fuzz has, by the names under which it is asked for. */
export const pool: Pool = {
  'brands.brand': ['own'],
  'hooks.brand': ['own'],
  'hooks.channel': ['sms', 'email'],
  'problems.code': ['not-found', 'disk-full'],
  'journeys.id': ['gift'],
  'versions.version': [1, 2],
  'customers.id': ['m1', 'm2'],
  'channels.id': ['sms', 'email', 'webhook'],
  'audiences.key': ['gold', 'a'],
  'attributes.name': ['tier', 'city'],
  'addresses.change': ['close', 'open'],
  'blacklist.kind': ['phone', 'email'],
  'phone.address': ['13800000001'],
  'doubtful.id': [1],
  id: ['gift', 'm1', 'sms'],
  key: ['gold', 'a'],
  audience: ['gold', 'a'],
  customer: ['m1', 'm2'],
  customerId: ['m1', 'm2', 'm3'],
  customerIds: ['m1', 'm2', 'm3'],
  node: ['greet', 'rest', 'buyers'],
  journey: ['gift'],
  channel: ['sms', 'email'],
  address: ['13800000001', 'a@b.example'],
  name: ['tier', 'city'],
  event: ['order', 'page_viewed'],
  zone: ['Asia/Shanghai', 'UTC'],
  currency: ['CNY', 'JPY'],
  to: ['13800000001'],
  revision: [1, 2, 3, 4],
  version: [1],
  file: [...templates, JSON.stringify(gift)],
  Journey: [gift, ...templates.map((text): unknown => JSON.parse(text))],
}

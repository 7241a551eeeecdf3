import { brandSchema } from '../../../shared/journey/brand.ts'
import { registry } from '../../../shared/nodes/index.ts'
import { type BrandDatabase, openDatabase } from '../../store/sqlite/database.ts'
import { createJourney, publish } from '../../store/sqlite/journeys/journeys.ts'
import { addCustomers } from '../../store/sqlite/seed.ts'
import { settingsKeys, writeBrand, writeMeta } from '../../store/sqlite/settings/meta.ts'
import { memberOf } from '../members.ts'
import { by, type Sketch, sketch } from '../sketch.ts'

const variant = (id: string, weight: number) => ({ id, name: { en: id }, weight })

/** Waits, choices and messages over three channels; orders end waits and count for the goal. */
const journeyOver = (hooks: string): Sketch => ({
  id: 'crash',
  nodes: {
    joined: by.event('joined'),
    first: by.sms('您好'),
    rest: by.rest('10 minutes'),
    which: ['split', { variants: [variant('letter', 40), variant('text', 30), variant('hook', 30)] }],
    letter: by.email('写信给您'),
    text: by.sms('短信给您'),
    hook: ['send', { channel: 'webhook', url: hooks, text: { 'zh-CN': '{"hello":"您好"}' } }],
    buys: by.until('order', '1 hour'),
    thanks: by.email('谢谢'),
    nudge: by.sms('还在等您'),
    done: by.exit(),
    bought: by.goal('order'),
  },
  flow: [
    'joined -> first',
    'first -> rest',
    'rest -> which',
    'which.letter -> letter',
    'which.text -> text',
    'which.hook -> hook',
    'letter -> buys',
    'text -> buys',
    'hook -> buys',
    'buys.happened -> thanks',
    'buys.timeout -> nudge',
    'thanks -> done',
    'nudge -> done',
  ],
})

export interface CrashWorld {
  readonly path: string
  readonly members: number
  readonly now: number
  readonly sms: { readonly url: string; readonly secret: string }
  readonly hooks: { readonly url: string; readonly secret: string }
  readonly email: { readonly host: string; readonly port: number }
}

/** A brand with its members, its channels and a running journey, ready for its first process. */
export function prepare({ path, members, now, sms, hooks, email }: CrashWorld): void {
  const db: BrandDatabase = openDatabase(path)
  const brand = brandSchema.parse({ name: { 'zh-CN': '小铺' }, signature: '小铺', quietHours: null })
  writeBrand(db, brand)
  writeMeta(db, settingsKeys.channels, {
    sms: { ...sms, allowPrivate: true },
    webhook: { secret: hooks.secret, allowPrivate: true },
    email: { ...email, secure: false, from: '小铺 <shop@example.com>' },
  })
  addCustomers(
    db,
    Array.from({ length: members }, (_, index) => memberOf(`m${index}`, index + 1)),
    now,
  )
  const { id, revision } = createJourney(db, { journey: sketch(journeyOver(hooks.url)), now })
  publish(db, id, { revision, now, brand, registry })
  db.close()
}

import type { z } from 'zod'
import type { dkimAnswer, dkimCheck, dkimMake } from '../../shared/api/dkim.ts'
import type { Actor } from '../../shared/audit/actor.ts'
import { dkimRecord } from '../../shared/channels/dkim.ts'
import { Problem } from '../../shared/errors/index.ts'
import { inForce } from '../ports/settings.ts'
import { setUpChannel } from './channels.ts'
import type { SettingsDesk } from './desk.ts'

/** What the mathematics and the name servers are asked. */
export interface DkimKit {
  readonly makeKey: () => Promise<string>
  readonly publicHalf: (key: string) => string
  readonly lookUp: (name: string, publicKey: string) => Promise<z.output<typeof dkimCheck>['state']>
}

type Answer = z.output<typeof dkimAnswer>

async function emailFields({ stores }: SettingsDesk) {
  const { email } = await stores.settings.channels()
  if (email === undefined) throw new Problem('channel-absent', { channel: 'email' }, 'email')
  return inForce('email', email)
}

async function recordOf(
  desk: SettingsDesk,
  kit: DkimKit,
): Promise<(Answer['record'] & { key: string }) | null> {
  const { dkimDomain, dkimSelector, dkimKey } = await emailFields(desk)
  if (typeof dkimDomain !== 'string' || typeof dkimSelector !== 'string' || typeof dkimKey !== 'string')
    return null
  const key = kit.publicHalf(dkimKey)
  return { ...dkimRecord(dkimDomain, dkimSelector, key), key }
}

/** Problem `channel-absent`. */
export async function readDkim(desk: SettingsDesk, kit: DkimKit): Promise<Answer> {
  const found = await recordOf(desk, kit)
  if (found === null) return { record: null }
  const { key: _key, ...record } = found
  return { record }
}

/** Makes a key, which is sealed with the channel's secrets, and answers the record to publish. Problem `channel-absent`. */
export async function makeDkim(
  desk: SettingsDesk,
  actor: Actor,
  { domain, selector, kit }: z.output<typeof dkimMake> & { readonly kit: DkimKit },
): Promise<Answer> {
  const before = await emailFields(desk)
  const key = { dkimDomain: domain, dkimSelector: selector, dkimKey: await kit.makeKey() }
  await setUpChannel(desk, actor, { id: 'email', fields: { ...before, ...key } })
  return readDkim(desk, kit)
}

/** Whether the record is published. Problems `channel-absent`, `not-found` where there is no key. */
export async function checkDkim(desk: SettingsDesk, kit: DkimKit): Promise<z.output<typeof dkimCheck>> {
  const found = await recordOf(desk, kit)
  if (found === null) throw new Problem('not-found', { what: 'DKIM' }, 'dkim')
  return { state: await kit.lookUp(found.name, found.key) }
}

import type { CustomerEdit, TagEdit } from '../../shared/api/customer-edits.ts'
import { type ProfileField, profileFields } from '../../shared/api/customer-edits.ts'
import type { Actor } from '../../shared/audit/actor.ts'
import { Problem } from '../../shared/errors/index.ts'
import { inBoth } from '../../shared/errors/say.ts'
import { isScore } from '../../shared/models/scores.ts'
import { isSoundText } from '../../shared/sound.ts'
import type { Expected } from '../ports/records.ts'
import type { RecordDesk } from './records.ts'

const isField = (name: string): name is ProfileField => profileFields.some((one) => one === name)

interface Change {
  readonly id: string
  readonly record: Readonly<Record<string, unknown>>
  readonly expected: Expected
}

/** Changes a customer whom a person looks at: what cannot be read is refused, and nothing is taken by halves. */
async function change(desk: RecordDesk, actor: Actor, { id, record, expected }: Change): Promise<void> {
  const records = [{ line: 1, value: { id, ...record } }]
  const batch = {
    kind: 'customers',
    mode: 'change',
    call: null,
    act: desk.act(actor),
    records,
    expected,
  } as const
  const [result] = await desk.take(batch)
  if (result === undefined) throw new Error('a row without a result')
  if (result.code === 'unknown-customer') throw new Problem('not-found', { what: id }, 'id')
  const [fault] = result.faults ?? []
  const reason = result.status === 'refused' ? result.message : fault?.message
  if (reason !== undefined)
    throw new Problem('record-refused', inBoth('reason', reason), fault?.field ?? result.place)
}

/**
 * Changes one value of a customer. Problems `not-found`, `edit-fixed`, `record-refused` with its field, and
 * `customer-changed` where it is not as it was seen.
 */
export async function editCustomer(
  desk: RecordDesk,
  actor: Actor,
  { id, edit }: { readonly id: string; readonly edit: CustomerEdit },
): Promise<void> {
  const { of, name, value, was } = edit
  if (!isSoundText(name)) throw new Problem('text-broken', {}, 'name')
  // What models reckon, and what the product itself keeps, no person writes.
  if (of === 'profile' ? !isField(name) : isScore(name))
    throw new Problem('edit-fixed', { field: name }, 'name')
  const record = of === 'profile' ? { [name]: value } : { attributes: { [name]: value } }
  await change(desk, actor, { id, record, expected: { values: [{ of, name, was }] } })
}

/** Gives a customer tags, and takes some away; whoever changes others meanwhile loses nothing. */
export async function editTags(
  desk: RecordDesk,
  actor: Actor,
  { id, tags }: { readonly id: string; readonly tags: TagEdit },
): Promise<void> {
  await change(desk, actor, { id, record: { tags }, expected: { values: [] } })
}

import type { ContentPreview, ContentPreviewRequest } from '../../../shared/api/contents.ts'
import { attributeOf, type Customer } from '../../../shared/conditions/customer.ts'
import { ownZone } from '../../../shared/conditions/own-day.ts'
import { type Choice, type ChoosingAt, choose } from '../../../shared/contents/choose.ts'
import type { Content } from '../../../shared/contents/content.ts'
import { pathsOf } from '../../../shared/contents/fields.ts'
import { labels } from '../../../shared/contents/labels.ts'
import { Problem } from '../../../shared/errors/index.ts'
import type { Brand } from '../../../shared/journey/brand.ts'
import { contentsFor, languageOf } from '../../../shared/message/compose.ts'
import { describeRenderProblem, render } from '../../../shared/message/index.ts'
import { variablesOutside } from '../../../shared/nodes/variables.ts'
import { isReadable } from '../../ports/engine.ts'
import { UnreadableRow } from '../../ports/unreadable.ts'
import type { PreviewReads } from './desk.ts'

/** The customer asked for, or the one before or behind; null in a brand without any. */
async function customerFor(
  { stores, store, now, brand }: PreviewReads,
  { customerId, move }: ContentPreviewRequest,
): Promise<Customer | null> {
  const moment = { now: now(), zone: brand().zone, anchors: {} }
  const step = await stores.audiences.stepThrough({ condition: null, moment, customerId, move })
  if (step.customerId === null) return null
  const id = step.customerId
  const customer = (await store.customers([id])).get(id)
  if (customer === undefined) throw new Problem('unknown-customer', { customer: id }, 'customerId')
  if (!isReadable(customer)) throw new UnreadableRow(id, customer.unreadable, 'customerId')
  return customer
}

function labelsOf(customer: Customer, brand: Brand): ContentPreview['labels'] {
  return Object.fromEntries(
    labels.flatMap((label) => {
      const value = attributeOf(customer, brand.labels[label])
      return value === null ? [] : [[label, [value].flat().join(', ')]]
    }),
  )
}

/** What texts may name of the variant that is shown; what it leaves out is nothing that they could show. */
function pathsShown(content: Content, choice: Choice | null): string[] {
  if (choice === null) return []
  const values: Readonly<Record<string, unknown>> = { ...choice.shown.body }
  return pathsOf(content).filter((path) => {
    const [, , field] = path.split('.')
    return field === undefined || values[field] !== null
  })
}

/** A content as one customer is shown it outside any journey; it need not be saved. Problem `unknown-customer`. */
export async function previewContent(
  desk: PreviewReads,
  request: ContentPreviewRequest,
): Promise<ContentPreview> {
  const { content } = request
  const customer = await customerFor(desk, request)
  if (customer === null) return { customer: null, labels: {}, chosen: null, shown: [], problems: [] }
  const contents = await desk.stores.contents.libraryWith(content)
  const brand: Brand = { ...desk.brand(), contents }
  const now = desk.now()
  const { zone } = brand
  const picks = await desk.store.picks([customer.id], { now, rules: brand.picks })
  const variables = variablesOutside(customer, brand, picks.get(customer.id) ?? [])
  const at = {
    ...{ now, zone: ownZone(customer.timezone, zone), locale: languageOf(customer, brand) },
    ...{ currency: brand.currency, contents: contentsFor(brand, customer) },
  }
  const asked: ChoosingAt = { customer, labels: brand.labels, now, zone }
  const choice = choose(content, asked)
  const rendered = pathsShown(content, choice).map((path) => ({
    path,
    made: render(`{{ ${path} }}`, variables, at),
  }))
  return {
    customer: { id: customer.id, name: customer.name },
    labels: labelsOf(customer, brand),
    chosen: choice?.chosen ?? null,
    shown: rendered.flatMap(({ path, made }) => (made.ok ? [{ path, text: made.text }] : [])),
    problems: rendered.flatMap(({ made }) =>
      made.ok
        ? []
        : made.problems.map((one) => ({ code: one.code, detail: describeRenderProblem(one).message })),
    ),
  }
}

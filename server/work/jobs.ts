import type { z } from 'zod'
import type { unreadableQuery } from '../../shared/api/attributes.ts'
import type { ContentPreviewRequest } from '../../shared/api/contents.ts'
import type { PreviewRequest } from '../../shared/api/preview.ts'
import type { AskKind } from '../../shared/api/work.ts'
import type { Condition } from '../../shared/conditions/schema.ts'
import type { Content } from '../../shared/contents/content.ts'
import { countNow, listAudiences, overlapOf, readAudience, suggestValues } from '../audiences/audiences.ts'
import { type AskedMembers, membersNow } from '../audiences/members.ts'
import { countVariants } from '../contents/contents.ts'
import { readBlacklist } from '../customers/blacklist-file.ts'
import { findMembers } from '../customers/customer-file.ts'
import {
  type Declaration,
  listAttributes,
  listUnreadable,
  readDeclared,
  readVocabulary,
  searchCustomers,
} from '../customers/customers.ts'
import { type FileRequest, inspectFile } from '../imports/index.ts'
import type { JourneyDesk } from '../journeys/desk.ts'
import { checkJourney } from '../journeys/drafts.ts'
import { readReport } from '../journeys/figures.ts'
import { type FlightQuestion, readFlight } from '../journeys/flight.ts'
import { preparePublishing, readMeanwhile } from '../journeys/life.ts'
import { type AskPeople, peopleAtNode } from '../journeys/people/list.ts'
import { type ChangeValues, prepareValues, readValues } from '../journeys/values.ts'
import { type WhatIfDesk, whatIf } from '../journeys/why/what-if.ts'
import { previewContent } from '../messages/preview/content.ts'
import type { PreviewReads } from '../messages/preview/desk.ts'
import { preview, type TestSend, writeTest } from '../messages/preview/index.ts'
import { type TriedCall, tryCall } from '../messages/preview/test-call.ts'
import type { AskedValues } from '../ports/base.ts'
import type { CustomerFilter, CustomerSearch } from '../ports/customers.ts'
import { readQuality } from '../quality/desk.ts'

/** What jobs work with: they read, and change nothing. */
export interface JobDesk extends PreviewReads, Pick<JourneyDesk, 'sending'>, Pick<WhatIfDesk, 'lead'> {}

type UnreadablePage = z.output<typeof unreadableQuery> & { readonly name: string }

/** The use cases that are worked out beside the server, each a desk and what is said by the caller. */
export const jobs = {
  count: (desk: JobDesk, { condition }: { condition: Condition }) => countNow(desk, condition),
  audiences: (desk: JobDesk, _: Record<never, never>) => listAudiences(desk),
  audience: (desk: JobDesk, { key }: { key: string }) => readAudience(desk, key),
  customers: (desk: JobDesk, query: CustomerSearch) => searchCustomers(desk, query),
  members: (desk: JobDesk, filter: CustomerFilter) => findMembers(desk, filter),
  vocabulary: (desk: JobDesk, _: Record<never, never>) => readVocabulary(desk),
  suggested: (desk: JobDesk, asked: AskedValues) => suggestValues(desk, asked),
  overlap: (desk: JobDesk, { audiences }: { audiences: readonly string[] }) => overlapOf(desk, audiences),
  variants: (desk: JobDesk, asked: { content: Content }) => countVariants(desk, asked),
  contentShown: (desk: JobDesk, request: ContentPreviewRequest) => previewContent(desk, request),
  belonging: (desk: JobDesk, asked: AskedMembers) => membersNow(desk, asked),
  quality: (desk: JobDesk, asked: { realNow: number }) => readQuality(desk, asked),
  attributes: (desk: JobDesk, _: Record<never, never>) => listAttributes(desk),
  unreadable: (desk: JobDesk, { name, ...page }: UnreadablePage) => listUnreadable(desk, name, page),
  rows: ({ stores }: JobDesk, _: Record<never, never>) => stores.unreadable.list(),
  check: (desk: JobDesk, { id }: { id: string }) => checkJourney(desk, id),
  meanwhile: (desk: JobDesk, { id }: { id: string }) => readMeanwhile(desk, id),
  compile: (desk: JobDesk, { id }: { id: string }) => preparePublishing(desk, id),
  flight: (desk: JobDesk, asked: FlightQuestion) => readFlight(desk, asked),
  values: (desk: JobDesk, { id }: { id: string }) => readValues(desk, id),
  revalue: (desk: JobDesk, command: ChangeValues) => prepareValues(desk, command),
  preview: (desk: JobDesk, request: PreviewRequest) => preview(desk, request),
  polished: (desk: JobDesk, request: PreviewRequest) => preview(desk, request),
  inspect: (_: JobDesk, file: FileRequest) => inspectFile(file),
  report: (desk: JobDesk, { id }: { id: string }) => readReport(desk, id),
  whatIf: (desk: JobDesk, args: Parameters<typeof whatIf>[1]) => whatIf(desk, args),
  people: (desk: JobDesk, query: AskPeople) => peopleAtNode(desk, query),
  survey: (desk: JobDesk, { name, type }: Declaration) => desk.stores.customers.survey(name, type),
  declared: (desk: JobDesk, { name }: { name: string }) => readDeclared(desk, name),
  written: (desk: JobDesk, request: TestSend) => writeTest(desk, request),
  called: (desk: JobDesk, request: TriedCall) => tryCall(desk, request),
  listed: async (_: JobDesk, { text }: { text: string }) => readBlacklist(text),
} satisfies Record<AskKind, (desk: JobDesk, args: never) => Promise<unknown>>

export type JobArgs<K extends AskKind> = Parameters<(typeof jobs)[K]>[1]
export type JobAnswer<K extends AskKind> = Awaited<ReturnType<(typeof jobs)[K]>>

/** Does a job in this thread. */
export function doJob<K extends AskKind>(kind: K, desk: JobDesk, args: JobArgs<K>): Promise<JobAnswer<K>> {
  // A kind and its arguments belong together; a table's member that is looked up by a variable has forgotten that.
  const job = jobs[kind] as (desk: JobDesk, args: JobArgs<K>) => Promise<JobAnswer<K>>
  return job(desk, args)
}

import { Readable } from 'node:stream'
import { setImmediate as breath, setTimeout as pause } from 'node:timers/promises'
import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import {
  addressAdd,
  addressChange,
  blacklistAdd,
  blacklistAnswer,
  blacklistCsv,
  blacklistPage,
  blacklistQuery,
  customerAddressList,
  doubtfulDecision,
  doubtfulList,
  revealAnswer,
  revealAsked,
  sharedAddressList,
  sharedQuery,
} from '../../shared/api/addresses.ts'
import { consentEdit } from '../../shared/api/customer-edits.ts'
import { addressKinds } from '../../shared/channels/address/address.ts'
import { concealed, maskAddress } from '../../shared/channels/address/conceal.ts'
import { csvLine, csvOf } from '../../shared/csv.ts'
import { limits } from '../../shared/limits.ts'
import { blacklistHead, blacklistRow, type RefusedLine } from '../customers/blacklist-file.ts'
import { revealAddresses } from '../customers/contacts.ts'
import { actorOf } from '../http/actor.ts'
import { AddressRefs } from '../http/address-ref.ts'
import { type App, brandOf } from '../http/app.ts'
import { contactsFor } from '../http/contacts.ts'
import { askedBy, askProblems } from '../http/open-requests.ts'
import { brandParams, nothing } from '../http/route.ts'
import type { Act } from '../ports/acts.ts'
import type { AddressStore, KeptAddress } from '../ports/addresses.ts'
import type { Desk } from '../ports/desk.ts'
import type { RouteContext } from './context.ts'

/** So many at once keep nobody else waiting. */
const listedAtOnce = 250
/** Each closes an address, and takes back what is queued to it. */
const addedAtOnce = 50

/** Puts all of a list on the blacklist, others having their turn meanwhile; answers how many are new. */
async function blacklistAll(
  { stores }: Desk,
  act: Act,
  entries: Parameters<AddressStore['blacklist']>[1],
): Promise<number> {
  let added = 0
  for (let from = 0; from < entries.length; from += addedAtOnce) {
    added += await stores.addresses.blacklist(act, entries.slice(from, from + addedAtOnce))
    // The engine writes too: it gets the lock in between.
    await pause(1)
  }
  return added
}

/** The blacklist as a file, some lines at a time. */
async function* blacklistLines(addresses: Pick<AddressStore, 'blacklisted'>): AsyncGenerator<string> {
  yield csvOf(blacklistHead)
  for (let after: string | null = ''; after !== null; ) {
    const page = await addresses.blacklisted({ after, limit: listedAtOnce, counted: false })
    yield page.entries.map((entry) => csvLine(blacklistRow(entry))).join('')
    after = page.next
    await breath()
  }
}

const masked = ({ kind, address }: KeptAddress): string =>
  kind === 'phone' || kind === 'email' ? maskAddress(address) : address

export function addressRoutes(app: App, context: RouteContext): void {
  const refsOf = ({ params }: { params: { brand: string } }) =>
    new AddressRefs(context.linkSecret, params.brand)
  /** How addresses are told to whoever asks: whole, or masked and under a seal. */
  const tellerOf = (request: FastifyRequest<{ Params: { brand: string } }>) => {
    const refs = refsOf(request)
    const whole = contactsFor(request) === 'whole'
    return <A extends KeptAddress>(one: A): A & { ref: string | null } =>
      whole || one.kind === 'customer'
        ? { ...one, ref: null }
        : { ...one, address: masked(one), ref: refs.seal(one) }
  }

  app.get(
    '/customers/:id/addresses',
    {
      schema: {
        summary: 'The addresses of a customer',
        description: 'With consent, its source and time, and why an address is closed on a channel.',
        tags: ['customers'],
        params: brandParams.extend({ id: z.string() }),
        response: { 200: customerAddressList },
        problems: ['not-found'],
      },
    },
    async (request) => {
      const { brand, id } = request.params
      const addresses = await brandOf(context, brand).stores.addresses.ofCustomer(id)
      return { addresses: addresses.map(tellerOf(request)) }
    },
  )

  app.post(
    '/customers/:id/reveal',
    {
      schema: {
        summary: 'The whole phones or mailboxes of a customer',
        description:
          'A page shows them masked until somebody asks. The log says who asked, of whom and when.',
        tags: ['customers'],
        params: brandParams.extend({ id: z.string() }),
        body: revealAsked,
        response: { 200: revealAnswer },
        problems: ['not-found'],
      },
    },
    async (request, reply) => {
      const { brand, id } = request.params
      const desk = brandOf(context, brand)
      const shown = await revealAddresses(desk, actorOf(context, request), { id, kind: request.body.kind })
      const refs = refsOf(request)
      const addresses = shown.map((one) => ({ address: one.address, ref: refs.seal(one), used: one.used }))
      return reply.header('cache-control', 'no-store').send({ addresses })
    },
  )

  app.post(
    '/customers/:id/consents',
    {
      schema: {
        summary: 'Note what a customer has told a person of a channel',
        description:
          'Consent that was given, or withdrawn: then marketing by that channel stops at once, what is queued included. The reason is kept as its proof.',
        tags: ['customers'],
        params: brandParams.extend({ id: z.string() }),
        body: consentEdit,
        response: { 204: nothing },
        problems: ['not-found', 'not-an-address'],
      },
    },
    async (request, reply) => {
      const { channel, given, reason, ...address } = request.body
      const desk = brandOf(context, request.params.brand)
      await desk.stores.addresses.consent(
        desk.act(actorOf(context, request)),
        request.params.id,
        refsOf(request).read(address),
        { channel, given, reason },
      )
      return reply.code(204).send()
    },
  )

  app.post(
    '/customers/:id/addresses',
    {
      schema: {
        summary: 'Another address of a customer',
        description:
          'Kept beside the profile’s, which stays the one that is written to; it takes its place when that one is found dead.',
        tags: ['customers'],
        params: brandParams.extend({ id: z.string() }),
        body: addressAdd,
        response: { 204: nothing },
        problems: ['not-found', 'unknown-customer', 'not-an-address'],
      },
    },
    async (request, reply) => {
      const desk = brandOf(context, request.params.brand)
      await desk.stores.addresses.add(
        desk.act(actorOf(context, request)),
        request.params.id,
        refsOf(request).read(request.body),
      )
      return reply.code(204).send()
    },
  )

  app.get(
    '/addresses/shared',
    {
      schema: {
        summary: 'Addresses that several customers bear',
        description: 'Each is one reader: opt-outs, caps and the guard against doubles count it once.',
        tags: ['customers'],
        params: brandParams,
        querystring: sharedQuery,
        response: { 200: sharedAddressList },
        problems: ['not-found'],
      },
    },
    async ({ params, query }) => {
      const found = await brandOf(context, params.brand).stores.addresses.shared(query)
      return { ...found, addresses: found.addresses.map((one) => ({ ...one, address: masked(one) })) }
    },
  )

  app.post(
    '/addresses/:change',
    {
      schema: {
        summary: 'Close an address on a channel, or open it again',
        description: 'By a person’s word. What is closed takes no marketing, for every record that bears it.',
        tags: ['customers'],
        params: brandParams.extend({ change: z.enum(['close', 'open']) }),
        body: addressChange,
        response: { 204: nothing },
        problems: ['not-found', 'not-an-address'],
      },
    },
    async (request, reply) => {
      const desk = brandOf(context, request.params.brand)
      const act = desk.act(actorOf(context, request))
      const { channel, note } = request.body
      if (request.params.change === 'close')
        await desk.stores.addresses.close(act, refsOf(request).read(request.body), channel, note)
      else await desk.stores.addresses.open(act, refsOf(request).read(request.body), channel)
      return reply.code(204).send()
    },
  )

  app.get(
    '/opt-outs/doubtful',
    {
      schema: {
        summary: 'Replies that may be opt-outs',
        description: 'Marketing to their addresses is held until a person decides.',
        tags: ['customers'],
        params: brandParams,
        response: { 200: doubtfulList },
        problems: ['not-found'],
      },
    },
    async (request) => {
      const found = await brandOf(context, request.params.brand).stores.addresses.doubts(200)
      if (contactsFor(request) === 'whole') return found
      const addresses = [...found.open, ...found.decided].map(({ address }) => address)
      return concealed(found, addresses)
    },
  )

  app.post(
    '/opt-outs/doubtful/:id',
    {
      schema: {
        summary: 'Say whether a reply is an opt-out',
        tags: ['customers'],
        params: brandParams.extend({ id: z.coerce.number().int() }),
        body: doubtfulDecision,
        response: { 204: nothing },
        problems: ['not-found', 'reply-decided'],
      },
    },
    async (request, reply) => {
      const desk = brandOf(context, request.params.brand)
      const act = desk.act(actorOf(context, request))
      await desk.stores.addresses.decide(act, request.params.id, request.body.decision)
      return reply.code(204).send()
    },
  )

  app.get(
    '/blacklist',
    {
      schema: {
        summary: 'The blacklist',
        description: 'Phones, mailboxes and customers that nothing is sent to, service messages included.',
        tags: ['customers'],
        params: brandParams,
        querystring: blacklistQuery,
        response: { 200: blacklistPage },
        problems: ['not-found'],
      },
    },
    async (request) => {
      const { params, query } = request
      const wholeContacts = contactsFor(request) === 'masked'
      const { addresses } = brandOf(context, params.brand).stores
      const found = await addresses.blacklisted({ ...query, wholeContacts })
      return { ...found, entries: found.entries.map(tellerOf(request)) }
    },
  )

  app.post(
    '/blacklist',
    {
      schema: {
        summary: 'Put addresses or customers on the blacklist',
        tags: ['customers'],
        params: brandParams,
        body: blacklistAdd,
        response: { 200: blacklistAnswer },
        problems: ['not-found'],
      },
    },
    async (request) => {
      const desk = brandOf(context, request.params.brand)
      const refs = refsOf(request)
      const refused: RefusedLine[] = []
      const entries = request.body.entries.flatMap(({ kind, address, reason }, index) => {
        const read = refs.tryRead({ kind, address })
        if (read.ok) return [{ kind, address: read.address, reason }]
        refused.push({ line: index + 1, value: address, fault: read.fault })
        return []
      })
      const act = desk.act(actorOf(context, request))
      const added = await blacklistAll(desk, act, entries)
      return { added, known: entries.length - added, refused }
    },
  )

  app.post(
    '/blacklist/csv',
    {
      bodyLimit: limits.listBodySize.value,
      schema: {
        summary: 'Put a file on the blacklist',
        description:
          'One phone, e-mail or customer id a line, with or without a reason in the second column.',
        tags: ['customers'],
        params: brandParams,
        body: blacklistCsv,
        response: { 200: blacklistAnswer },
        problems: ['not-found', 'body-too-large', ...askProblems],
      },
    },
    async (request) => {
      const desk = brandOf(context, request.params.brand)
      const { listed, refused } = await desk.ask('listed', request.body, askedBy(context, request))
      const act = desk.act(actorOf(context, request))
      const added = await blacklistAll(desk, act, listed)
      return { added, known: listed.length - added, refused: refused.slice(0, 200) }
    },
  )

  app.get(
    '/blacklist/csv',
    {
      schema: {
        summary: 'The whole blacklist as a file',
        description: 'With a column for each kind of address; it can be read in again as it is.',
        tags: ['customers'],
        params: brandParams,
        response: { 200: { description: 'The entries', content: { 'text/csv': { schema: z.any() } } } },
        problems: ['not-found'],
      },
    },
    async ({ params }, reply) => {
      const { addresses } = brandOf(context, params.brand).stores
      return reply
        .type('text/csv; charset=utf-8')
        .header('content-disposition', 'attachment; filename="blacklist.csv"')
        .send(Readable.from(blacklistLines(addresses)))
    },
  )

  app.delete(
    '/blacklist/:kind/:address',
    {
      schema: {
        summary: 'Take an address off the blacklist',
        tags: ['customers'],
        params: brandParams.extend({ kind: z.enum(addressKinds), address: z.string() }),
        response: { 204: nothing },
        problems: ['not-found', 'not-an-address'],
      },
    },
    async (request, reply) => {
      const desk = brandOf(context, request.params.brand)
      const act = desk.act(actorOf(context, request))
      await desk.stores.addresses.unblacklist(act, refsOf(request).read(request.params))
      return reply.code(204).send()
    },
  )
}
